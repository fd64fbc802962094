import type { Item, JsonObject } from '../../core/data/item.ts';
import type { Edge, Workflow, WorkflowNode, WorkflowSettings } from '../../core/graph/document.ts';
import { Dice } from './dice.ts';
import type { Control, Fault, Scenario, Trigger } from './scenario.ts';

const CLASSES = ['pure', 'idempotent', 'keyed', 'probeable', 'unsafe'] as const;
/** Names that break objects used as maps. */
const HOSTILE = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
const KINDS = [
  'map',
  'map',
  'map',
  'branch',
  'branch',
  'effect',
  'effect',
  'effect',
  'wait',
  'flaky',
  'partial',
  'source',
];
const DAY_MS = 86_400_000;

/** The scenario of a seed. Same seed, same scenario. */
export function generate(seed: number): Scenario {
  const dice = new Dice(seed);
  const turns = dice.between(20, 90);
  const hasChild = dice.chance(0.35);
  const hasCatcher = dice.chance(0.25);
  const hasSecond = dice.chance(0.2);
  const workflows: Scenario['workflows'] = [];
  const calls = hasChild ? ['child'] : [];
  const add = (id: string, first: string, size: number, callable: string[]): void => {
    const doc = graph(dice, { id, first, size, calls: callable });
    if (id !== 'catcher' && hasCatcher && dice.chance(0.6)) {
      doc.settings.errorWorkflow = dice.chance(0.9) ? 'catcher' : 'nowhere';
    }
    const versions = [doc];
    if (dice.chance(0.4)) versions.push(successor(dice, doc));
    workflows.push({ id, versions: versions.map((version, index) => stamped(version, `v${index + 1}`)) });
  };
  add('main', 'sim-start', dice.chance(0.2) ? dice.between(8, 14) : dice.between(2, 7), [
    ...calls,
    ...(dice.chance(0.05) ? ['main', 'nowhere'] : []),
  ]);
  if (hasSecond) add('second', 'sim-start', dice.between(2, 4), calls);
  if (hasChild) add('child', 'execute-workflow-trigger', dice.between(1, 4), []);
  if (hasCatcher) add('catcher', 'error-trigger', dice.between(1, 2), []);
  poison(new Dice(seed ^ 0x5eed), workflows);
  return {
    seed,
    schedule: dice.seed(),
    turns,
    workflows,
    triggers: triggersOf(dice, { turns, names: hasSecond ? ['main', 'second'] : ['main'], workflows }),
    faults: faultsOf(dice, turns),
    controls: controlsOf(dice, turns),
  };
}

function graph(dice: Dice, want: { id: string; first: string; size: number; calls: string[] }): Workflow {
  const nodes: WorkflowNode[] = [node(dice, want.first, 'start')];
  const edges: Edge[] = [];
  const link = (from: string, to: string, fromIndex = 0, toIndex = 0): void => {
    edges.push({
      from: { node: from, port: 'main', index: fromIndex },
      to: { node: to, port: 'main', index: toIndex },
    });
  };
  const portOf = (made: WorkflowNode): number => {
    if (made.type === 'sim-branch') return dice.below(2);
    if (made.onError === 'error-output') return dice.below(2);
    return 0;
  };
  const size = want.size;
  while (nodes.length <= size) {
    const id = dice.chance(0.03) ? `${dice.pick(HOSTILE)}` : `n${nodes.length}`;
    if (nodes.some((other) => other.id === id)) continue;
    const earlier = dice.chance(0.6) ? (nodes.at(-1) as WorkflowNode) : dice.pick(nodes);
    const choice = dice.roll();
    if (choice < 0.1 && nodes.length >= 2) {
      const made = node(dice, 'sim-join', id);
      made.parameters = { all: dice.chance(0.5) };
      for (let input = 0; input < (dice.chance(0.2) ? 3 : 2); input++) {
        const from = dice.pick(nodes);
        link(from.id, id, portOf(from), input);
      }
      nodes.push(made);
    } else if (choice < 0.18) {
      const made = node(dice, 'sim-loop', id);
      made.parameters = { times: dice.between(1, 3) };
      delete made.disabled;
      const body = decorate(dice, node(dice, `sim-${dice.pick(['map', 'effect', 'wait', 'flaky'])}`, `${id}b`));
      link(earlier.id, id, portOf(earlier));
      link(id, body.id, 1);
      link(body.id, id);
      nodes.push(body, made);
    } else if (choice < 0.28 && want.calls.length > 0) {
      const made = decorate(dice, node(dice, 'sim-call', id));
      made.parameters = { workflow: dice.pick(want.calls), wait: dice.chance(0.75), split: dice.chance(0.4) };
      link(earlier.id, id, portOf(earlier));
      nodes.push(made);
    } else {
      const made = decorate(dice, node(dice, `sim-${dice.pick(KINDS)}`, id));
      link(earlier.id, id, portOf(earlier));
      if (dice.chance(0.06)) link(dice.pick(nodes).id, id);
      nodes.push(made);
    }
  }
  const doc: Workflow = { schema: 1, name: want.id, nodes, edges, settings: settings(dice), notes: [], pinned: [] };
  if (dice.chance(0.05)) doc.pinned.push({ node: dice.pick(nodes).id, items: [{ json: { n: 40 } }] });
  return doc;
}

function node(dice: Dice, type: string, id: string): WorkflowNode {
  const made: WorkflowNode = {
    id,
    name: id,
    type,
    version: 1,
    parameters: {},
    position: [dice.below(5) * 100, dice.below(5) * 100],
  };
  switch (type) {
    case 'sim-map':
      made.parameters = { add: dice.below(4) };
      break;
    case 'sim-branch':
      made.parameters = { mod: dice.between(1, 3), dull: dice.chance(0.3) };
      break;
    case 'sim-wait':
      made.parameters = waitOf(dice);
      break;
    case 'sim-effect':
      made.parameters = { class: dice.pick(CLASSES), rounds: dice.chance(0.15) ? dice.between(2, 3) : 1 };
      break;
    case 'sim-flaky':
      made.parameters = { share: dice.pick([0.2, 0.5, 1]) };
      break;
    case 'sim-source':
      made.parameters = { items: dice.below(4) };
      break;
    default:
  }
  return made;
}

function waitOf(dice: Dice): JsonObject {
  const choice = dice.roll();
  if (choice < 0.25) return { signal: true };
  const ms = dice.pick([0, 5, 1000, 60_000, 30 * DAY_MS]);
  return choice < 0.45 ? { ms, signal: true } : { ms };
}

/** Options that any node may have. */
function decorate(dice: Dice, made: WorkflowNode): WorkflowNode {
  const isShaky =
    made.type === 'sim-flaky' || made.type === 'sim-effect' || made.type === 'sim-call' || made.type === 'sim-partial';
  if (isShaky && dice.chance(0.45)) {
    made.retry = { maxTries: dice.between(2, 4), waitMs: dice.pick([0, 10, 1000]) };
    if (dice.chance(0.5)) made.retry.backoff = 2;
    if (dice.chance(0.3)) made.retry.maxWaitMs = 1500;
    if (dice.chance(0.4)) made.retry.jitter = dice.roll();
  }
  if (isShaky && dice.chance(0.4)) made.onError = dice.pick(['continue', 'error-output']);
  if (made.type === 'sim-effect') {
    if (dice.chance(0.4)) made.timeoutMs = dice.pick([20, 500, 5000]);
    if (dice.chance(0.4)) made.inDoubt = dice.pick(['retry', 'ask', 'fail']);
  }
  if (dice.chance(0.06)) made.disabled = true;
  if (dice.chance(0.1)) made.alwaysOutput = true;
  if (dice.chance(0.06)) made.executeOnce = true;
  return made;
}

function settings(dice: Dice): WorkflowSettings {
  const made: WorkflowSettings = { maxSteps: 60 };
  const key = (): { key?: string } => {
    const choice = dice.roll();
    return choice < 0.5 ? {} : choice < 0.75 ? { key: 'fixed' } : { key: '={{ $json.k }}' };
  };
  if (dice.chance(0.1)) made.executionOrder = 'v0';
  if (dice.chance(0.15)) made.timeoutMs = dice.pick([50, 2000, DAY_MS]);
  if (dice.chance(0.3)) made.concurrency = { limit: dice.between(1, 2), ...key() };
  if (dice.chance(0.15)) made.rateLimit = { limit: dice.between(1, 3), periodMs: dice.pick([100, 60_000]), ...key() };
  if (dice.chance(0.12)) {
    made.debounce = { delayMs: dice.pick([10, 1000]), ...key() };
    if (dice.chance(0.5)) made.debounce.maxDelayMs = 1500;
  }
  if (made.concurrency && dice.chance(0.5)) made.priority = dice.chance(0.3) ? 1 : '={{ $json.p }}';
  if (dice.chance(0.08)) made.idempotencyKey = '={{ $json.k }}';
  return made;
}

/** A second version: longer at the end, changed in the middle, or the same but for a name. */
function successor(dice: Dice, doc: Workflow): Workflow {
  const next = structuredClone(doc);
  const choice = dice.roll();
  if (choice < 0.5) {
    const from = dice.pick(next.nodes);
    next.nodes.push(node(dice, 'sim-map', 'tail'));
    next.edges.push({ from: { node: from.id, port: 'main', index: 0 }, to: { node: 'tail', port: 'main', index: 0 } });
  } else if (choice < 0.75) {
    const changed = dice.pick(next.nodes);
    const old = changed.id;
    changed.id = `${old}x`;
    changed.name = changed.id;
    for (const edge of next.edges) {
      if (edge.from.node === old) edge.from.node = changed.id;
      if (edge.to.node === old) edge.to.node = changed.id;
    }
    for (const pin of next.pinned) if (pin.node === old) pin.node = changed.id;
  } else if (dice.chance(0.5)) {
    next.settings.timeoutMs = dice.pick([100, DAY_MS]);
  }
  return next;
}

/** Sometimes a node that ends the host each time it runs. By dice of its own: the rest of the seed stays what it was. */
function poison(dice: Dice, workflows: Scenario['workflows']): void {
  if (!dice.chance(0.1)) return;
  const { versions } = dice.pick(workflows);
  const { id } = dice.pick(versions[0]?.nodes ?? []);
  for (const { nodes } of versions) for (const other of nodes) if (other.id === id) other.parameters.poison = true;
}

/** Every node knows its version, so that what it does can be told apart. */
function stamped(doc: Workflow, version: string): Workflow {
  for (const { parameters } of doc.nodes) parameters.v = version;
  return doc;
}

function triggersOf(dice: Dice, want: { turns: number; names: string[]; workflows: Scenario['workflows'] }): Trigger[] {
  const count = dice.chance(0.2) ? dice.between(4, 7) : dice.between(1, 3);
  const isTogether = dice.chance(0.4);
  return Array.from({ length: count }, (): Trigger => {
    const workflow = dice.pick(want.names);
    const items: Item[] = Array.from({ length: dice.chance(0.1) ? 0 : dice.between(1, 3) }, () => ({
      json: { n: dice.below(6), k: dice.pick(['a', 'b']), p: dice.below(3) },
    }));
    const made: Trigger = { turn: isTogether ? dice.below(4) : dice.below(want.turns), workflow, items };
    if (dice.chance(0.2)) made.key = dice.pick(['k1', 'k2', '__proto__']);
    if (dice.chance(0.05)) {
      const doc = want.workflows.find(({ id }) => id === workflow)?.versions[0];
      if (doc) made.destination = dice.pick(doc.nodes).id;
    }
    if (dice.chance(0.1)) made.pinned = true;
    return made;
  });
}

function faultsOf(dice: Dice, turns: number): Fault[] {
  return Array.from({ length: dice.below(7) }, (): Fault => {
    const turn = dice.below(turns);
    switch (dice.below(14)) {
      case 0:
      case 1:
        return { kind: 'crash', turn };
      case 2:
        return { kind: 'evict', turn };
      case 3:
        return { kind: 'usurp', turn };
      case 4:
        return { kind: 'tick', turn };
      case 5:
        return { kind: 'deaf', turn, turns: dice.between(2, 20) };
      case 6:
        return { kind: 'clock', turn, byMs: Math.round((dice.roll() * 2 - 1) * dice.pick([100, 5000, 3_600_000])) };
      case 7:
        return { kind: 'torn', commit: dice.below(20) };
      case 8:
        return { kind: 'cut', commit: dice.below(20), actions: dice.below(3) };
      case 9:
        return { kind: 'double', effect: dice.below(8) };
      case 10:
        return { kind: 'fail', effect: dice.below(8) };
      case 11:
        return { kind: 'refuse', effect: dice.below(8) };
      case 12:
        return { kind: 'late', effect: dice.below(8) };
      default:
        return { kind: 'lost', effect: dice.below(8) };
    }
  });
}

function controlsOf(dice: Dice, turns: number): Control[] {
  if (dice.chance(0.3)) return [];
  return Array.from({ length: dice.below(9) }, (): Control => {
    const at = { turn: dice.below(turns), pick: dice.below(1000) };
    switch (dice.below(10)) {
      case 0:
      case 1:
        return { ...at, kind: 'cancel' };
      case 2:
        return { ...at, kind: 'pause' };
      case 3:
        return { ...at, kind: 'resume' };
      case 4:
      case 5:
        return { ...at, kind: 'signal' };
      case 6:
        return { ...at, kind: 'resolve', decision: dice.pick(['retry', 'fail', 'done']) };
      case 7:
        return { ...at, kind: 'rerun' };
      case 8:
        return { ...at, kind: 'migrate' };
      default:
        return { ...at, kind: 'publish' };
    }
  });
}
