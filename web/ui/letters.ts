const STORED = 'millrace.letters';
const TYPING =
  'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], [role=dialog] *, ' +
  // a letter there goes to the choice that begins with it
  '[role=listbox], [role=menu], [aria-haspopup=listbox]';

/** Whether a key that is pressed there is meant for it. */
export const isTypedIn = (element: Element | null): boolean => element?.closest(TYPING) != null;

/** Looks where the event began, and not where it seems to from outside: code is typed in a shadow root. */
export const isTyping = (event: Event): boolean => {
  const [target] = event.composedPath();
  return target instanceof Element && isTypedIn(target);
};

/** Whether single letters do something: who speaks to the computer, or brushes keys, turns them off. */
export const hasLetters = (): boolean => localStorage.getItem(STORED) !== 'off';
export const setLetters = (isOn: boolean): void => localStorage.setItem(STORED, isOn ? 'on' : 'off');
