import { useCallback, useSyncExternalStore } from 'react';
import { useSession } from './session.tsx';

/** What names no environment is in this one. */
export const PRODUCTION = 'production';

const keyOf = (tenant: string): string => `millrace.environment.${tenant}`;
const listeners = new Set<() => void>();
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** What `useEnvironment` gives, for what is asked before there is a page. */
export const chosenEnvironment = (tenant: string): string => localStorage.getItem(keyOf(tenant)) ?? PRODUCTION;

/** The environment that publishing, runs by hand, the list of runs and new variables are about, chosen in the shell, by organisation. */
export function useEnvironment(): { environment: string; choose: (environment: string) => void } {
  const { tenant } = useSession();
  const environment = useSyncExternalStore(subscribe, () => chosenEnvironment(tenant));
  const choose = useCallback(
    (next: string) => {
      localStorage.setItem(keyOf(tenant), next);
      for (const listener of listeners) listener();
    },
    [tenant],
  );
  return { environment, choose };
}
