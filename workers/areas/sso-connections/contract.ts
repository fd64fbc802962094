import { z } from 'zod';
import { route } from '../../kit/contract.ts';
import { LdapSettings } from '../../../core/sso/ldap.ts';
import { OidcSettings } from '../../../core/sso/oidc.ts';
import { SamlGiven, SamlSettings } from '../../../core/sso/saml.ts';

export const errors = {
  'connection-unknown': { status: 404, title: 'There is no such connection' },
  'connection-invalid': { status: 400, title: 'The identity provider cannot be set up like this' },
  'connection-kind-fixed': { status: 400, title: 'The kind of a connection cannot be changed' },
  'connections-full': { status: 409, title: 'There are too many connections' },
  'mapping-role-invalid': { status: 400, title: 'A group cannot be given this role' },
  'connection-secret-needed': { status: 409, title: 'The secret must be entered again' },
  'secrets-closed': { status: 503, title: 'Stored secrets cannot be opened here' },
} as const;

const Moment = z.number().int().describe('Epoch milliseconds');
const Role = z.string().min(1).max(100).describe('A built-in role but owner, or the id of a custom one');

const Mapping = z.strictObject({ group: z.string().trim().min(1).max(1_000), role: Role });

const common = {
  name: z.string().trim().min(1).max(200),
  enabled: z.boolean().default(true),
  mappings: z.array(Mapping).max(200).default([]).describe('The first group somebody is in decides'),
  defaultRole: Role.nullable().default('viewer').describe('For people in none of the groups; null: they are refused'),
  provision: z.boolean().default(true).describe('Make people members when they first sign in'),
};
const secret = z.string().min(1).max(4_000).optional().describe('Left out in a change: kept, unless its place changes');

const Given = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('oidc'), settings: OidcSettings, secret, ...common }),
  z.strictObject({ kind: z.literal('ldap'), settings: LdapSettings, secret, ...common }),
  z.strictObject({ kind: z.literal('saml'), settings: SamlGiven, ...common }),
]);
export type Given = z.output<typeof Given>;

const EXAMPLE = {
  kind: 'oidc',
  name: 'Corporate',
  settings: { issuer: 'https://idp.example.com', clientId: 'millrace' },
  secret: '{text}',
};

const Connection = z.strictObject({
  id: z.string(),
  kind: z.enum(['oidc', 'saml', 'ldap']),
  name: z.string(),
  enabled: z.boolean(),
  settings: z.union([OidcSettings, SamlSettings, LdapSettings]),
  hasSecret: z.boolean(),
  mappings: z.array(Mapping),
  defaultRole: z.string().nullable(),
  provision: z.boolean(),
  scim: z.boolean().describe('Whether there is a SCIM token'),
  addresses: z
    .strictObject({
      signIn: z.string().describe('Where browsers begin (OpenID, SAML) or a name and password are posted (LDAP)'),
      callback: z.string().optional().describe('The redirect URI or the assertion consumer service'),
      metadata: z.string().optional().describe('Our SAML metadata; also our entity id'),
      scim: z.string().describe('The base address for SCIM'),
    })
    .describe('What the identity provider must be told'),
  createdAt: Moment,
  updatedAt: Moment,
});
export type Connection = z.output<typeof Connection>;

const params = z.strictObject({ id: z.string().max(100) });

export const contract = {
  list: route({
    method: 'GET',
    path: '/v1/sso-connections',
    summary: 'List the identity providers of the organisation',
    scope: 'sso:read',
    cost: 1,
    output: z.strictObject({ connections: z.array(Connection) }),
    errors: [],
  }),
  create: route({
    method: 'POST',
    path: '/v1/sso-connections',
    summary: 'Connect an identity provider; its secret is never shown again',
    scope: 'sso:own',
    cost: 5,
    body: Given,
    example: EXAMPLE,
    output: Connection,
    errors: ['connection-invalid', 'connections-full', 'mapping-role-invalid', 'secrets-closed'],
  }),
  get: route({
    method: 'GET',
    path: '/v1/sso-connections/{id}',
    summary: 'One identity provider, without its secret',
    scope: 'sso:read',
    cost: 1,
    params,
    output: Connection,
    errors: ['connection-unknown'],
  }),
  replace: route({
    method: 'PUT',
    path: '/v1/sso-connections/{id}',
    summary: 'Change a connection; the secret is kept when it stays in its place',
    scope: 'sso:own',
    cost: 5,
    params,
    body: Given,
    example: EXAMPLE,
    output: Connection,
    errors: [
      'connection-unknown',
      'connection-invalid',
      'connection-kind-fixed',
      'connection-secret-needed',
      'mapping-role-invalid',
      'secrets-closed',
    ],
  }),
  remove: route({
    method: 'DELETE',
    path: '/v1/sso-connections/{id}',
    summary: 'Remove a connection; who it made stays a member, SCIM ends',
    scope: 'sso:own',
    cost: 3,
    status: 204,
    answers: 'empty',
    params,
    output: z.void(),
    errors: ['connection-unknown'],
  }),
  test: route({
    method: 'POST',
    path: '/v1/sso-connections/{id}/test',
    summary: 'Ask the identity provider whether the settings work',
    scope: 'sso:own',
    cost: 10,
    status: 200,
    params,
    output: z.strictObject({ works: z.boolean(), detail: z.string() }),
    errors: ['connection-unknown'],
  }),
  makeToken: route({
    method: 'POST',
    path: '/v1/sso-connections/{id}/scim',
    summary: 'Make the SCIM token, which is shown this once; the one before stops working',
    scope: 'sso:own',
    cost: 5,
    params,
    output: z.strictObject({ token: z.string(), url: z.string() }),
    errors: ['connection-unknown'],
  }),
  removeToken: route({
    method: 'DELETE',
    path: '/v1/sso-connections/{id}/scim',
    summary: 'End SCIM; people and groups stay as they are',
    scope: 'sso:own',
    cost: 3,
    whileSuspended: 'allowed',
    status: 204,
    answers: 'empty',
    params,
    output: z.void(),
    errors: ['connection-unknown'],
  }),
};
