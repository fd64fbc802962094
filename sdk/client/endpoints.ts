import type { Route } from '../../workers/kit/contract.ts';
// Contracts by type only: the client carries no schema and no server code.
import type { AnyContract } from './contracts.generated.ts';

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
