import type { contract as credentials } from '../../workers/areas/credentials/contract.ts';
import type { contract as hello } from '../../workers/areas/hello/contract.ts';
import type { contract as keys } from '../../workers/areas/keys/contract.ts';
import type { contract as runs } from '../../workers/areas/runs/contract.ts';
import type { contract as tenant } from '../../workers/areas/tenant/contract.ts';
import type { contract as workflows } from '../../workers/areas/workflows/contract.ts';
import type { Route } from '../../workers/kit/contract.ts';

/** Contracts by type only: the client carries no schema and no server code. */
type AnyContract = typeof credentials | typeof hello | typeof keys | typeof runs | typeof tenant | typeof workflows;

type RoutesOf<C> = C extends unknown ? C[keyof C] : never;
type AnyEndpoint = RoutesOf<AnyContract>;

/** `'POST /v1/workflows/{id}/publish'` and all the others. */
export type EndpointKey = AnyEndpoint['key'];

type EndpointOf<K extends EndpointKey> = Extract<AnyEndpoint, { key: K }>;

/** What to send: `{params, query, body}`, each only where the endpoint has it. */
export type InputOf<K extends EndpointKey> =
  EndpointOf<K> extends Route<infer In, unknown, unknown, unknown, K> ? In : never;

/** What comes back. */
export type OutputOf<K extends EndpointKey> =
  EndpointOf<K> extends Route<unknown, unknown, unknown, infer Out, K> ? Out : never;
