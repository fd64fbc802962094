import { type RefObject, useEffect, useRef } from 'react';

/**
 * For a form that is refused: the focus goes to the first field that is wrong, unless somebody went elsewhere meanwhile.
 * What is wrong with no field is read out where it stands.
 */
export function useFirstWrong(error: unknown): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const here = document.activeElement;
    if (!error || !form.current || !(here === document.body || form.current.contains(here))) return;
    form.current.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [error]);
  return form;
}
