import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { ApiError, type Client, createClient } from '../../sdk/client/index.ts';
import { STORED_KEY } from './address.ts';
import { post } from './auth.ts';
import { type Account, firstOrganization, rememberOrganization } from './organization.ts';
import { type Refused, watchedFetch } from './watched-fetch.ts';

/** `mr_<tenant>_<43 base64url>`. */
const KEY = /^mr_([a-z0-9][a-z0-9-]{0,62})_[A-Za-z0-9_-]{43}$/;

/** The tenant a key belongs to, or undefined when it does not look like a key. */
export const tenantOf = (key: string): string | undefined => KEY.exec(key)?.[1];

/** Who is here: nobody, a person (perhaps of no organisation yet), or whoever has a key. */
type Who =
  | { kind: 'starting' }
  | { kind: 'nobody'; why?: ApiError }
  | { kind: 'person'; account: Account; organization: string | undefined }
  | { kind: 'key'; key: string; tenant: string };

export interface Session {
  /** Id of the organisation. */
  tenant: string;
  client: Client;
  /** Absent where an API key opened the app. */
  account: Account | undefined;
  /** Set when the server knows the session no more. What was typed stays; signing in again goes on. */
  refused: Refused | undefined;
}

export interface Held {
  who: Who;
  session: Session | undefined;
  enterWithKey(key: string): void;
  /** Asks the server who is here, after signing in and after every change of the account. Chooses `organization` if given. */
  refresh(organization?: string): Promise<void>;
  choose(organization: string): void;
  signOut(): Promise<void>;
}

const Context = createContext<Held | undefined>(undefined);

function begin(): Who {
  const key = sessionStorage.getItem(STORED_KEY);
  if (key === null) return { kind: 'starting' };
  const tenant = tenantOf(key);
  if (tenant !== undefined) return { kind: 'key', key, tenant };
  sessionStorage.removeItem(STORED_KEY);
  return { kind: 'nobody' };
}

/** For what concerns a person and no organisation: the cookie says who asks. */
export const personalClient: Client = createClient({
  url: location.origin,
  fetch: (url, init) => fetch(url, init),
});

const AGAIN_MS = 2_000;

/** Who the cookie says is here. Waits for a server that does not answer: to be away is not to be signed out. */
async function find(wanted?: string): Promise<Who> {
  for (;;) {
    try {
      const account = await personalClient.call('GET /v1/account');
      const chosen = account.organizations.some(({ id }) => id === wanted) ? wanted : firstOrganization(account);
      return { kind: 'person', account, organization: chosen };
    } catch (error) {
      if (error instanceof ApiError && error.status < 500) return { kind: 'nobody' };
      await new Promise((done) => setTimeout(done, AGAIN_MS));
    }
  }
}

/** A session of single sign-on ends at an address of its own. */
async function endSession(): Promise<void> {
  const bySso = await fetch('/sso/sign-out', { method: 'POST' });
  if (!bySso.ok) await post('/auth/sign-out');
}

export function SessionProvider({ children }: { children: ReactNode }) {
  const [who, setWho] = useState(begin);
  const [refused, setRefused] = useState<Refused>();
  const isStarting = who.kind === 'starting';
  useEffect(() => {
    if (isStarting) void find().then(setWho);
  }, [isStarting]);

  const key = who.kind === 'key' ? who.key : undefined;
  const tenant = who.kind === 'key' ? who.tenant : who.kind === 'person' ? who.organization : undefined;
  const client = useMemo(() => {
    if (tenant === undefined) return undefined;
    // a key that never opened anything is a wrong one: there is nothing typed to keep
    const onRefused = (why: Refused): void => {
      if (why.wasOpen || key === undefined) setRefused(why);
      else leave(why.error);
    };
    const leave = (why: ApiError): void => {
      sessionStorage.removeItem(STORED_KEY);
      setWho({ kind: 'nobody', why });
    };
    const by = key === undefined ? { organization: tenant } : { apiKey: key };
    return createClient({ url: location.origin, ...by, fetch: watchedFetch(onRefused) });
  }, [key, tenant]);

  const held = useMemo<Held>(() => {
    const account = who.kind === 'person' ? who.account : undefined;
    return {
      who,
      session: client && tenant !== undefined ? { tenant, client, account, refused } : undefined,
      enterWithKey(given) {
        const of = tenantOf(given);
        if (of === undefined) return;
        sessionStorage.setItem(STORED_KEY, given);
        setRefused(undefined);
        setWho({ kind: 'key', key: given, tenant: of });
      },
      async refresh(organization) {
        sessionStorage.removeItem(STORED_KEY);
        const next = await find(organization ?? tenant);
        if (organization !== undefined) rememberOrganization(organization);
        const before = who.kind === 'person' ? who.account.id : undefined;
        // what is on the page is somebody else's
        if (before !== undefined && next.kind === 'person' && next.account.id !== before) location.assign('/');
        setRefused(undefined);
        setWho(next);
      },
      choose(organization) {
        if (who.kind !== 'person') return;
        rememberOrganization(organization);
        setWho({ ...who, organization });
      },
      async signOut() {
        sessionStorage.removeItem(STORED_KEY);
        // one that is over already needs no ending
        if (who.kind === 'person') await endSession().catch(() => undefined);
        setRefused(undefined);
        setWho({ kind: 'nobody' });
      },
    };
  }, [who, client, tenant, refused]);
  return <Context value={held}>{children}</Context>;
}

export function useHeld(): Held {
  const held = useContext(Context);
  if (!held) throw new Error('There is no SessionProvider around this.');
  return held;
}

/** Inside the signed-in part of the app only. */
export function useSession(): Session {
  const { session } = useHeld();
  if (!session) throw new Error('There is no session here.');
  return session;
}

export const useClient = (): Client => useSession().client;
