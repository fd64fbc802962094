import { z } from 'zod';
import { route } from '../../kit/contract.ts';
import { EnvironmentName } from '../environments/contract.ts';

export const errors = {
  'variable-unknown': { status: 404, title: 'There is no such variable' },
  'environment-unknown': { status: 404, title: 'There is no such environment' },
  'variables-full': { status: 409, title: 'There are too many variables' },
  'vault-closed': { status: 503, title: 'Stored secrets cannot be opened here' },
} as const;

/** As `$vars.NAME` reads it. */
export const VariableName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/, 'Letters, digits and _, not beginning with a digit, at most 64');

export const Variable = z.strictObject({
  environment: z.string(),
  name: z.string(),
  value: z.string().optional().describe('Absent: it is secret'),
  secret: z.boolean(),
  set: z.boolean().describe('False: a secret that must be entered again'),
  description: z.string(),
  updatedAt: z.number().int().describe('Epoch milliseconds'),
});
export type Variable = z.output<typeof Variable>;

const params = z.strictObject({ environment: EnvironmentName, name: VariableName });

export const contract = {
  list: route({
    method: 'GET',
    path: '/v1/variables',
    summary: 'List variables, without the values of secret ones',
    scope: 'variables:read',
    cost: 2,
    query: z.strictObject({ environment: EnvironmentName.optional() }),
    output: z.strictObject({ variables: z.array(Variable) }),
    errors: [],
  }),
  set: route({
    method: 'PUT',
    path: '/v1/variables/{environment}/{name}',
    summary: 'Set a variable; steps that begin after the answer see it as $vars.NAME',
    scope: 'variables:write',
    cost: 3,
    params,
    body: z.strictObject({
      value: z.string().max(10_000),
      secret: z.boolean().default(false).describe('Its value is never shown again'),
      description: z.string().max(1_000).default(''),
    }),
    output: Variable,
    errors: ['environment-unknown', 'variables-full', 'vault-closed'],
  }),
  remove: route({
    method: 'DELETE',
    path: '/v1/variables/{environment}/{name}',
    summary: 'Remove a variable',
    scope: 'variables:write',
    cost: 3,
    status: 204,
    answers: 'empty',
    params,
    output: z.void(),
    errors: ['variable-unknown'],
  }),
};
