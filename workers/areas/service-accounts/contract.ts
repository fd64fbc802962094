import { z } from 'zod';
import { route } from '../../kit/contract.ts';
import { KeyHead, MadeKey, NewKey } from '../keys/contract.ts';

export const errors = {
  'service-account-unknown': { status: 404, title: 'There is no such service account' },
  'service-account-name-taken': { status: 409, title: 'Another service account has this name' },
  'service-accounts-full': { status: 409, title: 'There are too many service accounts' },
  'role-unknown': { status: 400, title: 'There is no such role' },
  'scope-too-wide': { status: 403, title: 'Nobody gives or takes more than they have' },
  'expiry-past': { status: 400, title: 'The key would be over already' },
  'keys-full': { status: 409, title: 'There are too many API keys' },
  'key-unknown': { status: 404, title: 'The account has no such key' },
} as const;

const Moment = z.number().int().describe('Epoch milliseconds');
const Name = z.string().trim().min(1).max(100);
const Role = z.string().min(1).max(100).describe('A built-in role or the id of a custom one');
const params = z.strictObject({ id: z.string().max(100) });

const Account = z.strictObject({
  id: z.string(),
  name: z.string(),
  role: z.string(),
  disabledAt: Moment.nullable().describe('Its keys do not work since then'),
  createdAt: Moment,
});

export const contract = {
  list: route({
    method: 'GET',
    path: '/v1/service-accounts',
    summary: 'List service accounts',
    scope: 'service-accounts:read',
    cost: 1,
    output: z.strictObject({ accounts: z.array(Account) }),
    errors: [],
  }),
  get: route({
    method: 'GET',
    path: '/v1/service-accounts/{id}',
    summary: 'Read one service account',
    scope: 'service-accounts:read',
    cost: 1,
    params,
    output: Account,
    errors: ['service-account-unknown'],
  }),
  create: route({
    method: 'POST',
    path: '/v1/service-accounts',
    summary: 'Make an account for a program, with a role of its own',
    scope: 'service-accounts:write',
    cost: 3,
    body: z.strictObject({ name: Name, role: Role }),
    example: { name: '{text}', role: 'viewer' },
    output: Account,
    errors: ['role-unknown', 'scope-too-wide', 'service-account-name-taken', 'service-accounts-full'],
  }),
  change: route({
    method: 'PATCH',
    path: '/v1/service-accounts/{id}',
    summary: 'Rename a service account, give it another role, switch it off or on',
    scope: 'service-accounts:write',
    cost: 3,
    params,
    body: z.strictObject({ name: Name.optional(), role: Role.optional(), disabled: z.boolean().optional() }),
    output: Account,
    errors: ['service-account-unknown', 'role-unknown', 'scope-too-wide', 'service-account-name-taken'],
  }),
  remove: route({
    method: 'DELETE',
    path: '/v1/service-accounts/{id}',
    summary: 'Remove a service account with its keys and grants',
    scope: 'service-accounts:write',
    cost: 3,
    status: 204,
    answers: 'empty',
    params,
    output: z.void(),
    errors: ['service-account-unknown', 'scope-too-wide'],
  }),
  keys: route({
    method: 'GET',
    path: '/v1/service-accounts/{id}/keys',
    summary: 'List the keys of a service account, without their text',
    scope: 'service-accounts:read',
    cost: 1,
    params,
    output: z.strictObject({ keys: z.array(KeyHead) }),
    errors: ['service-account-unknown'],
  }),
  addKey: route({
    method: 'POST',
    path: '/v1/service-accounts/{id}/keys',
    summary: 'Make a key for a service account; its text is shown this once',
    scope: 'service-accounts:write',
    cost: 3,
    params,
    body: NewKey,
    output: MadeKey,
    errors: ['service-account-unknown', 'scope-too-wide', 'keys-full', 'expiry-past'],
  }),
  revokeKey: route({
    method: 'DELETE',
    path: '/v1/service-accounts/{id}/keys/{key}',
    summary: 'Revoke a key of a service account; it stops working within 30 seconds',
    scope: 'service-accounts:write',
    cost: 3,
    whileSuspended: 'allowed',
    status: 204,
    answers: 'empty',
    params: z.strictObject({ id: z.string().max(100), key: z.string().max(100) }),
    output: z.void(),
    errors: ['service-account-unknown', 'key-unknown'],
  }),
};
