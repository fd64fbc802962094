import { startTransition, useEffect, useState, useSyncExternalStore } from 'react';
import type { Workflow } from '../../../core/graph/document.ts';
import type { Draft } from './draft.ts';

/** A word is drawn when its letters pause so long; whoever does not pause sees it after the longest wait. */
const PAUSE_MS = 80;
const LONGEST_MS = 1_000;

/** The draft with every letter: for what a person types in. Whoever calls it is drawn again with each key. */
export const useDraft = (draft: Draft): Workflow => useSyncExternalStore(draft.subscribe, draft.current);

/** The draft for everything around that: what comes, goes or is connected at once, words a moment after their letters. */
export function useDrawn(draft: Draft): Workflow {
  const [drawn, setDrawn] = useState(draft.current);
  useEffect(() => {
    let shown = draft.current();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let waitsSince: number | undefined;
    const follow = (): void => {
      clearTimeout(timer);
      waitsSince = undefined;
      shown = draft.current();
      startTransition(() => setDrawn(shown));
    };
    const hear = (): void => {
      if (!isAlike(shown, draft.current())) return follow();
      waitsSince ??= performance.now();
      clearTimeout(timer);
      timer = setTimeout(follow, Math.min(PAUSE_MS, waitsSince + LONGEST_MS - performance.now()));
    };
    setDrawn(shown);
    const stop = draft.subscribe(hear);
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [draft]);
  return drawn;
}

/** Whether they have the same parts, whatever those say: a draft keeps lists nobody touched. */
const isAlike = (a: Workflow, b: Workflow): boolean =>
  a.nodes.length === b.nodes.length &&
  a.notes.length === b.notes.length &&
  a.edges === b.edges &&
  a.groups?.length === b.groups?.length &&
  a.pinned === b.pinned;
