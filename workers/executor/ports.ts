import type { Json, JsonObject } from '../../core/data/item.ts';
import type { EffectReply, EffectRequest } from '../../core/node/kit.ts';
import type { QueriesRpc } from '../../durable-objects/queries/protocol.ts';
import type { Outcome } from '../../durable-objects/runner/protocol.ts';
import type { RenewCall } from '../../durable-objects/sign-in/protocol.ts';
import type { TablesRpc } from '../../durable-objects/tables/protocol.ts';
import type { CodeLoader } from '../code-host/isolate.ts';
import type { DiskBucket } from '../files/r2-disk.ts';
import type { CredentialResolver, VaultEnv } from '../vault/resolver.ts';
import type { RawSocket, SocketTls } from './egress/connect.ts';
import type { EgressPorts } from './egress/fetch.ts';
import type { EgressPolicy } from './egress/policy.ts';

/** The part of a service binding that we use. */
export interface FetcherLike {
  fetch(url: string, init?: RequestInit): Promise<Response>;
}

/** A network: it opens sockets too. */
export interface NetworkLike extends FetcherLike {
  connect(
    address: { hostname: string; port: number },
    options: { secureTransport: SocketTls; allowHalfOpen: boolean },
  ): RawSocket;
}

/** The part of an R2 bucket that we use. */
export type FileBucket = DiskBucket;

/** Bindings of the executor. */
export interface ExecutorEnv extends VaultEnv {
  TABLES: DurableObjectNamespace;
  METER: DurableObjectNamespace;
  QUERIES: DurableObjectNamespace;
  AUDIT: DurableObjectNamespace;
  SIGN_IN: DurableObjectNamespace;
  LOADER: CodeLoader;
  FILES: FileBucket;
  /** The transforms Worker (workers/transforms). */
  TRANSFORMS: FetcherLike;
  /** The code host process (self-host); without it code runs in this process's own isolates. */
  CODE_HOST?: FetcherLike;
  /** Networks of a self-host launcher: public addresses only, and one that also reaches listed private ones. */
  EGRESS_PUBLIC?: NetworkLike;
  EGRESS_LISTED?: NetworkLike;
}

/** One effect to perform. */
export interface PerformRequest {
  tenant: string;
  /** The environment the run is in: its variables and credentials, no others. Absent: production. */
  environment?: string;
  /** Whose run it is, by id: it may use what was brought into it (CRD11). Absent: nobody's. */
  workflow?: string;
  effect: EffectRequest;
  /** Stable key of this effect (run, node path, attempt-independent). */
  key: string;
  policy: EgressPolicy;
}

/** What performers may use; tests give fakes. */
export interface ExecutorPorts {
  egress: EgressPorts;
  files: FileBucket;
  /** Opens stored credentials; openCredential (open-credential.ts) is how effects ask. */
  credentials: CredentialResolver;
  /** Told of each credential that was opened, or could not be. */
  opened?(tenant: string, use: { credential: string; key: string; found: boolean }): void;
  /** Values of secret variables by the placeholders in a text. Absent: there are none. */
  secretVariables?(text: string, where: { tenant: string; environment: string }): Promise<Map<string, string>>;
  /** Where authors' queries over items run. */
  queries?(tenant: string): QueriesRpc;
  /** A tenant's data tables. */
  tables?(tenant: string): TablesRpc;
  /** Computes on files. */
  transforms: FetcherLike;
  /** @throws NodeError storage-full when the tenant's plan has no room. */
  storageRoom?(tenant: string, bytes: number): Promise<void>;
  loader?: CodeLoader | undefined;
  codeHost?: FetcherLike | undefined;
  /** Has a credential's tokens renewed, once for all who ask at a time (durable-objects/sign-in). */
  renewTokens(call: RenewCall): Promise<Outcome<null>>;
  /**
   * Told what an effect that tells has read so far, the whole of it, a text for each of its answers: each goes on at its
   * own end. Absent: nobody looks on.
   */
  tell?(texts: readonly string[]): unknown;
  /** Epoch milliseconds. */
  now(): number;
  /** 128 random bits as hex: names of stored files. */
  newId(): string;
}

/** What of a payload leaves for elsewhere, or is a key of the computing: there, and only there, values of secret variables stand. */
export interface Sent {
  of(payload: JsonObject): Json | undefined;
  with(payload: JsonObject, sent: Json): JsonObject;
}

/** One kind of effect: a folder under `effects/`. Throws only what the caller turns into a failed reply. */
export interface Effect {
  kind: string;
  /** Absent: the effect sees placeholders of secret variables, never values (ENV6). */
  sent?: Sent;
  perform(request: PerformRequest, ports: ExecutorPorts): Promise<EffectReply>;
}
