import { z } from 'zod';
import { route } from '../../kit/contract.ts';

export const errors = {
  'grant-unknown': { status: 404, title: 'There is no such grant' },
  'principal-unknown': { status: 400, title: 'There is nobody by this id' },
  'place-unknown': { status: 400, title: 'There is no such place in this organisation' },
  'role-unknown': { status: 400, title: 'There is no such role' },
  'grant-over': { status: 400, title: 'The grant would be over already' },
  'grants-full': { status: 409, title: 'This principal has too many grants' },
  'scope-too-wide': { status: 403, title: 'Nobody gives or takes more than they have' },
  'cursor-invalid': { status: 400, title: 'The cursor is not one of ours' },
} as const;

const Moment = z.number().int().min(0).describe('Epoch milliseconds');
const Id = z.string().min(1).max(100);
const Principal = z.strictObject({ kind: z.enum(['member', 'service']), id: Id });
const Place = z.union([
  z.strictObject({ kind: z.literal('organization') }),
  z.strictObject({ kind: z.enum(['project', 'workflow', 'credential', 'table']), id: Id }),
]);

const Grant = z.strictObject({
  id: z.string(),
  to: Principal,
  role: z.string(),
  on: Place,
  startsAt: Moment.nullable(),
  endsAt: Moment.nullable(),
  createdAt: Moment,
  createdBy: z.string().describe('Kind and id of who gave it'),
});
export type Grant = z.output<typeof Grant>;

const params = z.strictObject({ id: z.string().max(100) });

export const contract = {
  me: route({
    method: 'GET',
    path: '/v1/access',
    summary: 'Read who you are here and what you may do',
    scope: 'tenant:read',
    cost: 1,
    output: z.strictObject({
      kind: z.enum(['key', 'member', 'service']),
      id: z.string(),
      organization: z.string(),
      role: z.string().nullable(),
      scopes: z.array(z.string()).describe('In the whole organisation'),
      grants: z.array(
        z.strictObject({
          on: Place,
          scopes: z.array(z.string()),
          startsAt: Moment.nullable(),
          endsAt: Moment.nullable(),
        }),
      ),
    }),
    errors: [],
  }),
  list: route({
    method: 'GET',
    path: '/v1/grants',
    summary: 'List who has which role where, besides their role in the organisation',
    scope: 'grants:read',
    cost: 2,
    query: z.strictObject({
      member: Id.describe('Only grants to this user').optional(),
      service: Id.describe('Only grants to this service account').optional(),
      role: Id.optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
      cursor: z.string().max(400).optional(),
    }),
    output: z.strictObject({ grants: z.array(Grant), cursor: z.string().optional() }),
    errors: ['cursor-invalid'],
  }),
  create: route({
    method: 'POST',
    path: '/v1/grants',
    summary: 'Give somebody a role in one place, for good or for some time',
    scope: 'grants:write',
    cost: 3,
    body: z.strictObject({
      to: Principal,
      role: Id.describe('A built-in role or the id of a custom one'),
      on: Place,
      startsAt: Moment.optional(),
      endsAt: Moment.optional(),
    }),
    example: { to: { kind: 'service', id: '{service-accounts}' }, role: 'viewer', on: { kind: 'organization' } },
    output: Grant,
    errors: ['principal-unknown', 'place-unknown', 'role-unknown', 'grant-over', 'grants-full', 'scope-too-wide'],
  }),
  remove: route({
    method: 'DELETE',
    path: '/v1/grants/{id}',
    summary: 'Take a grant back; it stops working within 30 seconds',
    scope: 'grants:write',
    cost: 3,
    status: 204,
    answers: 'empty',
    params,
    output: z.void(),
    errors: ['grant-unknown', 'scope-too-wide'],
  }),
};
