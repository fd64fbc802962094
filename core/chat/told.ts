import type { Run } from '../engine/run.ts';

/** The most that one step tells a chat. */
export const MAX_SAID_CHARS = 256_000;

/** A message of a chat started it. */
export function isChat({ program, start }: Run): boolean {
  const { nodes, byId } = program.graph;
  return nodes[byId.get(start.node) ?? -1]?.def.type === 'chat-trigger';
}

/** What a run told its chat so far, in order. */
export const saidBy = (run: Run): string[] => run.steps.flatMap(({ said }) => (said === undefined ? [] : [said]));

/** How a conversation stands: `asks`: it is the visitor's turn, within the run. `others`: somebody or something else's. */
export type ChatState = 'working' | 'asks' | 'others' | 'ended' | 'failed';

export function chatState(run: Run): ChatState {
  if (run.final) return run.final.status === 'success' ? 'ended' : 'failed';
  const state = run.active?.state;
  if (state?.kind === 'wait' && state.signal === 'chat') return 'asks';
  return run.paused || state?.kind === 'doubt' || (state?.kind === 'wait' && state.signal !== undefined)
    ? 'others'
    : 'working';
}
