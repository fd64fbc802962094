import { useEffect, useRef } from 'react';
import { announce } from './announce.ts';

const PRODUCT = 'Millrace';
/** A page names itself once it knows what it shows. */
const NAMED_MS = 600;

/** Names the browser's tab, its history and its bookmarks; a screen reader says it when the page changes. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = title === '' ? PRODUCT : `${title} · ${PRODUCT}`;
  }, [title]);
}

/** Says the title of the page when another one comes: screen readers hear nothing of a page that only changes. */
export function useSaidTitle(path: string): void {
  const before = useRef(path);
  useEffect(() => {
    if (before.current === path) return undefined;
    before.current = path;
    return announce(() => document.title, NAMED_MS);
  }, [path]);
}
