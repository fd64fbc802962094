import { z } from 'zod';
import { ExternalRef } from '../../../core/credentials/external.ts';
import { route } from '../../kit/contract.ts';

export const errors = {
  'credential-unknown': { status: 404, title: 'There is no such credential' },
  'credential-type-unknown': { status: 400, title: 'There is no such type of credential' },
  'credentials-full': { status: 409, title: 'There are too many credentials' },
  'secret-needed': { status: 409, title: 'The secrets must be entered again' },
  'store-unknown': { status: 400, title: 'There is no such store of secrets' },
  'test-unsupported': { status: 409, title: 'Nothing is known to try this credential at' },
  'sign-in-unsupported': { status: 409, title: 'This credential gets no tokens by signing in' },
  'sign-in-unready': { status: 409, title: 'This credential lacks what signing in needs' },
  'vault-closed': { status: 503, title: 'Stored secrets cannot be opened here' },
} as const;

const Value = z.union([z.string(), z.number(), z.boolean()]);
const Values = z
  .record(z.string(), z.union([Value, ExternalRef]))
  .describe('By field; a value in another store as {store, secret, field}');
const Name = z.string().trim().min(1).max(200);
const Domains = z
  .array(z.string().trim().min(1).max(260))
  .max(100)
  .describe('Where it may be sent: `example.com`, `*.example.com`, either with `:port`. Empty: anywhere.');

const Ids = z.array(z.string().min(1).max(100)).max(200);
const Sharing = z
  .strictObject({
    users: Ids.default([]).describe('Ids of people, service accounts or API keys'),
    roles: Ids.default([]).describe('Built-in roles, or ids of custom ones'),
    projects: Ids.default([]),
  })
  .describe('Who may use it besides owners and admins; all lists empty: everybody whose scopes reach credentials');

/** A credential without its secrets: those are named, never shown. */
const Credential = z.strictObject({
  id: z.string(),
  type: z.string(),
  name: z.string(),
  domains: z.array(z.string()),
  fields: z.record(z.string(), Value).describe('Values that are no secrets'),
  secrets: z.array(z.string()).describe('Names of the secrets that are set'),
  external: z.record(z.string(), ExternalRef).describe('Values that lie in another store'),
  state: z
    .enum(['ready', 'unfinished', 'reconnect'])
    .describe('unfinished: nobody signed in yet; reconnect: the service no longer takes what a sign-in brought'),
  sharing: Sharing,
  createdAt: z.number().int().describe('Epoch milliseconds'),
  updatedAt: z.number().int().describe('Epoch milliseconds'),
});
export type Credential = z.output<typeof Credential>;

const Field = z.strictObject({
  name: z.string(),
  label: z.string(),
  type: z.enum(['string', 'number', 'boolean', 'options', 'json', 'text']),
  secret: z.boolean(),
  required: z.boolean(),
  default: Value.optional(),
  options: z.array(z.string()).optional(),
  description: z.string().optional(),
});

const params = z.strictObject({ id: z.string() });

const Keys = z.strictObject({
  keys: z
    .array(
      z.strictObject({
        id: z.string(),
        createdAt: z.number().int().describe('Epoch milliseconds'),
        credentials: z.number().int().describe('How many are sealed with it'),
      }),
    )
    .describe('The newest first; it seals what is written'),
  left: z.number().int().describe('Credentials that an exchange has yet to seal anew'),
});

export const contract = {
  create: route({
    method: 'POST',
    path: '/v1/credentials',
    summary: 'Store a credential; its secrets are never shown again',
    scope: 'credentials:write',
    cost: 3,
    body: z.strictObject({
      type: z.string().min(1).max(100),
      name: Name,
      values: Values,
      domains: Domains.optional().describe('Left out: the domains of the type.'),
    }),
    example: { type: 'httpBearerAuth', name: '{text}', values: { token: '{text}' } },
    output: Credential,
    errors: ['store-unknown', 'credential-type-unknown', 'credentials-full', 'vault-closed'],
  }),
  list: route({
    method: 'GET',
    path: '/v1/credentials',
    summary: 'List credentials, without their secrets',
    scope: 'credentials:read',
    cost: 2,
    query: z.strictObject({ type: z.string().max(100).optional() }),
    resource: { kind: 'credential', list: true },
    output: z.strictObject({ credentials: z.array(Credential) }),
    errors: [],
  }),
  get: route({
    method: 'GET',
    path: '/v1/credentials/{id}',
    summary: 'One credential, without its secrets',
    scope: 'credentials:read',
    cost: 1,
    params,
    resource: { kind: 'credential', param: 'id' },
    output: Credential,
    errors: ['credential-unknown'],
  }),
  replace: route({
    method: 'PUT',
    path: '/v1/credentials/{id}',
    summary: 'Change a credential; secrets left out are kept when only the name changes',
    scope: 'credentials:write',
    cost: 3,
    params,
    body: z.strictObject({ name: Name, values: Values, domains: Domains.default([]) }),
    resource: { kind: 'credential', param: 'id' },
    output: Credential,
    errors: ['store-unknown', 'credential-unknown', 'secret-needed', 'vault-closed'],
  }),
  remove: route({
    method: 'DELETE',
    path: '/v1/credentials/{id}',
    summary: 'Remove a credential; nodes that name it fail from then on',
    scope: 'credentials:write',
    cost: 2,
    status: 204,
    answers: 'empty',
    params,
    resource: { kind: 'credential', param: 'id' },
    output: z.void(),
    errors: ['credential-unknown'],
  }),
  share: route({
    method: 'PUT',
    path: '/v1/credentials/{id}/sharing',
    summary: 'Say who may use a credential; others no longer see it',
    scope: 'credentials:write',
    cost: 2,
    params,
    resource: { kind: 'credential', param: 'id' },
    body: Sharing,
    output: Credential,
    errors: ['credential-unknown'],
  }),
  test: route({
    method: 'POST',
    path: '/v1/credentials/{id}/test',
    summary: 'Try a credential out: a harmless request to its service, or to an address you give',
    scope: 'credentials:write',
    cost: 5,
    status: 200,
    params,
    resource: { kind: 'credential', param: 'id' },
    body: z
      .strictObject({
        url: z.string().min(1).max(2_000).optional().describe('Asked with GET; needed where the type knows no address'),
      })
      .optional(),
    output: z.strictObject({
      ok: z.boolean(),
      message: z.string().describe('What the service said, without secrets'),
      status: z.number().int().optional().describe('Of an HTTP answer'),
    }),
    errors: ['credential-unknown', 'test-unsupported'],
  }),
  connect: route({
    method: 'POST',
    path: '/v1/credentials/{id}/connect',
    summary: 'Begin signing in to the service of a credential; answers where to send the person',
    scope: 'credentials:write',
    cost: 3,
    status: 200,
    params,
    resource: { kind: 'credential', param: 'id' },
    body: z
      .strictObject({
        browser: z
          .enum(['this', 'any'])
          .default('this')
          .describe('`any`: the person signs in with another browser than the one that asks, e.g. from a terminal'),
      })
      .optional(),
    output: z.strictObject({
      url: z.string().describe('Open it in a browser'),
      expiresAt: z.number().int().describe('Epoch milliseconds'),
    }),
    errors: ['credential-unknown', 'sign-in-unsupported', 'sign-in-unready'],
  }),
  types: route({
    method: 'GET',
    path: '/v1/credential-types',
    summary: 'List the types of credentials and their fields',
    scope: 'credentials:read',
    cost: 1,
    output: z.strictObject({
      types: z.array(
        z.strictObject({
          type: z.string(),
          title: z.string(),
          summary: z.string(),
          signsIn: z.boolean().describe('Its tokens come from signing in: POST /v1/credentials/{id}/connect'),
          domains: z.array(z.string()).describe('Where it may be sent unless told otherwise; empty: anywhere'),
          fields: z.array(Field),
        }),
      ),
    }),
    errors: [],
  }),
  keys: route({
    method: 'GET',
    path: '/v1/credential-keys',
    summary: 'The keys that seal credentials, and how far an exchange is',
    scope: 'credentials:read',
    cost: 2,
    output: Keys,
    errors: [],
  }),
  rotateKey: route({
    method: 'POST',
    path: '/v1/credential-keys/rotate',
    summary: 'Seal credentials with a new key; repeated, it goes on with an exchange that has not ended',
    scope: 'credentials:write',
    cost: 5,
    status: 202,
    output: Keys,
    errors: ['vault-closed'],
  }),
};
