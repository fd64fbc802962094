import { useEffect, useRef } from 'react';
import { hasLetters, isTyping } from '../ui/letters.ts';

interface Actions {
  undo: () => void;
  redo: () => void;
  add: () => void;
  note: () => void;
  outline: () => void;
  run: () => void;
  tidy: () => void;
  selectAll: () => void;
  group: () => void;
  ungroup: () => void;
  duplicate: () => void;
  toggle: () => void;
  rename: () => void;
  fit: () => void;
  collapse: () => void;
  expand: () => void;
}

const LETTERS: Readonly<Record<string, keyof Actions>> = {
  a: 'add',
  n: 'note',
  o: 'outline',
  r: 'run',
  t: 'tidy',
  d: 'toggle',
  1: 'fit',
};
const COMMANDS: Readonly<Record<string, readonly [plain: keyof Actions, withShift: keyof Actions]>> = {
  z: ['undo', 'redo'],
  y: ['redo', 'redo'],
  a: ['selectAll', 'selectAll'],
  g: ['group', 'ungroup'],
  d: ['duplicate', 'duplicate'],
};

/** Keys of the editor: letters alone, and letters with Ctrl. Never while typing. */
export function useShortcuts(actions: Actions): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (isTyping(event)) return;
      const key = event.key.toLowerCase();
      // by its place on the keyboard: with Alt some layouts make another letter of it
      if (event.altKey && event.code === 'KeyG') {
        event.preventDefault();
        return event.shiftKey ? latest.current.collapse() : latest.current.expand();
      }
      if (event.altKey) return;
      const isCommand = event.metaKey || event.ctrlKey;
      const name =
        key === 'f2'
          ? 'rename'
          : isCommand
            ? COMMANDS[key]?.[event.shiftKey ? 1 : 0]
            : // a letter that is held down is meant once: it would start run after run
              hasLetters() && !event.repeat
              ? LETTERS[key]
              : undefined;
      if (name === undefined) return;
      event.preventDefault();
      latest.current[name]();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}
