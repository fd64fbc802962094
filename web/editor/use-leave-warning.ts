import { useEffect } from 'react';
import type { Autosave } from './draft/autosave.ts';

/** The browser asks before the page is left with something that has not reached the server. */
export function useLeaveWarning(autosave: Autosave): void {
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent): void => {
      if (autosave.current().kind !== 'saved') event.preventDefault();
    };
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [autosave]);
}
