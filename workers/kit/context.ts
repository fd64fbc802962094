import type { Json } from '../../core/data/item.ts';
import type { Reach } from '../../core/access/grant.ts';
import type { Env } from '../env.ts';
import type { EventType } from './contract.ts';

export interface Touched {
  /** Id; default: the path's, else the answer's. */
  target?: string;
  /** The run that was started. */
  run?: string;
  before?: Json | undefined;
  after?: Json | undefined;
}

/** Who acts. The tenant comes from what they showed, never from a default. */
export interface Actor {
  /** `key`: an API key of the organisation; `service`: a key of a service account; `member`: a person's session. */
  readonly kind: 'key' | 'member' | 'service';
  /** Id of the key, the user or the service account. */
  readonly id: string;
  readonly tenant: string;
  /** What they may do in the whole organisation; grants may add to it for single resources. */
  readonly scopes: readonly string[];
  /** A built-in role or the id of a custom one; keys have none. */
  readonly role?: string;
  /** What the key of a service account narrows it to. */
  readonly ceiling?: readonly string[];
  /** Of a key: whose it is, as the tenant object names them; absent: the organisation's own. */
  readonly owner?: string;
  /** Id of a member's session. */
  readonly session?: string;
}

/** Who acts, for which tenant. Handlers turn it into ports; services never see `env`. */
export interface Context {
  readonly tenant: string;
  readonly actor: Actor;
  /** Where the actor may use the route's scope; a route that declares a `list` filters by it. */
  readonly reach: Reach;
  readonly requestId: string;
  /** Scheme and host as the caller sees them, e.g. `https://example.com`. */
  readonly origin: string;
  readonly headers: Headers;
  readonly env: Env;
  /** For the audit log: what a change was made to, and what was there before and after. Only hashes are kept. */
  touched(facts: Touched): void;
  /** Epoch milliseconds. */
  now(): number;
  /** `prefix_` and 16 random characters (80 bits). */
  newId(prefix: string): string;
  emit<T>(event: EventType<T>, payload: T): Promise<void>;
}

/** An event on the queue; consumers dispatch on name and version. */
export interface EventMessage {
  event: string;
  version: number;
  tenant: string;
  atMs: number;
  payload: unknown;
}

/** What an event handler knows: there is no actor and no request. */
export type JobContext = Pick<Context, 'tenant' | 'env' | 'now' | 'newId' | 'emit'>;

export function jobContext(env: Env, tenant: string): JobContext {
  return {
    tenant,
    env,
    now: () => Date.now(),
    newId,
    emit: async (event, payload) => {
      const message: EventMessage = { event: event.name, version: event.version, tenant, atMs: Date.now(), payload };
      await env.JOBS.send(message);
    },
  };
}

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** Crockford base 32: no letters that read alike, and safe in URLs. */
export function newId(prefix: string): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let id = `${prefix}_`;
  for (const byte of bytes) id += ALPHABET[byte & 31] ?? '';
  return id;
}
