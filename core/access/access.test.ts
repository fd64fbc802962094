import { describe, it } from 'vitest';
import { isWithin, reachOf, scopesAt } from './grant.ts';
import type { HeldGrant } from './grant.ts';
import { BUILT_IN_ROLES, isBuiltInRole, scopesOfRole } from './roles.ts';
import { allows, excess, intersect } from './scope.ts';

describe('scopes', () => {
  it('[ACC1] allow what they say and no more', ({ expect }) => {
    expect(allows(['*'], 'runs:write')).toBe(true);
    expect(allows(['runs:*'], 'runs:write')).toBe(true);
    expect(allows(['*:read'], 'runs:read')).toBe(true);
    expect(allows(['*:read'], 'runs:write')).toBe(false);
    expect(allows(['runs:read'], 'runs:write')).toBe(false);
    expect(allows(['run:*', 'runs', 'runs:', ':read', ':', ''], 'runs:read')).toBe(false);
    expect(allows(['keys:*'], '*')).toBe(false);
    expect(allows(['keys:write'], 'keys:*')).toBe(false);
    expect(allows(['*:read', '*:write'], '*')).toBe(false);
    expect(allows(['*:read'], 'keys:*')).toBe(false);
    expect(allows([], 'runs:read')).toBe(false);
  });

  it('[ACC1] tell what somebody would give without having it', ({ expect }) => {
    expect(excess(['runs:*', '*:read'], ['runs:write', 'keys:read', 'keys:write', '*', 'runs:*'])).toEqual([
      'keys:write',
      '*',
    ]);
  });
});

describe('built-in roles', () => {
  it('[ACC2] each may do all the next may', ({ expect }) => {
    for (const [at, role] of BUILT_IN_ROLES.entries()) {
      const below = BUILT_IN_ROLES[at + 1];
      if (below === undefined) continue;
      expect(excess(scopesOfRole(role), scopesOfRole(below)), `${role} over ${below}`).toEqual([]);
      expect(excess(scopesOfRole(below), scopesOfRole(role)), `${below} is less than ${role}`).not.toEqual([]);
    }
  });

  it('[ACC3] leave a new area and ownership to those above', ({ expect }) => {
    const may = (scope: string) => BUILT_IN_ROLES.filter((role) => allows(scopesOfRole(role), scope));
    expect(may('brand-new:read')).toEqual(['owner', 'admin']);
    expect(may('brand-new:write')).toEqual(['owner', 'admin']);
    expect(may('tenant:own')).toEqual(['owner']);
  });

  it('[ACC1] give nothing to a role there is not', ({ expect }) => {
    for (const role of ['', 'Owner', '__proto__', 'constructor', 'role_1']) {
      expect(isBuiltInRole(role), role).toBe(false);
      expect(scopesOfRole(role), role).toEqual([]);
    }
  });
});

const grant = (kind: string, id: string, scopes: string[], times: Partial<HeldGrant> = {}): HeldGrant => ({
  on: { kind, id },
  scopes,
  startsAt: null,
  endsAt: null,
  ...times,
});

describe('grants', () => {
  it('[ACC5] reach as far as their place', ({ expect }) => {
    const rights = {
      scopes: ['tenant:read'],
      grants: [grant('project', 'p1', ['runs:*']), grant('workflow', 'w1', ['runs:read'])],
    };
    expect(reachOf(rights, 'tenant:read', 0)).toBe('everywhere');
    expect(reachOf(rights, 'workflows:read', 0)).toEqual([]);
    const read = reachOf(rights, 'runs:read', 0);
    expect(isWithin(read, [{ kind: 'workflow', id: 'w1' }])).toBe(true);
    expect(
      isWithin(read, [
        { kind: 'workflow', id: 'w2' },
        { kind: 'project', id: 'p1' },
      ]),
    ).toBe(true);
    expect(
      isWithin(read, [
        { kind: 'workflow', id: 'p1' },
        { kind: 'project', id: 'w1' },
      ]),
    ).toBe(false);
    expect(isWithin(reachOf(rights, 'runs:write', 0), [{ kind: 'workflow', id: 'w1' }])).toBe(false);
    expect(isWithin([], [])).toBe(false);
  });

  it('[ACC5] hold from their start until before their end', ({ expect }) => {
    const rights = { scopes: [], grants: [grant('organization', 'o', ['*'], { startsAt: 100, endsAt: 200 })] };
    const at = (nowMs: number) => reachOf(rights, 'runs:read', nowMs);
    expect([at(99), at(100), at(199), at(200)]).toEqual([[], 'everywhere', 'everywhere', []]);
  });

  it('[ACC9] are narrowed by the key they are used with', ({ expect }) => {
    const rights = { scopes: ['runs:read'], grants: [grant('project', 'p', ['*'])], ceiling: ['*:read'] };
    expect(reachOf(rights, 'runs:read', 0)).toBe('everywhere');
    expect(reachOf(rights, 'keys:read', 0)).toEqual([{ kind: 'project', id: 'p' }]);
    expect(reachOf(rights, 'runs:write', 0)).toEqual([]);
    expect(scopesAt(rights, [{ kind: 'project', id: 'p' }], 0)).toEqual(['runs:read', '*:read']);
    expect(intersect(['*:read', 'runs:*', 'x'], ['runs:write', 'keys:*', ''])).toEqual(['keys:read', 'runs:write']);
    expect(intersect(['*'], ['*'])).toEqual(['*']);
  });

  it('[ACC8] say what may be handed on at a place', ({ expect }) => {
    const rights = {
      scopes: ['tenant:read'],
      grants: [grant('project', 'p', ['runs:*']), grant('project', 'q', ['*'])],
    };
    expect(scopesAt(rights, [{ kind: 'project', id: 'p' }], 0)).toEqual(['tenant:read', 'runs:*']);
    expect(scopesAt(rights, [], 0)).toEqual(['tenant:read']);
  });
});
