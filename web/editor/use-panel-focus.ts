import { type KeyboardEvent, useEffect, useRef } from 'react';

const PANEL = '[data-pane=panel]';
/** A step, a connection, or a row of the outline that is chosen. */
const CHOSEN = '.react-flow__node.selected, .react-flow__edge.selected, [data-step][aria-pressed=true]';
const CONTROL = 'input, textarea, select, button:not(:disabled), a[href], [tabindex="0"]';

const drawn = (id: string): HTMLElement | SVGElement | null =>
  document.querySelector<HTMLElement>(
    `.react-flow__node[data-id="${CSS.escape(id)}"], [data-step="${CSS.escape(id)}"]`,
  );

const FRAMES = 60;

/** Puts the focus on a step, on the canvas or in the outline, once it is drawn and the dialog that added it is gone. */
export function focusStep(id: string, frames = FRAMES): void {
  const step = document.querySelector('[role=dialog]') ? null : drawn(id);
  if (frames === 0) return;
  if (!step) requestAnimationFrame(() => focusStep(id, frames - 1));
  // two frames later: a dialog that closes gives focus back in the first
  else requestAnimationFrame(() => requestAnimationFrame(() => drawn(id)?.focus()));
}

/** Puts the focus on the first control of the data that flows into a step, once it is drawn. */
export function focusInput(): void {
  requestAnimationFrame(() => {
    const input = document.querySelector<HTMLElement>(`${PANEL} [data-input]`);
    (input?.querySelector<HTMLElement>(CONTROL) ?? input)?.focus();
  });
}

interface PanelFocus {
  onKeyDownCapture: (event: KeyboardEvent<HTMLElement>) => void;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

/** Enter on what is chosen goes into its panel, Escape goes back to it, and so does the focus when a panel is closed. */
export function usePanelFocus(selected: readonly string[]): PanelFocus {
  const before = useRef(selected);
  useEffect(() => {
    const [id] = before.current;
    before.current = selected;
    if (selected.length > 0 || id === undefined || document.activeElement !== document.body) return;
    (drawn(id) ?? document.querySelector<HTMLElement>('.react-flow__node, [data-step]'))?.focus();
  }, [selected]);
  return {
    onKeyDownCapture(event) {
      const { target, currentTarget, key, ctrlKey, metaKey, shiftKey } = event;
      if (key !== 'Enter' || ctrlKey || metaKey || shiftKey) return;
      // a note is written where it lies
      if (!(target instanceof Element) || !target.matches(CHOSEN) || target.matches('.react-flow__node-note')) return;
      const control = currentTarget.querySelector(PANEL)?.querySelector<HTMLElement>(CONTROL);
      if (!control) return;
      event.preventDefault();
      event.stopPropagation();
      control.focus();
    },
    onKeyDown(event) {
      const { target, currentTarget, key } = event;
      // what opens above the page bubbles through here, too, and is not in here
      if (key !== 'Escape' || event.defaultPrevented || !(target instanceof Element)) return;
      if (!target.closest(PANEL) || !currentTarget.contains(target)) return;
      currentTarget.querySelector<HTMLElement>(CHOSEN)?.focus();
    },
  };
}
