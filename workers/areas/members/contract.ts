import { z } from 'zod';
import { route } from '../../kit/contract.ts';

export const errors = {
  'member-unknown': { status: 404, title: 'There is no such member' },
  'invitation-unknown': { status: 404, title: 'There is no such invitation' },
  'role-unknown': { status: 400, title: 'There is no such role' },
  'scope-too-wide': { status: 403, title: 'Nobody gives or takes more than they have' },
  'last-owner': { status: 409, title: 'An organisation keeps an owner' },
  'member-already': { status: 409, title: 'That person is a member already' },
  'members-full': { status: 409, title: 'The organisation takes no more members' },
  'invitations-full': { status: 409, title: 'There are too many invitations' },
  'cursor-invalid': { status: 400, title: 'The cursor is not one of ours' },
} as const;

const Moment = z.number().int().describe('Epoch milliseconds');
const Role = z.string().min(1).max(100).describe('owner, admin, editor, operator, viewer, guest, or the id of a role');
const Email = z.string().trim().toLowerCase().max(254).pipe(z.email());

const Member = z.strictObject({
  id: z.string().describe('Of the person, the same in every organisation'),
  name: z.string(),
  email: z.string(),
  role: z.string(),
  joinedAt: Moment,
});

const Invitation = z.strictObject({
  id: z.string(),
  email: z.string(),
  role: z.string(),
  invitedBy: z.string().describe('Kind and id of who invited'),
  createdAt: Moment,
  expiresAt: Moment,
});

const byId = z.strictObject({ id: z.string().max(100) });

export const contract = {
  list: route({
    method: 'GET',
    path: '/v1/members',
    summary: 'List members, the longest first',
    scope: 'members:read',
    cost: 2,
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(200).default(50),
      cursor: z.string().max(500).optional(),
    }),
    output: z.strictObject({ members: z.array(Member), nextCursor: z.string().nullable() }),
    errors: ['cursor-invalid'],
  }),
  get: route({
    method: 'GET',
    path: '/v1/members/{id}',
    summary: 'Read one member',
    scope: 'members:read',
    cost: 1,
    params: byId,
    output: Member,
    errors: ['member-unknown'],
  }),
  change: route({
    method: 'PATCH',
    path: '/v1/members/{id}',
    summary: "Change a member's role; it holds at once",
    scope: 'members:write',
    cost: 3,
    params: byId,
    body: z.strictObject({ role: Role }),
    output: Member,
    errors: ['member-unknown', 'role-unknown', 'scope-too-wide', 'last-owner'],
  }),
  remove: route({
    method: 'DELETE',
    path: '/v1/members/{id}',
    summary: 'Remove a member; their sessions open nothing here any more',
    scope: 'members:write',
    cost: 3,
    status: 204,
    answers: 'empty',
    params: byId,
    output: z.void(),
    errors: ['member-unknown', 'scope-too-wide', 'last-owner'],
  }),
  invitations: route({
    method: 'GET',
    path: '/v1/invitations',
    summary: 'List invitations that wait, the newest first',
    scope: 'members:read',
    cost: 2,
    output: z.strictObject({ invitations: z.array(Invitation) }),
    errors: [],
  }),
  invite: route({
    method: 'POST',
    path: '/v1/invitations',
    summary: 'Invite somebody by mail; an earlier invitation to the address stops working',
    scope: 'members:write',
    cost: 5,
    body: z.strictObject({
      email: Email,
      role: Role,
      expiresInHours: z.number().int().min(1).max(720).default(168),
    }),
    example: { email: 'somebody@example.com', role: 'viewer' },
    output: Invitation,
    errors: ['role-unknown', 'scope-too-wide', 'member-already', 'members-full', 'invitations-full'],
  }),
  withdraw: route({
    method: 'DELETE',
    path: '/v1/invitations/{id}',
    summary: 'Withdraw an invitation; its link stops working',
    scope: 'members:write',
    cost: 2,
    status: 204,
    answers: 'empty',
    params: byId,
    output: z.void(),
    errors: ['invitation-unknown'],
  }),
};
