import { describe, it, vi } from 'vitest';
import * as Y from 'yjs';
import type { Workflow, WorkflowNode } from '../../../core/graph/document.ts';
import { Draft } from '../../../web/editor/draft/draft.ts';

const node = (id: string): WorkflowNode => ({
  id,
  name: id,
  type: 'no-op',
  version: 1,
  parameters: { text: '', other: '' },
  position: [0, 0],
});
const WORKFLOW: Workflow = {
  schema: 1,
  name: 'W',
  nodes: [node('a'), node('b')],
  edges: [],
  settings: {},
  notes: [],
  pinned: [],
};
/** A letter takes so long; whoever stops this long has ended a word. */
const LETTER_MS = 120;
const REST_MS = 2_000;
const LETTERS = 200;
const LONG = 'x'.repeat(2_000);
const text = (draft: Draft, name = 'text'): unknown => draft.current().nodes[0]?.parameters[name];

describe('undo', () => {
  it('keeps what a burst of typing began with, not the whole text of each of its letters', ({
    expect,
    onTestFinished,
  }) => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const draft = new Draft(WORKFLOW);
    draft.edits.setParameter('a', 'text', LONG);
    vi.advanceTimersByTime(REST_MS);
    for (let letter = 1; letter <= LETTERS; letter++) {
      draft.edits.setParameter('a', 'text', LONG + 'y'.repeat(letter));
      vi.advanceTimersByTime(LETTER_MS);
    }
    expect(Y.encodeStateAsUpdate(draft.doc).length).toBeLessThan(5 * LONG.length);
    draft.undo.undo();
    expect(text(draft)).toBe(LONG);
    draft.undo.redo();
    expect(text(draft)).toBe(LONG + 'y'.repeat(LETTERS));
    draft.undo.undo();
    draft.undo.undo();
    expect(text(draft)).toBe('');
  });

  it('takes back one act at a time, however quickly they follow, and a word in one place at once', ({
    expect,
    onTestFinished,
  }) => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const draft = new Draft(WORKFLOW);
    for (const typed of ['h', 'ho']) {
      draft.edits.setParameter('a', 'text', typed);
      vi.advanceTimersByTime(LETTER_MS);
    }
    draft.edits.setParameter('a', 'other', 'z');
    vi.advanceTimersByTime(LETTER_MS);
    draft.edits.remove(new Set(['b']));
    vi.advanceTimersByTime(LETTER_MS);
    draft.undo.undo();
    expect(draft.current().nodes).toHaveLength(2);
    draft.undo.undo();
    expect([text(draft), text(draft, 'other')]).toEqual(['ho', '']);
    // what is typed right after is an act of its own
    draft.edits.setParameter('a', 'text', 'hot');
    draft.undo.undo();
    expect(text(draft)).toBe('ho');
    draft.undo.undo();
    expect(text(draft)).toBe('');
  });
});
