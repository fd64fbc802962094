import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

/** A page without data of its own has had its turn by then. */
const LATE_MS = 1_500;

/** Whether what the page is about has come: what stands around it is asked for after that. */
export function useFirstAnswer(): boolean {
  const cache = useQueryClient().getQueryCache();
  const [hasCome, setCome] = useState(() => cache.getAll().some(({ state }) => state.status !== 'pending'));
  useEffect(() => {
    if (hasCome) return undefined;
    let timer = setTimeout(() => setCome(true), LATE_MS);
    const stop = cache.subscribe(({ type, query }) => {
      if (type !== 'updated' || query.state.status === 'pending') return;
      clearTimeout(timer);
      // it is drawn first
      timer = setTimeout(() => setCome(true), 50);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [cache, hasCome]);
  return hasCome;
}
