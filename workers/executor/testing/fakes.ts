import { credentialName } from '../../../core/credentials/kit.ts';
import type { Json } from '../../../core/data/item.ts';
import transforms from '../../transforms/index.ts';
import { signInPlan } from '../../../core/credentials/sign-in.ts';
import { withDefaults } from '../../../core/credentials/values.ts';
import {
  CredentialError,
  type CredentialResolver,
  type OpenCredential,
  secretsOf,
  TYPES,
} from '../../vault/resolver.ts';
import type { TokenKeeper } from '../tokens/keeper.ts';
import { renewTokens } from '../tokens/renew.ts';
import { networkPorts } from '../egress/network.ts';
import type { EgressPolicy } from '../egress/policy.ts';
import type { ExecutorPorts, FileBucket } from '../ports.ts';

/** R2 in memory, as far as the executor uses it. */
class MemoryBucket implements FileBucket {
  readonly objects = new Map<string, Uint8Array<ArrayBuffer>>();

  get(key: string): Promise<{ size: number; etag: string; arrayBuffer(): Promise<ArrayBuffer> } | null> {
    const bytes = this.objects.get(key);
    const arrayBuffer = (): Promise<ArrayBuffer> => new Blob(bytes ? [bytes] : []).arrayBuffer();
    return Promise.resolve(bytes ? { size: bytes.byteLength, etag: etagOf(bytes), arrayBuffer } : null);
  }

  head(key: string): Promise<unknown> {
    return Promise.resolve(this.objects.get(key) ?? null);
  }

  put(
    key: string,
    value: ArrayBuffer | Uint8Array,
    { onlyIf }: { onlyIf?: { etagMatches?: string; etagDoesNotMatch?: string } } = {},
  ): Promise<unknown> {
    const before = this.objects.get(key);
    const holds = onlyIf?.etagMatches === undefined || (before && etagOf(before) === onlyIf.etagMatches);
    if (!holds || (onlyIf?.etagDoesNotMatch === '*' && before)) return Promise.resolve(null);
    this.objects.set(key, Uint8Array.from(new Uint8Array(value)));
    return Promise.resolve({ key });
  }

  delete(key: string): Promise<unknown> {
    return Promise.resolve(this.objects.delete(key));
  }

  list({ prefix }: { prefix: string }): Promise<{ objects: ListedObject[]; truncated: boolean }> {
    const keys = [...this.objects.keys()].filter((key) => key.startsWith(prefix)).sort();
    const objects = keys.map((key) => {
      const bytes = this.objects.get(key) ?? new Uint8Array();
      return { key, size: bytes.byteLength, etag: etagOf(bytes), uploaded: new Date(0) };
    });
    return Promise.resolve({ objects, truncated: false });
  }
}

type ListedObject = { key: string; size: number; etag: string; uploaded: Date };

/** Equal for equal content is all that tests need. */
const etagOf = (bytes: Uint8Array): string => `${bytes.length}-${bytes.join('.').slice(0, 1_000)}`;

/** The seeded single-machine policy: local services by their exact names. */
export const LOCAL: EgressPolicy = { allow: ['127.0.0.1', 'localhost', '::1'], deny: [] };

/** Credentials in memory, open: by type, then id. What they are sealed with is the vault's own test. */
class MemoryCredentials implements CredentialResolver {
  readonly held: OpenCredential[] = [];

  /** Keeps one; `secrets` are the names of its secret values. */
  add(
    type: string,
    values: Record<string, string | number | boolean>,
    secrets: string[],
    domains: string[] = [],
  ): Json {
    const id = `cred-${this.held.length + 1}`;
    const secretValues = secrets.map((name) => String(values[name]));
    this.held.push({
      id,
      type,
      name: type,
      domains,
      values: new Map(Object.entries(values)),
      secrets: secretValues,
      state: 'ready',
      refs: {},
      updatedAt: 0,
    });
    return { id };
  }

  resolve(_: string, wish: { type: string; ref: Json }): Promise<OpenCredential> {
    const { id } = credentialName(wish.ref);
    const found = this.held.find((one) => one.id === id && one.type === wish.type);
    return found ? Promise.resolve(found) : Promise.reject(new CredentialError(`No credential of type ${wish.type}`));
  }
}

/** Renewing as the executor does it, over credentials in memory. */
const memoryKeeper = (credentials: MemoryCredentials): TokenKeeper => ({
  load(id) {
    const one = credentials.held.find((each) => each.id === id);
    const type = one && TYPES.get(one.type);
    const plan = type && signInPlan(type, withDefaults(type, one.values));
    if (!plan) return Promise.resolve(undefined);
    const { name, domains, tokens, state } = one;
    return Promise.resolve({
      name,
      domains,
      plan,
      tokens,
      state,
      keep(change) {
        Object.assign(one, change);
        one.secrets.push(...secretsOf(change.tokens));
        return Promise.resolve(true);
      },
    });
  },
});

export interface FakePorts extends ExecutorPorts {
  files: MemoryBucket;
  credentials: MemoryCredentials;
  /** URLs in the order in which the network was asked for them. */
  asked: { url: string; listed: boolean }[];
}

/** Ports over the platform's own fetch. */
export function fakePorts(more: Partial<ExecutorPorts> = {}): FakePorts {
  const asked: FakePorts['asked'] = [];
  const network = networkPorts({});
  let ids = 0;
  const credentials = new MemoryCredentials();
  const made: FakePorts = {
    renewTokens: (call) => renewTokens(call, { keeper: memoryKeeper(credentials), egress: made.egress, now: made.now }),
    now: () => Date.now(),
    egress: {
      connect: () => Promise.reject(new Error('This test gives no sockets')),
      fetch(target, url, init) {
        asked.push({ url, listed: target.listed });
        return network.fetch(target, url, init);
      },
    },
    transforms: {
      // The Worker itself, in this process.
      fetch: async (url, init) => transforms.fetch(new Request(url, { ...init, duplex: 'half' } as RequestInit)),
    },
    newId: () => `test-file-id-${String(++ids).padStart(8, '0')}`,
    ...more,
    files: new MemoryBucket(),
    credentials,
    asked,
  };
  return made;
}
