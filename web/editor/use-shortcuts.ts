import { useEffect, useRef } from 'react';

interface Actions {
  undo: () => void;
  redo: () => void;
  add: () => void;
  selectAll: () => void;
  group: () => void;
  ungroup: () => void;
}

const TYPING = 'input, textarea, select, [contenteditable], [role=dialog] *';
/** Looks where the event began, and not where it seems to from outside: code is typed in a shadow root. */
export const isTyping = (event: Event): boolean => {
  const [target] = event.composedPath();
  return target instanceof Element && target.closest(TYPING) !== null;
};

/** Keys of the editor: Ctrl+Z, Ctrl+Shift+Z or Ctrl+Y, Ctrl+A, Ctrl+G, Ctrl+Shift+G, and A for a new step. Never while typing. */
export function useShortcuts(actions: Actions): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (isTyping(event)) return;
      const key = event.key.toLowerCase();
      const isCommand = event.metaKey || event.ctrlKey;
      const action =
        isCommand && key === 'z'
          ? event.shiftKey
            ? latest.current.redo
            : latest.current.undo
          : isCommand && key === 'y'
            ? latest.current.redo
            : isCommand && key === 'a'
              ? latest.current.selectAll
              : isCommand && key === 'g'
                ? event.shiftKey
                  ? latest.current.ungroup
                  : latest.current.group
                : !isCommand && !event.altKey && key === 'a'
                  ? latest.current.add
                  : undefined;
      if (!action) return;
      event.preventDefault();
      action();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}
