import { describe, it } from 'vitest';
import { boundsOf } from './far/paint.ts';
import type { CanvasNode } from './graph.ts';
import { openedAt } from './opening.ts';

const VIEW = { width: 1_000, height: 700 };
const card = (id: string, x: number, y = 0, inputs: 0 | 1 = 1): CanvasNode =>
  ({ id, type: 'card', position: { x, y }, width: 192, height: 56, data: { inputs } }) as CanvasNode;
const row = (count: number): CanvasNode[] =>
  Array.from({ length: count }, (_, index) => card(`n${index}`, index * 260, 0, index === 0 ? 0 : 1));

describe('what is in view when a drawing is opened', () => {
  it('is all of one whose names can be read then', ({ expect }) => {
    expect(openedAt(row(6), VIEW)).toHaveLength(6);
    expect(openedAt([], VIEW)).toEqual([]);
  });

  it('is the beginning of a wider one, large enough to be read', ({ expect }) => {
    const wide = [card('aside', -900, 4_000), ...row(60)];
    const shown = openedAt(wide, VIEW);
    expect(shown[0]?.id).toBe('n0');
    expect(shown.length).toBeGreaterThan(3);
    expect(VIEW.width / boundsOf(shown).width).toBeGreaterThan(0.5);
  });

  it('is the leftmost step where nothing starts the workflow, however large that is', ({ expect }) => {
    const frame = { ...card('frame', 0, 0), type: 'frame', width: 9_000, height: 9_000 } as CanvasNode;
    const shown = openedAt([frame, card('b', 700), card('a', 0)], VIEW);
    expect(shown.map(({ id }) => id)).toEqual(['b', 'a']);
  });
});
