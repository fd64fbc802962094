import { z } from 'zod';
import { route } from '../../kit/contract.ts';
import { Scope } from '../roles/contract.ts';

export const errors = {
  'key-unknown': { status: 404, title: 'There is no such API key' },
  'scope-too-wide': { status: 403, title: 'A key cannot give more than it has' },
  'expiry-past': { status: 400, title: 'The key would be over already' },
  'keys-full': { status: 409, title: 'There are too many API keys' },
} as const;

const Moment = z.number().int().describe('Epoch milliseconds');

export const KeyHead = z.strictObject({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.string()),
  prefix: z.string().describe('How its text begins'),
  createdAt: Moment,
  expiresAt: Moment.nullable(),
  lastUsedAt: Moment.nullable().describe('To the minute'),
  member: z.string().optional().describe('Whose it is: it may do what they may now, and ends when they leave'),
});

export const NewKey = z.strictObject({
  name: z.string().trim().min(1).max(100),
  scopes: z
    .array(Scope)
    .min(1)
    .max(50)
    .default(['*'])
    .describe('Narrows the key; what its member or service account may do holds too'),
  expiresAt: Moment.optional(),
});

export const MadeKey = z.strictObject({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.string()),
  expiresAt: Moment.nullable(),
  key: z.string(),
});

export const contract = {
  create: route({
    method: 'POST',
    path: '/v1/keys',
    summary: 'Make an API key; its text is shown this once',
    scope: 'keys:write',
    cost: 3,
    body: NewKey,
    output: MadeKey,
    errors: ['scope-too-wide', 'keys-full', 'expiry-past'],
  }),
  list: route({
    method: 'GET',
    path: '/v1/keys',
    summary: 'List API keys, without their text',
    scope: 'keys:read',
    cost: 1,
    output: z.strictObject({ keys: z.array(KeyHead) }),
    errors: [],
  }),
  revoke: route({
    method: 'DELETE',
    path: '/v1/keys/{id}',
    summary: 'Revoke an API key; it stops working within 30 seconds',
    scope: 'keys:write',
    cost: 3,
    whileSuspended: 'allowed',
    status: 204,
    answers: 'empty',
    params: z.strictObject({ id: z.string() }),
    output: z.void(),
    errors: ['key-unknown'],
  }),
};
