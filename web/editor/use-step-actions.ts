import { useMemo, useRef } from 'react';
import { WRITE } from '../canvas/note-card.tsx';
import { isAmong } from '../../core/graph/group.ts';
import { pieceFrom, renewed } from './clipboard.ts';
import type { Draft } from './draft/draft.ts';

const ASIDE = 40;
/** The box with the name of what is chosen. */
const NAME = '[data-pane=panel] input';
const CHOSEN_NOTE = '.react-flow__node-note.selected > div';
/** Two frames: a menu that closes gives the focus back in the first. */
const soon = (act: () => void): void => void requestAnimationFrame(() => requestAnimationFrame(act));

interface StepActions {
  /** The same once more, beside it. */
  duplicate: () => void;
  /** Switches steps off, or on again when all are off. */
  toggle: () => void;
  rename: () => void;
  /** Begins to write the chosen note. */
  write: () => void;
  remove: () => void;
  /** Collapses the groups that are chosen or have something chosen in them, or all; or opens them. */
  collapse: () => void;
  expand: () => void;
}

interface ActionsUse {
  draft: Draft;
  selected: readonly string[];
  onSelect: (ids: string[]) => void;
}

/** Whether every chosen step is switched off. */
export function isOff(draft: Draft, selected: readonly string[]): boolean {
  const chosen = new Set(selected);
  const steps = draft.current().nodes.filter((node) => isAmong(node, chosen));
  return steps.length > 0 && steps.every(({ disabled }) => disabled === true);
}

/** What is done with what is chosen, by key or menu; the same functions always. */
export function useStepActions(use: ActionsUse): StepActions {
  const latest = useRef(use);
  latest.current = use;
  return useMemo(() => {
    const fold = (collapsed: boolean): void => {
      const { draft, selected } = latest.current;
      const { nodes, notes, groups = [] } = draft.current();
      const chosen = new Set(selected);
      for (const { id, group } of [...nodes, ...notes]) if (group !== undefined && chosen.has(id)) chosen.add(group);
      const meant = groups.filter(({ id }) => chosen.has(id));
      for (const group of meant.length > 0 || selected.length > 0 ? meant : groups) {
        draft.edits.putGroup({ ...group, collapsed });
      }
    };
    return {
      duplicate() {
        const { draft, selected, onSelect } = latest.current;
        const { nodes, edges, ...more } = renewed(pieceFrom(draft.current(), new Set(selected)), ASIDE);
        if (nodes.length + more.notes.length === 0) return;
        draft.edits.add(nodes, edges, more);
        onSelect([...nodes, ...more.notes].map(({ id }) => id));
      },
      toggle() {
        const { draft, selected } = latest.current;
        const chosen = new Set(selected);
        const steps = draft.current().nodes.filter((node) => isAmong(node, chosen));
        const value = isOff(draft, selected) ? undefined : true;
        draft.edits.setFields(
          steps.map(({ id }) => id),
          'disabled',
          value,
        );
      },
      rename: () => soon(() => document.querySelector<HTMLInputElement>(NAME)?.select()),
      write: () => soon(() => document.querySelector(CHOSEN_NOTE)?.dispatchEvent(new Event(WRITE))),
      remove() {
        const { draft, selected } = latest.current;
        draft.edits.remove(new Set(selected));
      },
      collapse: () => fold(true),
      expand: () => fold(false),
    };
  }, []);
}
