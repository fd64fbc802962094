import type { Answer } from './answer.ts';
import type { Area, ErasedHandler } from './area.ts';
import type { Context, JobContext, Touched } from './context.ts';
import type { Contract, ErrorKind, Route } from './contract.ts';

/** A person who is signed in; no organisation is named. */
export interface PersonContext extends Pick<Context, 'requestId' | 'origin' | 'headers' | 'env' | 'now' | 'newId'> {
  readonly person: {
    readonly id: string;
    readonly email: string;
    readonly name: string;
    readonly session: string;
    /** Where the session was begun, if at an identity provider; epoch milliseconds. */
    readonly sso: { readonly organization: string; readonly provider: string; readonly expiresAt: number } | null;
  };
  /** The call changes something of an organisation: its audit log gets the record, and this is its target. */
  concerns(tenant: string, facts: Touched): void;
  /** What handlers of jobs know, for one organisation. */
  inTenant(tenant: string): JobContext;
}

type PersonHandler<R> =
  R extends Route<unknown, infer Got, infer Ret, unknown>
    ? (call: Got, context: PersonContext) => Promise<Ret | Answer<Ret>> | Ret | Answer<Ret>
    : never;

type PersonHandlers<C extends Contract> = { readonly [K in keyof C]: PersonHandler<C[K]> };

export type ErasedPersonHandler = (call: unknown, context: PersonContext) => unknown;

/** As `area`, for routes whose contracts say `actor: 'person'`. */
export function personArea<C extends Contract>(name: string, contract: C, errors: Record<string, ErrorKind> = {}) {
  return {
    handle(handlers: PersonHandlers<C>): Area {
      const routes = Object.entries(contract).map(([key, route]) => ({
        name: key,
        action: `${name}.${key}`,
        route,
        // SAFETY: the dispatcher validates with this route's own schemas, and gives a person's context by its `actor`.
        handle: handlers[key as keyof C] as unknown as ErasedHandler,
      }));
      return { name, errors, routes, subscriptions: [] };
    },
  };
}
