import type { Scenario } from './scenario.ts';
import { simulate } from './simulate.ts';

/** Attempts at making a failure smaller; enough for the sizes that are generated, and over in seconds. */
const MAX_TRIES = 1500;

/** A scenario with less in it that still breaks the same promise. Greedy: takes every cut that keeps the failure. */
export function shrink(scenario: Scenario, promise: string): Scenario {
  let best = scenario;
  let tries = 0;
  for (let hasShrunk = true; hasShrunk;) {
    hasShrunk = false;
    for (const smaller of cuts(best)) {
      if (tries++ >= MAX_TRIES) return best;
      if (!simulate(smaller).violations.some((violation) => violation.promise === promise)) continue;
      best = smaller;
      hasShrunk = true;
      break;
    }
  }
  return best;
}

/** Everything that can be left out, largest first. */
function* cuts(scenario: Scenario): Generator<Scenario> {
  for (const list of ['triggers', 'faults', 'controls'] as const) {
    for (let index = 0; index < scenario[list].length; index++) {
      yield { ...scenario, [list]: scenario[list].filter((_, at) => at !== index) };
    }
  }
  for (let index = 0; index < scenario.workflows.length; index++) {
    const { id } = scenario.workflows[index] as Scenario['workflows'][0];
    if (!scenario.triggers.some((trigger) => trigger.workflow === id)) {
      yield { ...scenario, workflows: scenario.workflows.filter((_, at) => at !== index) };
    }
  }
  for (const [index, { versions }] of scenario.workflows.entries()) {
    if (versions.length > 1) yield withWorkflow(scenario, index, (workflow) => workflow.versions.splice(1));
    for (let node = (versions[0]?.nodes.length ?? 0) - 1; node > 0; node--) {
      yield withWorkflow(scenario, index, (workflow) => {
        const id = workflow.versions[0]?.nodes[node]?.id;
        for (const doc of workflow.versions) {
          doc.nodes = doc.nodes.filter((other) => other.id !== id);
          doc.edges = doc.edges.filter(({ from, to }) => from.node !== id && to.node !== id);
          doc.pinned = doc.pinned.filter((pin) => pin.node !== id);
        }
      });
    }
    for (let edge = (versions[0]?.edges.length ?? 0) - 1; edge >= 0; edge--) {
      yield withWorkflow(scenario, index, (workflow) => {
        for (const doc of workflow.versions) doc.edges.splice(edge, 1);
      });
    }
    for (const name of Object.keys(versions[0]?.settings ?? {})) {
      if (name === 'maxSteps') continue;
      yield withWorkflow(scenario, index, (workflow) => {
        for (const doc of workflow.versions) Reflect.deleteProperty(doc.settings, name);
      });
    }
    for (const [node, def] of (versions[0]?.nodes ?? []).entries()) {
      for (const name of [
        'retry',
        'onError',
        'timeoutMs',
        'inDoubt',
        'disabled',
        'alwaysOutput',
        'executeOnce',
      ] as const) {
        if (def[name] === undefined) continue;
        yield withWorkflow(scenario, index, (workflow) => {
          for (const doc of workflow.versions) if (doc.nodes[node]) Reflect.deleteProperty(doc.nodes[node], name);
        });
      }
    }
  }
  if (scenario.turns > 4) yield { ...scenario, turns: Math.floor(scenario.turns / 2) };
}

function withWorkflow(
  scenario: Scenario,
  index: number,
  change: (workflow: Scenario['workflows'][0]) => void,
): Scenario {
  const workflows = structuredClone(scenario.workflows);
  const workflow = workflows[index];
  if (workflow) change(workflow);
  return { ...scenario, workflows };
}
