import type { Item, JsonObject } from '../data/item.ts';
import { placeOf } from '../environment/reference.ts';
import type { StartEvent } from '../engine/events.ts';
import type { Program } from '../engine/program.ts';
import { hash32, seededRandom } from '../engine/random.ts';
import type { RunView, Scope } from '../expression/scope.ts';
import type { Param } from '../node/kit.ts';

const NOTHING: JsonObject = {};
const NO_RUN: RunView = {
  has: () => false,
  parameters: () => undefined,
  runs: () => [],
  paired: () => undefined,
  previous: () => undefined,
  context: () => NOTHING,
};

export interface Trigger {
  program: Program;
  node: string;
  items: readonly Item[];
  nowMs: number;
  vars: JsonObject;
}

/** Admission keys, and a trigger's page, see the trigger's first item and nothing of the run, which does not exist yet. */
export function triggerScope({ program, node, items, nowMs, vars }: Trigger): Scope {
  const { doc, nodes, byId } = program.graph;
  const def = nodes[byId.get(node) ?? -1]?.def;
  return {
    items,
    itemIndex: 0,
    runIndex: 0,
    node: def ?? { id: node, name: '', version: 1, parameters: NOTHING },
    workflow: { id: program.workflow, name: doc.name, active: true },
    execution: { id: '', mode: 'production' },
    vars,
    nowMs,
    zone: doc.settings.timezone ?? 'UTC',
    random: seededRandom(hash32(`${program.workflow}:${nowMs}`)),
    run: NO_RUN,
  };
}

/** Keys are scoped to their workflow: two workflows never share a limit by accident. */
function keyOf(trigger: Trigger, param: Param, scope: Scope): string {
  const value = param.at(scope);
  const text = value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  return `${placeOf(trigger.program.workflow, trigger.program.version)}:${text.slice(0, 512)}`;
}

/** Evaluates a trigger's limits. Throws ExpressionError when a key's expression does. */
export function limitsOf(trigger: Trigger): StartEvent['limits'] | undefined {
  const { settings } = trigger.program.graph.doc;
  const { concurrency, rateLimit, debounce, priority } = settings;
  if (!concurrency && !rateLimit && !debounce && priority === undefined) return undefined;
  const scope = triggerScope(trigger);
  const { limits } = trigger.program;
  const found: NonNullable<StartEvent['limits']> = {};
  if (concurrency) found.concurrency = keyOf(trigger, limits.concurrencyKey, scope);
  if (rateLimit) found.rate = keyOf(trigger, limits.rateKey, scope);
  if (debounce) found.debounce = keyOf(trigger, limits.debounceKey, scope);
  const weight = Number(limits.priority.at(scope) ?? 0);
  if (priority !== undefined && Number.isFinite(weight)) found.priority = weight;
  return found;
}

/** The idempotency key the workflow itself asks for, if it does. */
export function ownKeyOf(trigger: Trigger): string | undefined {
  const { idempotencyKey } = trigger.program.limits;
  if (!idempotencyKey) return undefined;
  const value = idempotencyKey.at(triggerScope(trigger));
  return value === undefined || value === null || value === '' ? undefined : String(value).slice(0, 512);
}
