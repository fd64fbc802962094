import { allows, intersect } from './scope.ts';

/** What a grant is about, and where a resource lies: `organization`, `project`, `workflow`, `credential`, … */
export interface Place {
  readonly kind: string;
  readonly id: string;
}

/** A role somebody has in one place, for some time. Times are epoch milliseconds; `endsAt` is no longer in force. */
export interface HeldGrant {
  readonly on: Place;
  readonly scopes: readonly string[];
  readonly startsAt: number | null;
  readonly endsAt: number | null;
}

/** All that decides what one actor may do. */
export interface Rights {
  /** In the whole organisation. */
  readonly scopes: readonly string[];
  readonly grants: readonly HeldGrant[];
  /** What their key narrows them to. */
  readonly ceiling?: readonly string[] | undefined;
}

/** Where a scope may be used: everywhere in the organisation, or only in these places. */
export type Reach = 'everywhere' | readonly Place[];

const isInForce = ({ startsAt, endsAt }: HeldGrant, nowMs: number): boolean =>
  (startsAt === null || startsAt <= nowMs) && (endsAt === null || nowMs < endsAt);

/** Where the actor may use a scope; an empty list is nowhere. */
export function reachOf({ scopes, grants, ceiling }: Rights, needed: string, nowMs: number): Reach {
  if (ceiling && !allows(ceiling, needed)) return [];
  if (allows(scopes, needed)) return 'everywhere';
  const places: Place[] = [];
  for (const grant of grants) {
    if (!isInForce(grant, nowMs) || !allows(grant.scopes, needed)) continue;
    if (grant.on.kind === 'organization') return 'everywhere';
    places.push(grant.on);
  }
  return places;
}

export const isWithin = (reach: Reach, places: readonly Place[]): boolean =>
  reach === 'everywhere' || reach.some((mine) => places.some(({ kind, id }) => kind === mine.kind && id === mine.id));

/** All scopes the actor has at a resource that lies in these places; what they may hand on there (ACC8). */
export function scopesAt(rights: Rights, places: readonly Place[], nowMs: number): string[] {
  const here = rights.grants.filter(
    (grant) => isInForce(grant, nowMs) && (grant.on.kind === 'organization' || isWithin([grant.on], places)),
  );
  const all = [...rights.scopes, ...here.flatMap(({ scopes }) => scopes)];
  return rights.ceiling ? intersect(all, rights.ceiling) : all;
}
