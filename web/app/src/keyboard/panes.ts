import { firstFocusable } from './kept-focus.ts';

const PANE = '[data-pane]';
/** Where the focus was in each part of the page when it was last there. */
const places = new WeakMap<Element, WeakRef<HTMLElement>>();

/** F6 goes to the next part of the page and to where one was in it, Shift+F6 to the one before. */
export function listenForPanes(): () => void {
  const onFocus = ({ target }: FocusEvent): void => {
    if (!(target instanceof HTMLElement)) return;
    const pane = target.closest(PANE);
    if (pane) places.set(pane, new WeakRef(target));
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'F6' || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector('[role=dialog][aria-modal], [data-rac][role=dialog]')) return;
    const panes = [...document.querySelectorAll(PANE)].filter(
      (each) => !each.querySelector(PANE) && firstFocusable(each),
    );
    if (panes.length === 0) return;
    event.preventDefault();
    const here = panes.findIndex((each) => each.contains(document.activeElement));
    const step = event.shiftKey ? -1 : 1;
    const pane = panes[(Math.max(here, event.shiftKey ? 0 : -1) + step + panes.length) % panes.length];
    if (pane) focusPane(pane);
  };
  addEventListener('focusin', onFocus);
  addEventListener('keydown', onKey);
  return () => {
    removeEventListener('focusin', onFocus);
    removeEventListener('keydown', onKey);
  };
}

function focusPane(pane: Element): void {
  const place = places.get(pane)?.deref();
  // lines lie below the steps, and come before them
  const first = pane.querySelector('.react-flow__node.selected, .react-flow__node') ?? pane;
  const wanted = place?.isConnected === true && place.getClientRects().length > 0 ? place : firstFocusable(first);
  wanted?.focus();
}
