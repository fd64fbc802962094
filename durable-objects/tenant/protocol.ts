import type { Region } from '../../core/environment/region.ts';
import type { HookAnswer, HookProof } from '../../core/nodes/webhook/route.ts';
import type { Erased } from '../kit/erase.ts';
export type { Erased } from '../kit/erase.ts';
import type { Outcome } from '../runner/protocol.ts';

/** One webhook of a published version, as `hookOf` reads it from the node. */
export interface HookRoute extends HookAnswer {
  methods: string[];
  /** A page for people, reached under /forms/ or /chats/ instead of /hooks/. */
  page?: 'form' | 'chat';
  /** Segments joined by `/`, no leading slash; `:name` segments are parameters. */
  path: string;
  workflow: string;
  version: string;
  node: string;
  rawBody: boolean;
  binaryProperty?: string;
  allowedOrigins?: string[];
  /** Who may not call although the address is right. */
  guard?: { addresses?: string[]; ignoresBots?: true; proof?: HookProof };
}

/** Where a tenant's workflows may reach out to. Entries: `host`, `host:port`, `*.suffix`, an address, a CIDR range. */
export interface EgressRules {
  /** What may be reached although it is private, or a port of another protocol. The operator's to give. */
  allow: string[];
  /** What may not be reached; wins over everything. `*`: nothing may. */
  deny: string[];
  /** Where not empty: nothing else is reached. The tenant's to narrow. */
  only?: string[];
  /** Limits below the product's own. */
  maxResponseBytes?: number;
  timeoutMs?: number;
}

/** What an ingress isolate keeps for a tenant. `version` grows with every change. */
export interface RouteTable {
  version: number;
  standing: Standing;
  shards: number;
  hooks: HookRoute[];
  /** With the organisation's name, which is the text of a logo where there is no title. */
  branding?: Branding & { name?: string };
}

/** `deleting`: suspended, and gone once its grace is over. */
export type Standing = 'active' | 'suspended' | 'deleting';

export type StandingBy = 'owner' | 'operator';

/** How pages for people look. Colours are `#rrggbb`; `logo` is the type of a stored picture. */
export type Branding = {
  title?: string | undefined;
  accent?: string | undefined;
  accentDark?: string | undefined;
  logo?: string | undefined;
};

export interface TenantProfile {
  id: string;
  name: string;
  shards: number;
  suspended: boolean;
  standing: Standing;
  /** Why it does not stand as it should, for its owner; empty when it is active. */
  standingReason: string;
  /** Who made it so: what the operator suspended, its owner cannot resume. */
  standingBy: StandingBy | '';
  standingSince: number;
  /** When it is deleted, while it is `deleting`. */
  deleteAt: number | null;
  /** Where its objects were made; null: near who called them first. */
  region: Region | null;
  branding: Branding;
  createdAt: number;
  egress: EgressRules;
  retentionDays: number;
  /** How long records of the audit log are kept. */
  auditDays: number;
}

export interface Schedule {
  workflow: string;
  version: string;
  node: string;
  zone: string;
  /** The schedule node's definition, from which the next times are computed. */
  def: string;
}

/** `version` says the environment too (core/environment). */
export interface Publication {
  workflow: string;
  version: string;
  hooks: HookRoute[];
  schedules: Schedule[];
}

/** An API key as it is stored: its hash (SHA-256, hex); the secret itself is never seen here. */
export interface NewKey {
  id: string;
  hash: string;
  name: string;
  scopes: string[];
  /** How its text begins, so that its owner can tell it from others. */
  prefix?: string;
  /** Epoch milliseconds; absent: never. */
  expiresAt?: number;
  /** Whose key it is, `service:<id>` or `member:<id>`; absent: the organisation's. */
  owner?: string;
}

export interface KnownKey {
  id: string;
  scopes: string[];
  owner?: string;
  expiresAt?: number;
}

export interface KeyHead {
  id: string;
  name: string;
  scopes: string[];
  prefix: string;
  owner: string | null;
  createdAt: number;
  expiresAt: number | null;
  /** To the minute. */
  lastUsedAt: number | null;
}

export interface TenantSettings {
  name?: string | undefined;
  branding?: Branding | undefined;
  retentionDays?: number | undefined;
  auditDays?: number | undefined;
}

/** RPC surface of the tenant object: the registry of one tenant. Durable; small; never on the path of every request. */
export interface TenantRpc {
  /** Creates the tenant or returns what is there; idempotent. */
  create(profile: {
    id: string;
    name: string;
    egress?: EgressRules;
    region?: Region | undefined;
  }): Promise<TenantProfile>;
  profile(): Promise<Outcome<TenantProfile>>;
  /** Runs see it within ten seconds. */
  setEgress(rules: EgressRules): Promise<Outcome<null>>;
  /** The table, or null when the caller's version is current. */
  routes(knownVersion: number): Promise<RouteTable | null>;
  /** Replaces the workflow's publication. Refuses a path+method that another workflow holds. */
  publish(publication: Publication): Promise<Outcome<{ version: number }>>;
  unpublish(workflow: string, environment?: string): Promise<void>;
  /** Of one environment; production when none is named. */
  publications(environment?: string): Promise<{ workflow: string; version: string }[]>;
  /** Of all environments. */
  allPublications(): Promise<{ workflow: string; version: string }[]>;
  /** Changes how it stands and tells every shard; resolves when nothing starts any more, or everything may again. */
  setStanding(change: {
    standing: Standing;
    reason: string;
    by: StandingBy;
    deleteAt?: number;
  }): Promise<Outcome<TenantProfile>>;
  /** Changes what is given. */
  configure(change: TenantSettings): Promise<Outcome<TenantProfile>>;
  /** Deletes everything this object holds. */
  erase(): Promise<Erased>;
  addKey(key: NewKey): Promise<void>;
  /** The key of this hash while it is valid; null otherwise. Counts as a use. */
  verifyKey(hash: string): Promise<KnownKey | null>;
  listKeys(): Promise<KeyHead[]>;
  revokeKey(id: string): Promise<boolean>;
  /** Revokes all keys of one owner; how many there were. */
  revokeKeysOf(owner: string): Promise<number>;
  /** Fires what is due and re-arms; called by the alarm, the reaper and at boot. */
  touch(): Promise<void>;
}
