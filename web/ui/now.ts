import { useEffect, useState } from 'react';

/**
 * The time, for what grows while somebody looks: a run under way, its bars.
 * @param everyMs How often it moves on; undefined: it stands still.
 */
export function useNow(everyMs: number | undefined): number {
  const [nowMs, setNow] = useState(Date.now);
  useEffect(() => {
    if (everyMs === undefined) return undefined;
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return nowMs;
}
