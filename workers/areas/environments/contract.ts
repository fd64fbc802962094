import { z } from 'zod';
import { isEnvironmentName, PRODUCTION } from '../../../core/environment/reference.ts';
import { route } from '../../kit/contract.ts';

export const errors = {
  'environment-unknown': { status: 404, title: 'There is no such environment' },
  'environment-exists': { status: 409, title: 'There is already an environment of this name' },
  'environment-in-use': { status: 409, title: 'The environment is in use' },
  'credential-unknown': { status: 404, title: 'There is no such credential' },
  'credential-of-other-type': { status: 409, title: 'The two credentials are of different types' },
  'environments-full': { status: 409, title: 'There are too many environments' },
} as const;

export const EnvironmentName = z
  .string()
  .refine(isEnvironmentName, 'Small letters, digits and hyphens, beginning with a letter, at most 32');

/** As other areas take it: production when it is left out. */
export const InEnvironment = EnvironmentName.default(PRODUCTION).describe(
  'development, staging, production or one of your own',
);

const Environment = z.strictObject({
  name: z.string(),
  standard: z.boolean().describe('One of the three that every organization has'),
  published: z.number().int().describe('Workflows that take triggers there'),
  hooks: z.string().describe('How addresses of its webhooks begin'),
});

const params = z.strictObject({ name: EnvironmentName });
const bound = z.strictObject({ name: EnvironmentName, id: z.string().max(100) });
const Binding = z.strictObject({
  credential: z.string().describe('As documents name it'),
  uses: z.string().nullable().describe('What runs there get instead; null: they get none'),
});

export const contract = {
  list: route({
    method: 'GET',
    path: '/v1/environments',
    summary: 'List environments, in the order workflows are promoted',
    scope: 'environments:read',
    cost: 2,
    output: z.strictObject({ environments: z.array(Environment) }),
    errors: [],
  }),
  create: route({
    method: 'POST',
    path: '/v1/environments',
    summary: 'Make another environment',
    scope: 'environments:write',
    cost: 3,
    body: z.strictObject({ name: EnvironmentName }),
    output: Environment,
    errors: ['environment-exists', 'environments-full'],
  }),
  bindings: route({
    method: 'GET',
    path: '/v1/environments/{name}/credentials',
    summary: 'List the credentials that an environment replaces or refuses',
    scope: 'environments:read',
    cost: 2,
    params,
    output: z.strictObject({ bindings: z.array(Binding) }),
    errors: ['environment-unknown'],
  }),
  bind: route({
    method: 'PUT',
    path: '/v1/environments/{name}/credentials/{id}',
    summary: 'Let another credential take the place of this one in an environment, or let none be used there',
    scope: 'environments:write',
    cost: 3,
    params: bound,
    body: z.strictObject({ uses: z.string().max(100).nullable() }),
    output: Binding,
    errors: ['environment-unknown', 'credential-unknown', 'credential-of-other-type'],
  }),
  unbind: route({
    method: 'DELETE',
    path: '/v1/environments/{name}/credentials/{id}',
    summary: 'Let the credential be used in the environment as it is named',
    scope: 'environments:write',
    cost: 3,
    status: 204,
    answers: 'empty',
    params: bound,
    output: z.void(),
    errors: ['environment-unknown', 'credential-unknown'],
  }),
  remove: route({
    method: 'DELETE',
    path: '/v1/environments/{name}',
    summary: 'Remove an environment in which nothing is published, with its variables',
    scope: 'environments:write',
    cost: 3,
    status: 204,
    answers: 'empty',
    params,
    output: z.void(),
    errors: ['environment-unknown', 'environment-in-use'],
  }),
};
