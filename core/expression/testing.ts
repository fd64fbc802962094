import type { Item, JsonObject } from '../data/item.ts';
import type { NodeRunView, Scope } from './scope.ts';
import { compileTemplate } from './template.ts';

interface TestNode {
  parameters?: JsonObject;
  context?: JsonObject;
  runs?: NodeRunView[];
  /** Index of this node's item each input item descends from; absent means no path. */
  paired?: number[];
}

export interface TestScope {
  json?: JsonObject[];
  items?: Item[];
  itemIndex?: number;
  nodes?: Record<string, TestNode>;
  previous?: { name: string; outputIndex: number; runIndex: number };
  nowMs?: number;
  zone?: string;
  vars?: JsonObject;
  extra?: Record<string, unknown>;
  fromAi?: JsonObject;
  parameters?: JsonObject;
  customData?: JsonObject;
}

/** 2026-11-23T08:29:45.724Z, the moment n8n's recorded fixtures ran. */
export const NOW_MS = Date.UTC(2026, 10, 23, 8, 29, 45, 724);

/** A scope over plain data, with a fixed clock and random numbers. */
export function testScope(given: TestScope = {}): Scope {
  const nodes = new Map(Object.entries(given.nodes ?? {}));
  const last = (name: string): NodeRunView | undefined => nodes.get(name)?.runs?.at(-1);
  return {
    items: given.items ?? (given.json ?? []).map((json) => ({ json })),
    itemIndex: given.itemIndex ?? 0,
    runIndex: 0,
    node: { id: 'n1', name: 'Here', version: 2, parameters: given.parameters ?? { p: 1 } },
    workflow: { id: 'w1', name: 'Flow', active: true },
    execution: {
      id: 'e1',
      mode: 'manual',
      resumeUrl: 'https://example.test/resume',
      customData: given.customData ?? {},
    },
    vars: given.vars ?? {},
    nowMs: given.nowMs ?? NOW_MS,
    zone: given.zone ?? 'America/New_York',
    random: () => 0.25,
    ...(given.extra ? { extra: given.extra } : {}),
    ...(given.fromAi ? { fromAi: given.fromAi } : {}),
    run: {
      has: (name) => nodes.has(name),
      parameters: (name) => nodes.get(name)?.parameters,
      runs: (name) => nodes.get(name)?.runs ?? [],
      paired: (name, itemIndex) => {
        const at = nodes.get(name)?.paired?.[itemIndex];
        return at === undefined ? undefined : last(name)?.outputs[0]?.[at];
      },
      previous: () => given.previous,
      context: (name) => nodes.get(name)?.context ?? {},
    },
  };
}

/** Evaluates `={{ code }}`. */
export const evaluate = (code: string, scope: TestScope = {}): unknown =>
  compileTemplate(`={{ ${code} }}`).at(testScope(scope));
