import type { OutputOf } from '../../../../sdk/client/index.ts';
import { NameOf } from '../../../data/name-of.tsx';
import { Ago } from '../../../ui/time.tsx';
import type { SettingsTexts } from '../text/index.ts';
import { type Collection, nameColumn, type RowOf, rowsOf } from './collection.ts';
import { By, RoleName } from './shown-names.tsx';
import { Scopes } from './scopes.tsx';

type Member = RowOf<'GET /v1/members', 'members'>;
type Invitation = RowOf<'GET /v1/invitations', 'invitations'>;
type Role = RowOf<'GET /v1/roles', 'roles'>;
type Grant = RowOf<'GET /v1/grants', 'grants'>;

export const members = (texts: SettingsTexts): Collection<Member> => ({
  id: 'members',
  title: texts.members.title,
  lead: texts.members.lead,
  list: 'GET /v1/members',
  rows: rowsOf('GET /v1/members', 'members'),
  keyOf: ({ id }) => id,
  nameOf: ({ name }) => name,
  params: ({ id }) => ({ id }),
  columns: [
    nameColumn(texts),
    { id: 'email', title: texts.labels['email'] ?? '', cell: ({ email }) => email },
    { id: 'role', title: texts.labels['role'] ?? '', cell: ({ role }) => <RoleName role={role} /> },
    { id: 'at', title: texts.since, cell: ({ joinedAt }) => <Ago at={joinedAt} /> },
  ],
  change: { key: 'PATCH /v1/members/{id}', valueOf: ({ role }) => ({ role }) },
  remove: { key: 'DELETE /v1/members/{id}', text: texts.members.remove },
});

export const invitations = (texts: SettingsTexts): Collection<Invitation> => ({
  id: 'invitations',
  title: texts.invitations.title,
  lead: texts.invitations.lead,
  list: 'GET /v1/invitations',
  rows: rowsOf('GET /v1/invitations', 'invitations'),
  keyOf: ({ id }) => id,
  nameOf: ({ email }) => email,
  params: ({ id }) => ({ id }),
  columns: [
    { id: 'email', title: texts.labels['email'] ?? '', isHead: true, cell: ({ email }) => email },
    { id: 'role', title: texts.labels['role'] ?? '', cell: ({ role }) => <RoleName role={role} /> },
    { id: 'by', title: texts.by, cell: ({ invitedBy }) => <By by={invitedBy} /> },
    { id: 'at', title: texts.since, cell: ({ createdAt }) => <Ago at={createdAt} /> },
  ],
  create: { key: 'POST /v1/invitations', text: texts.invitations.create, start: { role: 'editor' } },
  remove: { key: 'DELETE /v1/invitations/{id}', text: texts.invitations.withdraw },
});

export const roles = (texts: SettingsTexts): Collection<Role> => ({
  id: 'roles',
  title: texts.roles.title,
  lead: texts.roles.lead,
  list: 'GET /v1/roles',
  rows: rowsOf('GET /v1/roles', 'roles'),
  keyOf: ({ id }) => id,
  nameOf: ({ name }) => name,
  params: ({ id }) => ({ id }),
  columns: [
    { id: 'name', title: texts.labels['name'] ?? '', isHead: true, cell: ({ id }) => <RoleName role={id} /> },
    {
      id: 'scopes',
      title: texts.labels['scopes'] ?? '',
      cell: ({ scopes }) => <Scopes scopes={scopes} />,
    },
    {
      id: 'kind',
      title: texts.labels['kind'] ?? '',
      className: 'whitespace-nowrap',
      cell: ({ builtIn }) => (builtIn ? texts.builtIn : texts.ownMade),
    },
  ],
  create: { key: 'POST /v1/roles', text: texts.roles.create },
  change: {
    key: 'PUT /v1/roles/{id}',
    valueOf: ({ name, scopes }) => ({ name, scopes }),
    isOffered: ({ builtIn }) => !builtIn,
  },
  remove: { key: 'DELETE /v1/roles/{id}', isOffered: ({ builtIn }) => !builtIn },
});

const placeText = ({ on }: Grant): string => ('id' in on ? `${on.kind} ${on.id}` : on.kind);

export const grants = (texts: SettingsTexts): Collection<Grant> => ({
  id: 'grants',
  title: texts.grants.title,
  lead: texts.grants.lead,
  list: 'GET /v1/grants',
  rows: rowsOf('GET /v1/grants', 'grants'),
  keyOf: ({ id }) => id,
  nameOf: (grant) => `${grant.role}, ${placeText(grant)}`,
  params: ({ id }) => ({ id }),
  columns: [
    {
      id: 'to',
      title: texts.labels['to'] ?? '',
      isHead: true,
      cell: ({ to }) => <NameOf kind={to.kind} id={to.id} before={texts.choices[to.kind] ?? ''} />,
    },
    { id: 'role', title: texts.labels['role'] ?? '', cell: ({ role }) => <RoleName role={role} /> },
    {
      id: 'on',
      title: texts.labels['on'] ?? '',
      cell: ({ on }) =>
        'id' in on ? (
          <NameOf kind={on.kind} id={on.id} before={texts.choices[on.kind] ?? ''} />
        ) : (
          texts.choices[on.kind]
        ),
    },
    {
      id: 'until',
      title: texts.labels['endsAt'] ?? '',
      cell: ({ endsAt }) => (endsAt === null ? '–' : <Ago at={endsAt} />),
    },
  ],
  create: { key: 'POST /v1/grants', text: texts.grants.create },
  remove: { key: 'DELETE /v1/grants/{id}' },
});

type ServiceAccount = RowOf<'GET /v1/service-accounts', 'accounts'>;
type ServiceKey = RowOf<'GET /v1/service-accounts/{id}/keys', 'keys'>;
type Key = RowOf<'GET /v1/keys', 'keys'>;

const keyText = (answer: unknown): string | undefined => (answer as OutputOf<'POST /v1/keys'>).key;

const keyColumns = (texts: SettingsTexts): Collection<Key>['columns'] => [
  nameColumn(texts),
  {
    id: 'prefix',
    title: texts.prefix,
    className: 'font-mono text-xs',
    cell: ({ prefix }) => (prefix === '' ? '–' : `${prefix}…`),
  },
  {
    id: 'scopes',
    title: texts.labels['scopes'] ?? '',
    cell: ({ scopes }) => (scopes.includes('*') ? texts.everything : <Scopes scopes={scopes} />),
  },
  {
    id: 'used',
    title: texts.lastUsed,
    cell: ({ lastUsedAt }) => (lastUsedAt === null ? texts.never : <Ago at={lastUsedAt} />),
  },
  {
    id: 'until',
    title: texts.labels['expiresAt'] ?? '',
    cell: ({ expiresAt }) => (expiresAt === null ? '–' : <Ago at={expiresAt} />),
  },
];

export const keys = (texts: SettingsTexts): Collection<Key> => ({
  id: 'keys',
  title: texts.keys.title,
  lead: texts.keys.lead,
  list: 'GET /v1/keys',
  rows: rowsOf('GET /v1/keys', 'keys'),
  keyOf: ({ id }) => id,
  nameOf: ({ name }) => name,
  params: ({ id }) => ({ id }),
  columns: keyColumns(texts),
  create: { key: 'POST /v1/keys', text: texts.keys.create },
  remove: { key: 'DELETE /v1/keys/{id}', text: texts.keys.revoke },
  secretOf: keyText,
});

const serviceKeys = ({ id }: ServiceAccount, texts: SettingsTexts): Collection<ServiceKey> => ({
  id: 'service-keys',
  title: texts.keys.title,
  list: 'GET /v1/service-accounts/{id}/keys',
  given: { id },
  rows: rowsOf('GET /v1/service-accounts/{id}/keys', 'keys'),
  keyOf: (key) => key.id,
  nameOf: ({ name }) => name,
  params: (key) => ({ key: key.id }),
  columns: keyColumns(texts),
  create: { key: 'POST /v1/service-accounts/{id}/keys', text: texts.keys.create },
  remove: { key: 'DELETE /v1/service-accounts/{id}/keys/{key}', text: texts.keys.revoke },
  secretOf: keyText,
});

export const serviceAccounts = (texts: SettingsTexts): Collection<ServiceAccount> => ({
  id: 'service-accounts',
  title: texts.serviceAccounts.title,
  lead: texts.serviceAccounts.lead,
  list: 'GET /v1/service-accounts',
  rows: rowsOf('GET /v1/service-accounts', 'accounts'),
  keyOf: ({ id }) => id,
  nameOf: ({ name }) => name,
  params: ({ id }) => ({ id }),
  columns: [
    nameColumn(texts),
    { id: 'role', title: texts.labels['role'] ?? '', cell: ({ role }) => <RoleName role={role} /> },
    { id: 'state', title: texts.state, cell: ({ disabledAt }) => (disabledAt === null ? texts.on : texts.off) },
    { id: 'at', title: texts.since, cell: ({ createdAt }) => <Ago at={createdAt} /> },
  ],
  create: { key: 'POST /v1/service-accounts', text: texts.serviceAccounts.create, start: { role: 'viewer' } },
  change: {
    key: 'PATCH /v1/service-accounts/{id}',
    valueOf: ({ name, role, disabledAt }) => ({ name, role, disabled: disabledAt !== null }),
  },
  remove: { key: 'DELETE /v1/service-accounts/{id}' },
  inside: { text: texts.keys.title, of: serviceKeys },
});
