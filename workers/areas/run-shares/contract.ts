import { z } from 'zod';
import { route } from '../../kit/contract.ts';

export const errors = {
  'share-unknown': { status: 404, title: 'There is no such link' },
  'shares-full': { status: 409, title: 'This run has too many links' },
  'run-unknown': { status: 404, title: 'There is no such run' },
} as const;

const Moment = z.number().int().describe('Epoch milliseconds');
const Share = z.strictObject({
  id: z.string(),
  withData: z.boolean().describe('Whether it shows items and messages, secrets hidden'),
  createdAt: Moment,
  createdBy: z.string().describe('Kind and id of who made it'),
  expiresAt: Moment,
});
export type Share = z.output<typeof Share>;

const run = z.strictObject({ id: z.string().describe('Id of the run') });
const resource = { kind: 'run', param: 'id' } as const;

export const contract = {
  list: route({
    method: 'GET',
    path: '/v1/runs/{id}/shares',
    summary: 'List the links that show a run to people who are no members',
    scope: 'runs:read',
    cost: 1,
    params: run,
    resource,
    output: z.strictObject({ shares: z.array(Share) }),
    errors: ['run-unknown'],
  }),
  create: route({
    method: 'POST',
    path: '/v1/runs/{id}/shares',
    summary: 'Make a link that shows a run, read-only, for some time',
    scope: 'runs:write',
    cost: 2,
    params: run,
    body: z
      .strictObject({
        days: z.number().int().min(1).max(90).default(7).describe('How long it works'),
        withData: z.boolean().default(false).describe('Show items and messages too, secrets hidden'),
      })
      .optional(),
    example: { days: 7, withData: false },
    resource,
    output: Share.extend({ url: z.string().describe('Shown this once') }),
    errors: ['run-unknown', 'shares-full'],
  }),
  remove: route({
    method: 'DELETE',
    path: '/v1/runs/{id}/shares/{share}',
    summary: 'Revoke a link to a run, at once',
    scope: 'runs:write',
    cost: 2,
    status: 204,
    answers: 'empty',
    params: run.extend({ share: z.string().max(100) }),
    resource,
    output: z.void(),
    errors: ['run-unknown', 'share-unknown'],
  }),
};
