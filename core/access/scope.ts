/** `*`, `area:*`, `*:verb` or `area:verb`, cut in two; undefined when it is none of these. */
function partsOf(scope: string): readonly [area: string, verb: string] | undefined {
  if (scope === '*') return ['*', '*'];
  const at = scope.indexOf(':');
  return at > 0 && at < scope.length - 1 ? [scope.slice(0, at), scope.slice(at + 1)] : undefined;
}

/** Whether one scope gives all that another asks for: `runs:*` covers `runs:read`, `*:read` covers `runs:read`. */
export function covers(held: string, needed: string): boolean {
  if (held === '*' || held === needed) return true;
  const [mine, theirs] = [partsOf(held), partsOf(needed)];
  if (!mine || !theirs) return false;
  return (mine[0] === '*' || mine[0] === theirs[0]) && (mine[1] === '*' || mine[1] === theirs[1]);
}

/** Whether a set of scopes allows one. */
export function allows(scopes: readonly string[], needed: string): boolean {
  return scopes.some((scope) => covers(scope, needed));
}

/** What of `wanted` the holder of `held` lacks: nobody gives what they do not have. */
export function excess(held: readonly string[], wanted: readonly string[]): string[] {
  return wanted.filter((scope) => !allows(held, scope));
}

const meet = (a: string, b: string): string | undefined => (a === '*' ? b : b === '*' || a === b ? a : undefined);

/** What two sets of scopes both allow: a key narrowed to some scopes never does more than its account may. */
export function intersect(a: readonly string[], b: readonly string[]): string[] {
  const both = new Set<string>();
  for (const mine of a.map(partsOf)) {
    for (const theirs of b.map(partsOf)) {
      if (!mine || !theirs) continue;
      const [area, verb] = [meet(mine[0], theirs[0]), meet(mine[1], theirs[1])];
      if (area !== undefined && verb !== undefined) both.add(area === '*' && verb === '*' ? '*' : `${area}:${verb}`);
    }
  }
  return [...both];
}
