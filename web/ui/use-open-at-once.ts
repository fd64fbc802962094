import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

interface OpenAtOnce {
  trigger: RefObject<HTMLButtonElement | null>;
  isOpen: boolean;
  setOpen: (isOpen: boolean) => void;
}

/**
 * For what is fetched when its button is pressed: the button that takes the place of the pressed one is focused before
 * it opens, so that focus comes back to it when it closes.
 */
export function useOpenAtOnce(): OpenAtOnce {
  const trigger = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  // before anybody sees that the pressed button, and the focus with it, is gone
  useLayoutEffect(() => {
    trigger.current?.focus();
    setOpen(true);
  }, []);
  return { trigger, isOpen, setOpen };
}
