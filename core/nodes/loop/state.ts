import type { JsonObject } from '../../data/item.ts';

/**
 * What a loop remembers between its runs. Positions only, never items: those are read from the run that took them
 * in, so that a journal of 10,000 rounds stays small. The last four are read by expressions, under n8n's names.
 */
export interface LoopState {
  /** Run of this node whose input is handed out. */
  origin: number;
  /** Index of the next item to hand out. */
  at: number;
  currentRunIndex: number;
  maxRunIndex: number;
  noItemsLeft: boolean;
  done: boolean;
}

export const begin = (runIndex: number): LoopState => ({
  origin: runIndex,
  at: 0,
  currentRunIndex: 0,
  maxRunIndex: 0,
  noItemsLeft: false,
  done: false,
});

export const advance = (state: LoopState): LoopState => ({ ...state, currentRunIndex: state.currentRunIndex + 1 });

export function stateOf(context: JsonObject): LoopState | undefined {
  const { origin, at } = context;
  if (typeof origin !== 'number' || typeof at !== 'number') return undefined;
  return { ...begin(origin), at, currentRunIndex: Number(context.currentRunIndex ?? 0) };
}
