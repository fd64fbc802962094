import type { Answer } from './answer.ts';
import type { Context, JobContext } from './context.ts';
import type { AnyRoute, Contract, ErrorKind, EventType, Route } from './contract.ts';

export type Handler<R> =
  R extends Route<unknown, infer Got, infer Ret, unknown>
    ? (call: Got, context: Context) => Promise<Ret | Answer<Ret>> | Ret | Answer<Ret>
    : never;

export type Handlers<C extends Contract> = { readonly [K in keyof C]: Handler<C[K]> };

/** A handler with its types erased, as the dispatcher calls it after validating. */
export type ErasedHandler = (call: unknown, context: Context) => unknown;

export interface Subscription {
  readonly event: EventType<unknown>;
  readonly handle: (payload: unknown, context: JobContext) => Promise<void>;
}

export interface Area {
  readonly name: string;
  readonly errors: Readonly<Record<string, ErrorKind>>;
  readonly routes: readonly {
    readonly name: string;
    /** `area.route`: what the audit log calls it. */
    readonly action: string;
    readonly route: AnyRoute;
    readonly handle: ErasedHandler;
  }[];
  readonly subscriptions: readonly Subscription[];
}

export function subscription<T>(
  event: EventType<T>,
  handle: (payload: T, context: JobContext) => Promise<void>,
): Subscription {
  // SAFETY: the dispatcher calls it only with what this event's own schema produced.
  return { event, handle: handle as Subscription['handle'] };
}

const reads = new Set<string>();

/** Actions of all areas that only look, as the audit log names them. */
export const readActions = (): readonly string[] => [...reads];

/**
 * Joins a contract with its handlers. Two calls, because in one the literal types of the handlers' returns widen
 * before the contract can check them.
 */
export function area<C extends Contract>(name: string, contract: C, errors: Record<string, ErrorKind> = {}) {
  return {
    handle(handlers: Handlers<C>, subscriptions: readonly Subscription[] = []): Area {
      const routes = Object.entries(contract).map(([key, route]) => ({
        name: key,
        action: `${name}.${key}`,
        route,
        // SAFETY: the dispatcher validates with this route's own schemas before calling.
        handle: handlers[key as keyof C] as unknown as ErasedHandler,
      }));
      for (const { action, route } of routes) if (route.scope.endsWith(':read')) reads.add(action);
      return { name, errors, routes, subscriptions };
    },
  };
}
