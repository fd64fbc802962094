import { type KeyboardEvent, type RefObject, useRef } from 'react';

interface EnterTakes {
  /** Around the options. */
  list: RefObject<HTMLDivElement | null>;
  /** For the box that is typed in. */
  onKeyDownCapture: (event: KeyboardEvent) => void;
}

/**
 * Enter takes the option that is pointed at, or the first: what is found a moment later than it was typed stands there
 * without being pointed at. The list is not asked to take it: it may still hold an option that was replaced meanwhile, and
 * then does nothing.
 */
export function useEnterTakes(first: () => string | undefined, take: (key: string) => void): EnterTakes {
  const list = useRef<HTMLDivElement>(null);
  return {
    list,
    onKeyDownCapture(event) {
      if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      const pointed = list.current?.querySelector<HTMLElement>('[role=option][data-focused]');
      const key = pointed?.dataset['key'] ?? first();
      if (key !== undefined) take(key);
    },
  };
}
