import { type ReactNode, useLayoutEffect, useRef } from 'react';
import type { Caret } from '../../expression/code-mirror.tsx';

interface GivingWayProps {
  caret: Caret;
  /** Letters before the caret that the next box does not show. */
  hidden?: number;
  children: ReactNode;
}

/** A box that another may take the place of while somebody types in it: the focus and the caret go from one to the next. */
export function GivingWay({ caret, hidden = 0, children }: GivingWayProps) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const inside = place.current;
    const box = inside?.querySelector<HTMLInputElement | HTMLTextAreaElement>('input, textarea');
    if (box && caret.current !== undefined) {
      box.focus();
      box.setSelectionRange(caret.current, caret.current);
      caret.current = undefined;
    }
    return () => {
      const here = document.activeElement;
      const isBox = here instanceof HTMLInputElement || here instanceof HTMLTextAreaElement;
      if (!isBox || !inside?.contains(here)) return;
      // a box of numbers does not say where in it
      caret.current = Math.max(0, (here.selectionStart ?? here.value.length) - hidden);
    };
  }, [caret, hidden]);
  return (
    <div ref={place} className="contents">
      {children}
    </div>
  );
}
