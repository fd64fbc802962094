import { describe, it } from 'vitest';
import { BUILT_IN_ROLES, isBuiltInRole, scopesOfRole } from './roles.ts';
import { allows, excess } from './scope.ts';

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
