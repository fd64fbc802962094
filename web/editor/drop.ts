import type { DragEvent } from 'react';
import { STEP_TYPE } from '../data/dragged.ts';

/** A workflow is smaller; a film that was dropped by mistake is not read. */
const MAX_BYTES = 8_000_000;

interface DropUse {
  /** A type of step was dropped: at a place of the screen, or into an edge, by its key. */
  onStep: (type: string, at: { x: number; y: number }, edge: string | undefined) => void;
  /** A file was; whether it held anything. */
  onText: (text: string, at: { x: number; y: number }) => Promise<boolean>;
  /** The file could not be read, or held nothing. */
  onUnread: () => void;
}

interface Drop {
  onDragOver: (event: DragEvent) => void;
  onDrop: (event: DragEvent) => void;
}

/** Files of workflows and steps from the list of all, dropped on the drawing. */
export const dropsOn = ({ onStep, onText, onUnread }: DropUse): Drop => ({
  onDragOver(event) {
    const { types } = event.dataTransfer;
    if (types.includes('Files') || types.includes(STEP_TYPE)) event.preventDefault();
  },
  onDrop(event) {
    const at = { x: event.clientX, y: event.clientY };
    const type = event.dataTransfer.getData(STEP_TYPE);
    const file = event.dataTransfer.files[0];
    if (type === '' && !file) return;
    event.preventDefault();
    if (type !== '') {
      const edge = document.elementsFromPoint(at.x, at.y).find((each) => each.closest('.react-flow__edge'));
      onStep(type, at, edge?.closest('.react-flow__edge')?.getAttribute('data-id') ?? undefined);
      return;
    }
    void (async () => {
      const isRead = file && file.size <= MAX_BYTES ? await onText(await file.text(), at) : false;
      if (!isRead) onUnread();
    })().catch(onUnread);
  },
});
