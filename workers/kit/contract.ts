/** Standard Schema (https://standardschema.dev) cut to its types: what a contract says about data, without naming zod. */
export interface Schema<In = unknown, Out = In> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => unknown;
    readonly types?: { readonly input: In; readonly output: Out } | undefined;
  };
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a caller can get besides success. The closed map of an area's codes is shipped to clients. */
export interface ErrorKind {
  status: number;
  title: string;
}

type Part<Name extends string, T> = [T] extends [undefined]
  ? unknown
  : Record<never, unknown> extends T
    ? { [K in Name]?: T }
    : { [K in Name]: T };
type Whole<Name extends string, T> = [T] extends [undefined] ? unknown : { [K in Name]: T };

/** What a client sends: parts without schema are absent, parts whose fields are all optional may be left out. */
export type Call<P, Q, B> = Part<'params', P> & Part<'query', Q> & Part<'body', B>;
/** What a handler gets: every declared part, validated. */
export type Parsed<P, Q, B> = Whole<'params', P> & Whole<'query', Q> & Whole<'body', B>;

/**
 * One endpoint as data. Routing, validation, OpenAPI, the SDK, scopes and the permission matrix derive from it.
 * In: what a client sends. Got: what the handler gets. Ret: what it returns. Out: what the client receives.
 */
export interface Route<In, Got, Ret, Out, Key extends string = string> {
  readonly key: Key;
  readonly method: Method;
  /** Parameters in braces: `/v1/runs/{id}`. */
  readonly path: string;
  readonly summary: string;
  /** What the key must be allowed, `area:read` or `area:write`. */
  readonly scope: string;
  /** Weight against rate limits; 1 is one cheap read. */
  readonly cost: number;
  /** `person`: for somebody signed in, wherever they belong; no organisation is named and API keys are refused. */
  readonly actor: 'member' | 'person';
  readonly status: number;
  /** Further successful statuses, with what they mean. */
  readonly alsoStatus: Readonly<Record<number, string>>;
  /** `stream` is text/event-stream, `bytes` a file, `empty` has no body. */
  readonly answers: 'json' | 'empty' | 'stream' | 'bytes';
  /** `bytes`: the body is a file, handed over as a Uint8Array of at most `maxBytes`. */
  readonly accepts: 'json' | 'bytes';
  /** Whether an organisation that is suspended or being deleted may still do it (LIF1). */
  readonly whileSuspended: 'allowed' | 'refused';
  readonly maxBytes?: number;
  readonly params?: Schema;
  readonly query?: Schema;
  readonly body?: Schema;
  readonly resource?: RouteResource;
  /** A body that is taken, for documents and generated tests. `{workflows}` stands for an id of one, `{text}` for any text. */
  readonly example?: unknown;
  /** Files of others may repeat a key: the last wins instead of a refusal. */
  readonly duplicateKeys: 'refused' | 'last-wins';
  readonly output: Schema;
  readonly errors: readonly string[];
  /** Types only; never set. */
  readonly '~types'?: { in: In; got: Got; ret: Ret; out: Out };
}

/**
 * What a route is about, for actors who may use its scope in some places only: a resource named in the path or the
 * query, or `list`: the handler shows only what `context.reach` holds. Without it a route needs the whole organisation.
 */
export type RouteResource =
  | { readonly kind: ResourceKind; readonly param: string }
  | { readonly kind: ResourceKind; readonly query: string }
  | { readonly kind: ResourceKind; readonly list: true };
export type ResourceKind = 'project' | 'workflow' | 'run' | 'credential' | 'table';

export type AnyRoute = Route<unknown, unknown, unknown, unknown>;
export type Contract = Readonly<Record<string, AnyRoute>>;

interface RouteInit<M extends Method, Path extends string, P, PP, Q, QP, B, BP, R, O> {
  method: M;
  path: Path;
  summary: string;
  scope: string;
  cost: number;
  actor?: 'member' | 'person';
  status?: number;
  alsoStatus?: Record<number, string>;
  answers?: 'json' | 'empty' | 'stream' | 'bytes';
  accepts?: 'json' | 'bytes';
  /** Reads are allowed, all else is refused, unless it says otherwise. */
  whileSuspended?: 'allowed' | 'refused';
  maxBytes?: number;
  params?: Schema<P, PP>;
  query?: Schema<Q, QP>;
  body?: Schema<B, BP>;
  duplicateKeys?: 'refused' | 'last-wins';
  resource?: RouteResource;
  example?: unknown;
  output: Schema<R, O>;
  errors: readonly string[];
}

export function route<
  M extends Method,
  Path extends string,
  R,
  O,
  P = undefined,
  PP = undefined,
  Q = undefined,
  QP = undefined,
  B = undefined,
  BP = undefined,
>(init: RouteInit<M, Path, P, PP, Q, QP, B, BP, R, O>): Route<Call<P, Q, B>, Parsed<PP, QP, BP>, R, O, `${M} ${Path}`> {
  return {
    status: init.method === 'POST' ? 201 : 200,
    alsoStatus: {},
    answers: 'json',
    accepts: 'json',
    actor: 'member',
    duplicateKeys: 'refused',
    whileSuspended: init.scope.endsWith(':read') ? 'allowed' : 'refused',
    ...init,
    key: `${init.method} ${init.path}`,
  };
}

/** A fact other areas may react to. Published ones never change shape: a new shape is a new version. */
export interface EventType<T> {
  readonly name: string;
  readonly version: number;
  readonly payload: Schema<unknown, T>;
}

export function eventType<T>(name: string, version: number, payload: Schema<T, T>): EventType<T> {
  return { name, version, payload };
}
