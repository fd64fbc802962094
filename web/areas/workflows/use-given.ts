import { type Dispatch, type SetStateAction, useEffect, useState } from 'react';

/** Text of a workflow that was pasted on the page or dropped anywhere on it: it wants to be imported. */
export function useGiven(): [string | undefined, Dispatch<SetStateAction<string | undefined>>] {
  const [given, setGiven] = useState<string>();
  useEffect(() => {
    const onPaste = (event: ClipboardEvent): void => {
      // a dialog and a box take what is pasted themselves
      if (event.target instanceof Element && event.target.closest('input, textarea, [role=dialog]')) return;
      const text = event.clipboardData?.getData('text').trim() ?? '';
      if (text.startsWith('{') || text.startsWith('[') || text.startsWith('curl ')) setGiven(text);
    };
    const onDragOver = (event: DragEvent): void => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
    };
    const onDrop = (event: DragEvent): void => {
      const file = event.dataTransfer?.files[0];
      if (!file || (event.target instanceof Element && event.target.closest('[role=dialog]'))) return;
      event.preventDefault();
      void file.text().then(setGiven);
    };
    document.addEventListener('paste', onPaste);
    document.addEventListener('dragover', onDragOver);
    document.addEventListener('drop', onDrop);
    return () => {
      document.removeEventListener('paste', onPaste);
      document.removeEventListener('dragover', onDragOver);
      document.removeEventListener('drop', onDrop);
    };
  }, []);
  return [given, setGiven];
}
