import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { type Client, createClient } from '../../sdk/client/index.ts';

const STORED = 'millrace.key';
/** `mr_<tenant>_<43 base64url>`. */
const KEY = /^mr_([a-z0-9][a-z0-9-]{0,62})_[A-Za-z0-9_-]{43}$/;

/** The tenant a key belongs to, or undefined when it does not look like a key. */
export const tenantOf = (key: string): string | undefined => KEY.exec(key)?.[1];

/** The key from `#key=…` or an earlier visit in this tab. It leaves the address bar and the history at once. */
function firstKey(): string | null {
  const given = new URLSearchParams(location.hash.slice(1)).get('key');
  if (given) {
    sessionStorage.setItem(STORED, given);
    history.replaceState(null, '', location.pathname + location.search);
  }
  return sessionStorage.getItem(STORED);
}

export interface Session {
  tenant: string;
  client: Client;
  signOut(): void;
}

interface Held {
  session: Session | undefined;
  signIn(key: string): void;
}

const Context = createContext<Held>({ session: undefined, signIn: () => undefined });

export function SessionProvider({ children }: { children: ReactNode }) {
  const [key, setKey] = useState(firstKey);
  const signOut = useCallback(() => {
    sessionStorage.removeItem(STORED);
    setKey(null);
  }, []);
  const held = useMemo<Held>(() => {
    const tenant = key === null ? undefined : tenantOf(key);
    const client =
      key === null || tenant === undefined
        ? undefined
        : createClient({ url: location.origin, apiKey: key, fetch: (url, init) => fetch(url, init) });
    return {
      session: client && tenant !== undefined ? { tenant, client, signOut } : undefined,
      signIn(given) {
        sessionStorage.setItem(STORED, given);
        setKey(given);
      },
    };
  }, [key, signOut]);
  return <Context value={held}>{children}</Context>;
}

export const useHeld = (): Held => useContext(Context);

/** Inside the signed-in part of the app only. */
export function useSession(): Session {
  const { session } = useContext(Context);
  if (!session) throw new Error('There is no session here.');
  return session;
}

export const useClient = (): Client => useSession().client;
