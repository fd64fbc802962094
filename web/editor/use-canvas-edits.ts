import { useMemo } from 'react';
import { edgeKey } from '../../core/collaboration/shape.ts';
import type { Workflow } from '../../core/graph/document.ts';
import type { CanvasEdits } from '../canvas/canvas.tsx';
import type { Draft } from './draft/draft.ts';
import type { Adding } from './placing.ts';

/** Whether a step can be put into this connection: nothing stands between a step and what supplies it. */
export const canInsert = ({ edges }: Workflow, key: string): boolean =>
  edges.some((edge) => edge.from.port === 'main' && edgeKey(edge) === key);

/** What is done on the canvas, done to the draft. The same object for good: the canvas is drawn again with another. */
export const useCanvasEdits = (draft: Draft, onAdd: (adding: Adding) => void): CanvasEdits =>
  useMemo(
    () => ({
      connect: (from, to) => draft.edits.connect({ from, to }),
      disconnect: (keys) => draft.edits.disconnect(keys),
      remove: (ids) => draft.edits.remove(new Set(ids)),
      move: (positions, groups) => draft.edits.move(positions, groups),
      note: (id, change) => draft.edits.changeNote(id, change),
      collapse: (id, isCollapsed) => {
        const found = draft.current().groups?.find((each) => each.id === id);
        if (found) draft.edits.putGroup({ ...found, collapsed: isCollapsed });
      },
      insertInto: (key) => {
        const edge = draft.current().edges.find((each) => edgeKey(each) === key);
        if (edge && canInsert(draft.current(), key)) onAdd({ edge });
      },
      connectNew: (from, at) => onAdd({ from, ...(at ? { at } : {}) }),
    }),
    [draft, onAdd],
  );
