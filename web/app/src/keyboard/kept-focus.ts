interface Last {
  element: HTMLElement;
  /** What stands beside its row, the next first. */
  beside: (Element | null | undefined)[];
  /** What it stands in, the nearest first. */
  around: Element[];
  /** The dialog, menu or list over the page that it stands in. */
  layer: Element | null;
}

const LAYER = '[role=dialog], [role=menu], [role=listbox]';
const ROW = 'li, tr, .react-flow__node, .react-flow__edge';
const FOCUSABLE = 'a[href], button:not(:disabled), input:not(:disabled), select, textarea, summary, [tabindex="0"]';

/** What can be focused in a part of the page, the part itself included; hidden parts have nothing. */
export function firstFocusable(part: Element): HTMLElement | SVGElement | undefined {
  const all = [part, ...part.querySelectorAll(FOCUSABLE)];
  return all.find(
    (each): each is HTMLElement | SVGElement =>
      (each instanceof HTMLElement || each instanceof SVGElement) &&
      each.matches(FOCUSABLE) &&
      each.getClientRects().length > 0,
  );
}

/** Two frames: a dialog that closes gives focus back in the first. */
const soon = (act: () => unknown): void => void requestAnimationFrame(() => requestAnimationFrame(act));

/**
 * Gives focus a place when what had it goes away: what opened the dialog it stood in, the row beside, what it stood in, or
 * the page. Without, screen readers and the next Tab begin at the top. What was pressed stays in view.
 */
export function keepFocus(): () => void {
  let last: Last | undefined;
  /** What had the focus before it went into a layer. */
  const openers = new WeakMap<Element, HTMLElement>();
  const openerOf = (gone: Element | null): HTMLElement | undefined => {
    const seen = new Set<Element>();
    for (let layer = gone; layer && !layer.isConnected && !seen.has(layer);) {
      seen.add(layer);
      const opener = openers.get(layer);
      if (opener === undefined || opener.isConnected) return opener;
      // a removed part keeps what it was made of
      layer = opener.closest(LAYER);
    }
    return undefined;
  };
  const isLost = (): boolean => document.activeElement === document.body || document.activeElement === null;
  const mend = (): void => {
    if (!last || !isLost()) return;
    const { element, beside, around, layer } = last;
    if (element.isConnected) return;
    // react-aria does so as well, but only once nothing on the page moves any more
    const opener = openerOf(layer);
    if (opener) {
      opener.focus({ preventScroll: true });
      return;
    }
    const row = beside.find((each) => each?.isConnected === true && firstFocusable(each));
    const part = row ?? around.find((each) => each.isConnected);
    const main = document.querySelector<HTMLElement>('main');
    const next = part && main?.contains(part) && part !== main ? firstFocusable(part) : undefined;
    if (next && (row || part?.closest('[role=dialog], [data-pane]'))) next.focus();
    else main?.focus({ preventScroll: true });
  };
  const onFocus = ({ target }: FocusEvent): void => {
    if (!(target instanceof HTMLElement || target instanceof SVGElement)) return;
    const around: Element[] = [];
    for (let at = target.parentElement; at; at = at.parentElement) around.push(at);
    const row = target.closest(ROW);
    const layer = target.closest(LAYER);
    if (last && layer && !openers.has(layer) && !layer.contains(last.element)) openers.set(layer, last.element);
    // SAFETY: both have isConnected, matches and focus, which is all that is asked of it
    last = {
      element: target as HTMLElement,
      beside: [row?.nextElementSibling, row?.previousElementSibling],
      around,
      layer,
    };
  };
  // a key has no place to click at: what it adds above itself must not push out of view what it pressed
  const onClick = ({ target, detail }: MouseEvent): void => {
    const pressed = target instanceof Element ? target.closest('button') : null;
    // the canvas moves by itself
    if (detail > 0 || !pressed || pressed.closest('.react-flow')) return;
    soon(() => document.activeElement === pressed && pressed.scrollIntoView({ block: 'nearest' }));
  };
  // whoever clicks beside everything wants nothing to be focused
  const onPointer = (): void => (last = undefined);
  const observer = new MutationObserver(() => {
    if (last && isLost() && !last.element.isConnected) soon(mend);
  });
  observer.observe(document.body, { childList: true, subtree: true });
  addEventListener('focusin', onFocus);
  addEventListener('click', onClick);
  addEventListener('pointerdown', onPointer, true);
  return () => {
    observer.disconnect();
    removeEventListener('focusin', onFocus);
    removeEventListener('click', onClick);
    removeEventListener('pointerdown', onPointer, true);
  };
}
