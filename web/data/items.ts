import type { OutputOf } from '../../sdk/client/index.ts';

type Steps = OutputOf<'GET /v1/runs/{id}'>['nodes'];
export type ShownItem = { json: Record<string, unknown>; binary?: Record<string, unknown>; error?: unknown };

/** Items of one output of a step. SAFETY: what the API gives are items. */
export const itemsOf = (step: Steps[number] | undefined, output = 0): ShownItem[] =>
  (step?.outputs[output] ?? []) as unknown as ShownItem[];

/** The newest step of a node. */
export const latestOf = (steps: Steps, node: string): Steps[number] | undefined =>
  steps.findLast((step) => step.node === node);

/** Own names of all items' fields, in the order they appear. */
export function columnsOf(items: readonly ShownItem[], limit: number): string[] {
  const names = new Set<string>();
  for (const { json } of items) {
    for (const name of Object.keys(json)) {
      names.add(name);
      if (names.size >= limit) return [...names];
    }
  }
  return [...names];
}

export const cellText = (value: unknown): string =>
  value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

const PAGE = /^\s*<(?:!doctype|html|body|head|div|p|h[1-6]|table|ul|ol|section|article|main|style|svg|center)[\s>]/i;

/** Texts of an item that are pages or parts of one, as nodes that write HTML or mail give them. */
export const pagesOf = (json: Record<string, unknown>): { name: string; text: string }[] =>
  Object.entries(json).flatMap(([name, text]) => (typeof text === 'string' && PAGE.test(text) ? [{ name, text }] : []));
