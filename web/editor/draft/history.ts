import * as Y from 'yjs';
import { sharedOf } from '../../../core/collaboration/shape.ts';

/** Letters in one place closer together than this are one burst of typing, which is taken back at once. */
const BURST_MS = 700;
/** What follows sooner is no second act of a person: one act may be several edits. */
const AT_ONCE_MS = 30;

interface Place {
  map: unknown;
  key: string | null;
}

/** What `origin` did in `doc`, to be taken back and done again: a burst of typing is one step, every other act its own. */
export function historyOf(doc: Y.Doc, origin: unknown): Y.UndoManager {
  let last: { place: Place | undefined; atMs: number } | undefined;
  const isTracked = (transaction: Y.Transaction): boolean =>
    transaction.origin === origin && transaction.changed.size > 0;
  // heard before the manager hears it
  doc.on('afterTransaction', (transaction) => {
    if (!isTracked(transaction)) return;
    const [place, atMs] = [placeOf(transaction), Date.now()];
    const sinceMs = last ? atMs - last.atMs : Infinity;
    const isBurst = place !== undefined && place.map === last?.place?.map && place.key === last?.place?.key;
    if (sinceMs > (isBurst ? BURST_MS : AT_ONCE_MS)) history.stopCapturing();
    last = { place, atMs };
  });
  const history = new Y.UndoManager(Object.values(sharedOf(doc)), {
    trackedOrigins: new Set([origin]),
    // which edits belong together is said above
    captureTimeout: Infinity,
  });
  // what comes after undo is never part of what came before it
  history.on('stack-item-popped', () => {
    last = undefined;
    history.stopCapturing();
  });
  // and after it: what a step both made and took away is never brought back, so that its text need not be kept
  doc.on('afterTransaction', (transaction) => {
    const step = isTracked(transaction) ? history.undoStack.at(-1) : undefined;
    if (!step) return;
    Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
      if (struct instanceof Y.Item && Y.isDeleted(step.insertions, struct.id)) struct.keep = false;
    });
  });
  return history;
}

/** The one entry that an edit changed; undefined: it changed several. */
function placeOf({ changed }: Y.Transaction): Place | undefined {
  const [only, another] = changed;
  if (!only || another) return undefined;
  const [map, keys] = only;
  const [key, more] = keys;
  return key === undefined || more !== undefined ? undefined : { map, key };
}
