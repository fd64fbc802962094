import { Gunzip, Inflate } from 'fflate';
import { NodeError } from '../../../node/kit.ts';
import type { UnpackBudget } from './unpack-budget.ts';

/** Compressed bytes handed over at once: what they may become at most (1032 times) still fits into memory. */
const PIECE_BYTES = 16 * 1024;

/** Unpacks deflated bytes, asking the budget after every piece. `keep: false` only measures. */
export async function inflate(
  packed: Uint8Array<ArrayBuffer>,
  how: { format: 'deflate' | 'gzip'; budget: UnpackBudget; keep?: boolean },
): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  let isDone = false;
  const onData = (piece: Uint8Array, final: boolean): void => {
    how.budget.takeBytes(piece.length);
    isDone = final;
    if (how.keep !== false) pieces.push(piece);
  };
  const stream = how.format === 'gzip' ? new Gunzip(onData) : new Inflate(onData);
  try {
    for (let at = 0; at < packed.length || at === 0; at += PIECE_BYTES) {
      stream.push(packed.subarray(at, at + PIECE_BYTES), at + PIECE_BYTES >= packed.length);
      await how.budget.turn();
    }
  } catch (error) {
    if (error instanceof NodeError) throw error;
    throw new NodeError('bad-archive', `The compressed data is damaged: ${(error as Error).message}.`);
  }
  if (!isDone) throw new NodeError('bad-archive', 'The compressed data ends too early.');
  return joined(pieces);
}

export function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
