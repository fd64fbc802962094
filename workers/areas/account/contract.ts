import { z } from 'zod';
import { route } from '../../kit/contract.ts';

export const errors = {
  'session-unknown': { status: 404, title: 'There is no such session' },
  'session-old': { status: 403, title: 'Sign in again to do this' },
  'organization-unknown': { status: 404, title: 'You belong to no such organisation' },
  'invitation-over': { status: 404, title: 'The invitation does not work' },
  'last-owner': { status: 409, title: 'An organisation keeps an owner' },
  'members-full': { status: 409, title: 'The organisation takes no more members' },
} as const;

const Moment = z.number().int().describe('Epoch milliseconds');
/** As workers/kit/language.ts: those the app speaks. */
const Language = z.enum(['en', 'de']);

const Account = z.strictObject({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  language: Language.nullable().describe('Of mails; null: as their first sign-in asked'),
  twoFactor: z.boolean().describe('Whether signing in with a password asks for a code'),
  createdAt: Moment,
  sso: z
    .strictObject({ organization: z.string(), provider: z.string(), expiresAt: Moment })
    .nullable()
    .describe('Where this session was begun, if at an identity provider: it cannot change the account'),
  organizations: z.array(z.strictObject({ id: z.string(), name: z.string(), role: z.string(), joinedAt: Moment })),
});

const Session = z.strictObject({
  id: z.string(),
  isCurrent: z.boolean(),
  createdAt: Moment,
  expiresAt: Moment,
  userAgent: z.string().nullable(),
  address: z.string().nullable(),
});

export const contract = {
  get: route({
    method: 'GET',
    path: '/v1/account',
    summary: 'Read who you are and where you belong',
    actor: 'person',
    scope: 'account:read',
    cost: 2,
    output: Account,
    errors: [],
  }),
  change: route({
    method: 'PATCH',
    path: '/v1/account',
    summary: 'Change your name, or the language you are written to in',
    actor: 'person',
    scope: 'account:write',
    cost: 2,
    body: z.strictObject({
      name: z.string().trim().min(1).max(100).optional(),
      language: Language.describe('Of mails').optional(),
    }),
    example: { name: 'Ada Lovelace' },
    output: Account,
    errors: [],
  }),
  remove: route({
    method: 'DELETE',
    path: '/v1/account',
    summary: 'Delete your account; organisations stay with their other owners',
    actor: 'person',
    scope: 'account:write',
    cost: 10,
    status: 204,
    answers: 'empty',
    output: z.void(),
    errors: ['session-old', 'last-owner'],
  }),
  sessions: route({
    method: 'GET',
    path: '/v1/account/sessions',
    summary: 'List where you are signed in, the newest first',
    actor: 'person',
    scope: 'account:read',
    cost: 1,
    output: z.strictObject({ sessions: z.array(Session) }),
    errors: [],
  }),
  revoke: route({
    method: 'DELETE',
    path: '/v1/account/sessions/{id}',
    summary: 'End one of your sessions',
    actor: 'person',
    scope: 'account:write',
    cost: 2,
    status: 204,
    answers: 'empty',
    params: z.strictObject({ id: z.string().max(100) }),
    output: z.void(),
    errors: ['session-unknown'],
  }),
  revokeOthers: route({
    method: 'DELETE',
    path: '/v1/account/sessions',
    summary: 'End all your sessions but this one',
    actor: 'person',
    scope: 'account:write',
    cost: 2,
    output: z.strictObject({ ended: z.number().int() }),
    errors: [],
  }),
  accept: route({
    method: 'POST',
    path: '/v1/account/invitations',
    summary: 'Accept an invitation by the text of its link',
    actor: 'person',
    scope: 'account:write',
    cost: 5,
    body: z.strictObject({ token: z.string().max(100) }),
    output: z.strictObject({ organization: z.string(), role: z.string() }),
    errors: ['invitation-over', 'members-full'],
  }),
  leave: route({
    method: 'DELETE',
    path: '/v1/account/organizations/{id}',
    summary: 'Leave an organisation',
    actor: 'person',
    scope: 'account:write',
    cost: 3,
    status: 204,
    answers: 'empty',
    params: z.strictObject({ id: z.string().max(100) }),
    output: z.void(),
    errors: ['organization-unknown', 'last-owner'],
  }),
};
