import { z } from 'zod';
import { route } from '../../kit/contract.ts';

export const errors = {
  'role-unknown': { status: 404, title: 'There is no such role' },
  'role-built-in': { status: 409, title: 'The built-in roles cannot be changed' },
  'role-name-taken': { status: 409, title: 'Another role has this name' },
  'role-in-use': { status: 409, title: 'Somebody still has this role' },
  'roles-full': { status: 409, title: 'There are too many roles' },
  'scope-too-wide': { status: 403, title: 'Nobody gives or takes more than they have' },
} as const;

export const Scope = z
  .string()
  .max(100)
  .regex(
    /^(\*|(\*|[a-z]+(-[a-z]+)*):(\*|read|write|own))$/,
    'A scope is `*`, `area:*`, `*:verb` or `area:verb` with verb read, write or own',
  );
const Moment = z.number().int().describe('Epoch milliseconds');
const Name = z.string().trim().min(1).max(100);
const Scopes = z.array(Scope).min(1).max(200);

const Role = z.strictObject({
  id: z.string().describe('What members, service accounts and grants name'),
  name: z.string(),
  scopes: z.array(z.string()),
  builtIn: z.boolean(),
  createdAt: Moment.nullable(),
  updatedAt: Moment.nullable(),
});
export type Role = z.output<typeof Role>;

const params = z.strictObject({ id: z.string().max(100) });
const body = z.strictObject({ name: Name, scopes: Scopes });

export const contract = {
  list: route({
    method: 'GET',
    path: '/v1/roles',
    summary: 'List the roles there are, built-in ones first',
    scope: 'roles:read',
    cost: 1,
    output: z.strictObject({ roles: z.array(Role) }),
    errors: [],
  }),
  get: route({
    method: 'GET',
    path: '/v1/roles/{id}',
    summary: 'Read one role',
    scope: 'roles:read',
    cost: 1,
    params,
    output: Role,
    errors: ['role-unknown'],
  }),
  create: route({
    method: 'POST',
    path: '/v1/roles',
    summary: 'Make a role from scopes you have',
    scope: 'roles:write',
    cost: 3,
    body,
    output: Role,
    errors: ['scope-too-wide', 'role-name-taken', 'roles-full'],
  }),
  replace: route({
    method: 'PUT',
    path: '/v1/roles/{id}',
    summary: 'Change what a role is called and what it allows, for all who have it',
    scope: 'roles:write',
    cost: 3,
    params,
    body,
    output: Role,
    errors: ['role-unknown', 'role-built-in', 'scope-too-wide', 'role-name-taken'],
  }),
  remove: route({
    method: 'DELETE',
    path: '/v1/roles/{id}',
    summary: 'Remove a role that no grant and no service account names',
    scope: 'roles:write',
    cost: 3,
    status: 204,
    answers: 'empty',
    params,
    output: z.void(),
    errors: ['role-unknown', 'role-built-in', 'role-in-use', 'scope-too-wide'],
  }),
};
