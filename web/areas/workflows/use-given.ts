import { useEffect, useState } from 'react';

/** Text of a file or of the clipboard that wants to become workflows. */
export interface Given {
  /** Of the file, without its ending; absent: it was pasted. */
  name?: string;
  text: string;
  /** Why there is no text: a folder, or a file that is gone or not theirs to read. */
  failure?: unknown;
}

/** Never rejects: one that cannot be read does not stop the others. */
export const givenOf = (files: readonly File[]): Promise<Given[]> =>
  Promise.all(
    files.map(async (file) => {
      const name = file.name.replace(/\.json$/i, '');
      try {
        return { name, text: await file.text() };
      } catch (failure) {
        return { name, text: '', failure };
      }
    }),
  );

/** Takes text itself; a box to tick does not, and has the focus of whoever selects by keyboard. */
const BOX = 'input:not([type=checkbox], [type=radio]), textarea, [contenteditable]';

/** Whether somebody's paste is for this page, not for a box or a dialog on it. */
const isForPage = ({ target, defaultPrevented }: Event): boolean =>
  !defaultPrevented && !(target instanceof Element && target.closest(BOX));

/** A dialog is about something else, or takes files itself. */
const isDialogOpen = (): boolean => document.querySelector('[role=dialog], [role=alertdialog]') !== null;

interface GivenUse {
  given: readonly Given[] | undefined;
  /** A file is held over the page. */
  isOver: boolean;
  forget: () => void;
}

/**
 * What was pasted or dropped on a page, whichever it is: workflows or a curl command.
 * @param path Of the page that is open.
 * @param isOff Where the page itself knows what to do with it: the editor puts it on its canvas.
 */
export function useGiven(path: string, isOff: boolean): GivenUse {
  const [given, setGiven] = useState<readonly Given[]>();
  const [isOver, setOver] = useState(false);
  // whoever goes on has seen what became of it
  useEffect(() => setGiven(undefined), [path]);
  useEffect(() => {
    if (isOff) return undefined;
    const take = (files: readonly File[]): void => void givenOf(files).then(setGiven);
    const onPaste = (event: ClipboardEvent): void => {
      if (!isForPage(event) || isDialogOpen()) return;
      const files = [...(event.clipboardData?.files ?? [])];
      const text = event.clipboardData?.getData('text').trim() ?? '';
      if (files.length > 0) take(files);
      else if (/^[[{]|^curl\s/.test(text)) setGiven([{ text }]);
    };
    const onDragOver = (event: DragEvent): void => {
      if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return;
      // else the browser leaves the page for the file
      event.preventDefault();
      setOver(!isDialogOpen());
    };
    const onDragLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent): void => {
      setOver(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0 || event.defaultPrevented) return;
      if (isForPage(event) && !isDialogOpen()) take(files);
      event.preventDefault();
    };
    const listeners = { paste: onPaste, dragover: onDragOver, dragleave: onDragLeave, drop: onDrop };
    const all = Object.entries(listeners) as [string, EventListener][];
    for (const [name, listener] of all) document.addEventListener(name, listener);
    return () => {
      for (const [name, listener] of all) document.removeEventListener(name, listener);
    };
  }, [isOff]);
  return { given, isOver, forget: () => setGiven(undefined) };
}
