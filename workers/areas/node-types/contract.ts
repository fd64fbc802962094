import { z } from 'zod';
import { route } from '../../kit/contract.ts';

export const errors = {} as const;

const MAX_ASKED = 2_000;

export const NodeTypeView = z.looseObject({
  type: z.string(),
  title: z.string(),
  summary: z.string(),
  group: z.enum(['trigger', 'flow', 'data', 'action', 'code']),
  icon: z.string().describe('Name of a Lucide icon'),
  version: z.number().describe('Newest: what a new node gets'),
  fields: z.array(z.looseObject({ name: z.string(), label: z.string(), type: z.string() })),
  trigger: z.string().optional().describe('How it is started from outside; triggers only'),
  inputs: z.union([z.literal(0), z.literal(1), z.literal('many')]),
  outputs: z.number().int().describe('With its defaults; ask `ports` for a node with parameters'),
  n8n: z.array(z.string()).describe('Types of n8n that it stands for'),
});
export type NodeTypeView = z.output<typeof NodeTypeView>;

export const contract = {
  list: route({
    method: 'GET',
    path: '/v1/node-types',
    summary: 'What workflows can be made of: every type of node, with its fields',
    scope: 'workflows:read',
    cost: 2,
    output: z.strictObject({ types: z.array(NodeTypeView) }),
    errors: [],
  }),
  ports: route({
    method: 'POST',
    path: '/v1/node-types/ports',
    summary:
      'How many outputs nodes have with their parameters, why they cannot run as they are, and at which parameter',
    scope: 'workflows:read',
    cost: 3,
    status: 200,
    body: z.strictObject({
      nodes: z
        .array(
          z.looseObject({
            id: z.string().max(1_000),
            type: z.string().max(1_000),
            version: z.number(),
            parameters: z.record(z.string(), z.unknown()),
          }),
        )
        .max(MAX_ASKED),
    }),
    output: z.strictObject({
      ports: z.array(
        z.strictObject({
          id: z.string(),
          outputs: z.number().int(),
          fault: z.strictObject({ code: z.string(), message: z.string(), hint: z.string().optional() }).optional(),
          credential: z.string().optional().describe('Type of the credential it wants with these parameters'),
          problems: z
            .array(
              z.strictObject({
                pointer: z.string().describe('JSON pointer in the parameters'),
                code: z.enum(['missing', 'expression']),
                message: z.string(),
                hint: z.string().optional(),
              }),
            )
            .describe('What is missing in the parameters, or cannot be read'),
        }),
      ),
    }),
    errors: [],
  }),
};
