import { useLocation } from '@tanstack/react-router';
import { useLayoutEffect, useRef } from 'react';
import { useSaidTitle } from '../../../ui/page-title.ts';

/**
 * Whoever goes to another page begins at its content, at the top, and hears its name. What is chosen inside of the page,
 * as a section of the settings, keeps the focus.
 */
export function useArrival(): void {
  const path = useLocation({ select: ({ pathname }) => pathname });
  const before = useRef(path);
  useSaidTitle(path);
  useLayoutEffect(() => {
    if (before.current === path) return undefined;
    before.current = path;
    const main = document.querySelector('main');
    // going back scrolls it later to where it was
    main?.scrollTo({ top: 0 });
    // a menu or the palette that led here gives the focus back first
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        const here = document.activeElement;
        if (here === document.body || here?.closest('aside')) main?.focus({ preventScroll: true });
      });
    });
    return () => cancelAnimationFrame(frame);
  }, [path]);
}
