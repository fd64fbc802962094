/** The roles every organisation has, from the most to the least. */
export const BUILT_IN_ROLES = ['owner', 'admin', 'editor', 'operator', 'viewer', 'guest'] as const;
export type BuiltInRole = (typeof BUILT_IN_ROLES)[number];

/**
 * What a role may do. An area that is not named here belongs to owners and admins alone (ACC3), so a new area is
 * closed until somebody opens it. The verb `own` is what only owners may do.
 */
const VIEWER = [
  'workflows:read',
  'runs:read',
  'tables:read',
  'files:read',
  'projects:read',
  'environments:read',
  'variables:read',
  'members:read',
  'roles:read',
  'organization:read',
  'tenant:read',
];
const OPERATOR = [...VIEWER, 'runs:write', 'credentials:read', 'usage:read'];
const EDITOR = [
  ...OPERATOR,
  'workflows:write',
  'tables:write',
  'files:write',
  'projects:write',
  'variables:write',
  'credentials:write',
  'egress:read',
];

const SCOPES: ReadonlyMap<string, readonly string[]> = new Map<BuiltInRole, readonly string[]>([
  ['owner', ['*']],
  ['admin', ['*:read', '*:write']],
  ['editor', EDITOR],
  ['operator', OPERATOR],
  ['viewer', VIEWER],
  ['guest', ['tenant:read']],
]);

export const isBuiltInRole = (role: string): role is BuiltInRole => SCOPES.has(role);

/** The scopes of a built-in role; none for any other text. */
export const scopesOfRole = (role: string): readonly string[] => SCOPES.get(role) ?? [];
