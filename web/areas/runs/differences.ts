import type { RunView, Step } from './status.ts';

/** One step of either run beside its match in the other, and what differs. */
export interface Pair {
  key: string;
  name: string;
  first: Step | undefined;
  second: Step | undefined;
  isOtherStatus: boolean;
  /** Place of the first item that differs, over all outputs. */
  otherItem: number | undefined;
  counts: readonly [number, number];
  /** Duration there by duration here, when the difference is worth a word. */
  ratio: number | undefined;
}

/** Below this a step's duration says more about the machine than about the workflow. */
const NOTABLE_MS = 50;
const NOTABLE_RATIO = 2;

/** Steps are paired by node and by which of its runs it was; those of the first run come first. */
export function differencesOf(first: RunView, second: RunView): Pair[] {
  const others = new Map(second.nodes.map((step) => [keyOf(step), step]));
  const pairs = first.nodes.map((step) => pairOf(step, others.get(keyOf(step))));
  const seen = new Set(first.nodes.map(keyOf));
  return [...pairs, ...second.nodes.filter((step) => !seen.has(keyOf(step))).map((step) => pairOf(undefined, step))];
}

export const isDifferent = ({ first, second, isOtherStatus, otherItem, ratio }: Pair): boolean =>
  !first || !second || isOtherStatus || otherItem !== undefined || ratio !== undefined;

const keyOf = ({ node, runIndex }: Step): string => JSON.stringify([node, runIndex]);

function pairOf(first: Step | undefined, second: Step | undefined): Pair {
  const step = first ?? second;
  const [a, b] = [first, second].map((each) => (each?.outputs ?? []).flatMap((items) => items ?? []));
  const both = first !== undefined && second !== undefined;
  const outputs = both ? Math.max(first.outputs.length, second.outputs.length) : 0;
  let before = 0;
  let otherItem: number | undefined;
  for (let output = 0; both && output < outputs && otherItem === undefined; output++) {
    const [here, there] = [first.outputs[output] ?? [], second.outputs[output] ?? []];
    const longer = Math.max(here.length, there.length);
    const at = Array.from({ length: longer }).findIndex((_, index) => !isSame(here[index], there[index]));
    if (at >= 0) otherItem = before + at;
    before += longer;
  }
  return {
    key: step ? keyOf(step) : '',
    name: step?.nodeName ?? '',
    first,
    second,
    isOtherStatus: both && first.status !== second.status,
    otherItem,
    counts: [a?.length ?? 0, b?.length ?? 0],
    ratio: both ? ratioOf(first.durationMs, second.durationMs) : undefined,
  };
}

function ratioOf(here: number | undefined, there: number | undefined): number | undefined {
  if (here === undefined || there === undefined || Math.max(here, there) < NOTABLE_MS) return undefined;
  const ratio = Math.max(there, 1) / Math.max(here, 1);
  return ratio >= NOTABLE_RATIO || ratio <= 1 / NOTABLE_RATIO ? ratio : undefined;
}

/** Data and files; where an item came from may differ. */
function isSame(a: Record<string, unknown> | undefined, b: Record<string, unknown> | undefined): boolean {
  return text(a?.json) === text(b?.json) && text(a?.binary) === text(b?.binary);
}

const text = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([x], [y]) => (x < y ? -1 : 1)))
      : each,
  ) ?? '';
