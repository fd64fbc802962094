import { z } from 'zod';
import { route } from '../../kit/contract.ts';

/** Every code this area may answer with, beyond the common ones. */
export const errors = {
  'note-unknown': { status: 404, title: 'There is no such note' },
  'notes-full': { status: 409, title: 'The list of notes is full' },
} as const;

export const Note = z.strictObject({
  id: z.string(),
  text: z.string(),
  createdAt: z.number().int().describe('Epoch milliseconds'),
});
export type Note = z.output<typeof Note>;

export const contract = {
  create: route({
    method: 'POST',
    path: '/v1/hello',
    summary: 'Leave a greeting',
    scope: 'hello:write',
    cost: 2,
    body: z.strictObject({ text: z.string().trim().min(1).max(280) }),
    output: Note,
    errors: ['notes-full'],
  }),
  list: route({
    method: 'GET',
    path: '/v1/hello',
    summary: 'List greetings, newest first',
    scope: 'hello:read',
    cost: 1,
    query: z.strictObject({ limit: z.coerce.number().int().min(1).max(100).optional() }),
    output: z.strictObject({ notes: z.array(Note) }),
    errors: [],
  }),
  remove: route({
    method: 'DELETE',
    path: '/v1/hello/{id}',
    summary: 'Remove a greeting',
    scope: 'hello:write',
    cost: 2,
    status: 204,
    answers: 'empty',
    params: z.strictObject({ id: z.string() }),
    output: z.void(),
    errors: ['note-unknown'],
  }),
};
