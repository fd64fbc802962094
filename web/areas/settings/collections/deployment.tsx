import type { OutputOf } from '../../../../sdk/client/index.ts';
import { NameOf } from '../../../data/name-of.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Badge } from '../../../ui/surface.tsx';
import { Ago } from '../../../ui/time.tsx';
import type { Fields } from '../schema/schema.ts';
import type { SettingsTexts } from '../text/index.ts';
import { type Collection, nameColumn, type RowOf, rowsOf } from './collection.ts';

type Environment = RowOf<'GET /v1/environments', 'environments'>;
type Binding = RowOf<'GET /v1/environments/{name}/credentials', 'bindings'>;
type Variable = RowOf<'GET /v1/variables', 'variables'>;
type Connection = RowOf<'GET /v1/sso-connections', 'connections'>;
type Domain = RowOf<'GET /v1/sso-domains', 'domains'>;
type Sink = RowOf<'GET /v1/audit/sinks', 'sinks'>;

const bindings = ({ name }: Environment, texts: SettingsTexts): Collection<Binding> => ({
  id: 'bindings',
  title: texts.bindings.title,
  lead: texts.bindings.lead,
  list: 'GET /v1/environments/{name}/credentials',
  given: { name },
  rows: rowsOf('GET /v1/environments/{name}/credentials', 'bindings'),
  keyOf: ({ credential }) => credential,
  nameOf: ({ credential }) => credential,
  params: ({ credential }) => ({ id: credential }),
  columns: [
    {
      id: 'credential',
      title: texts.bindings.credential,
      isHead: true,
      cell: ({ credential }) => <NameOf kind="credential" id={credential} />,
    },
    {
      id: 'uses',
      title: texts.labels['uses'] ?? '',
      cell: ({ uses }) => (uses === null ? texts.none : <NameOf kind="credential" id={uses} />),
    },
  ],
  create: { key: 'PUT /v1/environments/{name}/credentials/{id}', text: texts.bindings.create },
  remove: { key: 'DELETE /v1/environments/{name}/credentials/{id}' },
});

export const environments = (texts: SettingsTexts): Collection<Environment> => ({
  id: 'environments',
  title: texts.environments.title,
  lead: texts.environments.lead,
  list: 'GET /v1/environments',
  rows: rowsOf('GET /v1/environments', 'environments'),
  keyOf: ({ name }) => name,
  nameOf: ({ name }) => name,
  params: ({ name }) => ({ name }),
  columns: [
    nameColumn(texts),
    { id: 'published', title: texts.environments.published, cell: ({ published }) => published },
    { id: 'hooks', title: texts.environments.hooks, className: 'font-mono text-xs', cell: ({ hooks }) => hooks },
  ],
  create: { key: 'POST /v1/environments', text: texts.environments.create },
  remove: { key: 'DELETE /v1/environments/{name}', isOffered: ({ standard }) => !standard, isTyped: true },
  inside: { text: texts.bindings.title, of: bindings },
});

export const variables = (texts: SettingsTexts): Collection<Variable> => ({
  id: 'variables',
  title: texts.variables.title,
  lead: texts.variables.lead,
  list: 'GET /v1/variables',
  rows: rowsOf('GET /v1/variables', 'variables'),
  keyOf: ({ environment, name }) => `${environment}/${name}`,
  nameOf: ({ name }) => name,
  params: ({ environment, name }) => ({ environment, name }),
  columns: [
    {
      id: 'name',
      title: texts.labels['name'] ?? '',
      isHead: true,
      className: 'font-mono text-xs',
      cell: ({ name }) => name,
    },
    { id: 'environment', title: texts.labels['environment'] ?? '', cell: ({ environment }) => environment },
    {
      id: 'value',
      title: texts.labels['value'] ?? '',
      className: 'font-mono text-xs break-all',
      cell: ({ value, set }) => value ?? (set ? texts.secret : <Badge tone="bad">{texts.notSet}</Badge>),
    },
    { id: 'description', title: texts.labels['description'] ?? '', cell: ({ description }) => description },
    { id: 'at', title: texts.changed, cell: ({ updatedAt }) => <Ago at={updatedAt} /> },
  ],
  create: {
    key: 'PUT /v1/variables/{environment}/{name}',
    text: texts.variables.create,
    start: { environment: 'production' },
  },
  change: {
    key: 'PUT /v1/variables/{environment}/{name}',
    valueOf: ({ value = '', secret, description }) => ({ value, secret, description }),
  },
  remove: { key: 'DELETE /v1/variables/{environment}/{name}' },
});

function Addresses({ addresses }: Pick<Connection, 'addresses'>) {
  return (
    <dl className="flex flex-col gap-2 font-mono text-xs">
      {Object.entries(addresses).map(([name, address]) => (
        <div key={name}>
          <dt className="text-soft">{name}</dt>
          <dd className="break-all">{address}</dd>
        </div>
      ))}
    </dl>
  );
}

export const connections = (texts: SettingsTexts): Collection<Connection> => ({
  id: 'connections',
  title: texts.connections.title,
  lead: texts.connections.lead,
  list: 'GET /v1/sso-connections',
  rows: rowsOf('GET /v1/sso-connections', 'connections'),
  keyOf: ({ id }) => id,
  nameOf: ({ name }) => name,
  params: ({ id }) => ({ id }),
  columns: [
    nameColumn(texts),
    { id: 'kind', title: texts.labels['kind'] ?? '', cell: ({ kind }) => texts.choices[kind] ?? kind },
    { id: 'state', title: texts.state, cell: ({ enabled }) => (enabled ? texts.on : texts.off) },
    { id: 'scim', title: 'SCIM', cell: ({ scim }) => (scim ? texts.on : texts.off) },
  ],
  create: { key: 'POST /v1/sso-connections', text: texts.connections.create },
  change: {
    key: 'PUT /v1/sso-connections/{id}',
    valueOf: ({ kind, name, enabled, settings, mappings, defaultRole, provision }) =>
      ({ kind, name, enabled, settings, mappings, defaultRole, provision }) as Fields,
  },
  remove: { key: 'DELETE /v1/sso-connections/{id}', isTyped: true },
  actions: [
    { text: texts.connections.addresses, run: async (_, { addresses }) => <Addresses addresses={addresses} /> },
    {
      text: texts.connections.test,
      run: async (client, { id }) => {
        const { works, detail } = await client.call('POST /v1/sso-connections/{id}/test', { params: { id } });
        return <Badge tone={works ? 'good' : 'bad'}>{detail}</Badge>;
      },
    },
    {
      text: texts.connections.makeToken,
      warning: texts.connections.tokenMeans,
      run: async (client, { id }) =>
        `secret:${(await client.call('POST /v1/sso-connections/{id}/scim', { params: { id } })).token}`,
    },
    {
      text: texts.connections.removeToken,
      warning: texts.connections.endMeans,
      isOffered: ({ scim }) => scim,
      run: async (client, { id }) => {
        await client.call('DELETE /v1/sso-connections/{id}/scim', { params: { id } });
        return texts.done;
      },
    },
  ],
});

const setEnforced = (enforced: boolean, texts: SettingsTexts) => ({
  text: enforced ? texts.domains.enforce : texts.domains.relax,
  warning: enforced ? texts.domains.enforceMeans : texts.domains.relaxMeans,
  isOffered: (row: Domain) => row.verifiedAt !== null && row.enforced !== enforced,
  run: async (client: Parameters<NonNullable<Collection<Domain>['actions']>[number]['run']>[0], { id }: Domain) => {
    await client.call('PATCH /v1/sso-domains/{id}', { params: { id }, body: { enforced } });
    return texts.done;
  },
});

export const domains = (texts: SettingsTexts): Collection<Domain> => ({
  id: 'domains',
  title: texts.domains.title,
  lead: texts.domains.lead,
  list: 'GET /v1/sso-domains',
  rows: rowsOf('GET /v1/sso-domains', 'domains'),
  keyOf: ({ id }) => id,
  nameOf: ({ domain }) => domain,
  params: ({ id }) => ({ id }),
  columns: [
    { id: 'domain', title: texts.labels['domain'] ?? '', isHead: true, cell: ({ domain }) => domain },
    {
      id: 'state',
      title: texts.state,
      cell: ({ verifiedAt }) => (
        <Badge tone={verifiedAt === null ? 'wait' : 'good'}>
          {verifiedAt === null ? texts.domains.unproven : texts.domains.proven}
        </Badge>
      ),
    },
    {
      id: 'proof',
      title: texts.domains.proof,
      className: 'font-mono text-xs break-all',
      cell: ({ dns, verifiedAt, method }) =>
        verifiedAt === null ? (
          <span className="flex items-center gap-1">
            {`TXT ${dns.name} ${dns.value}`}
            <CopyButton text={dns.value} label={texts.domains.copyProof} />
          </span>
        ) : (
          method
        ),
    },
    { id: 'enforced', title: texts.domains.enforced, cell: ({ enforced }) => (enforced ? texts.on : texts.off) },
  ],
  create: { key: 'POST /v1/sso-domains', text: texts.domains.create },
  remove: { key: 'DELETE /v1/sso-domains/{id}' },
  actions: [
    {
      text: texts.domains.verify,
      isOffered: ({ verifiedAt }) => verifiedAt === null,
      run: async (client, { id }) => {
        await client.call('POST /v1/sso-domains/{id}/verify', { params: { id } });
        return texts.done;
      },
    },
    setEnforced(true, texts),
    setEnforced(false, texts),
  ],
});

export const sinks = (texts: SettingsTexts): Collection<Sink> => ({
  id: 'sinks',
  title: texts.sinks.title,
  lead: texts.sinks.lead,
  list: 'GET /v1/audit/sinks',
  rows: rowsOf('GET /v1/audit/sinks', 'sinks'),
  keyOf: ({ id }) => id,
  nameOf: ({ url }) => url,
  params: ({ id }) => ({ id }),
  columns: [
    { id: 'url', title: 'URL', isHead: true, className: 'break-all', cell: ({ url }) => url },
    { id: 'cursor', title: texts.sinks.cursor, cell: ({ cursor }) => cursor },
    {
      id: 'state',
      title: texts.state,
      cell: ({ failures, error }) => (
        <Badge tone={failures > 0 ? 'bad' : 'good'}>{failures > 0 ? error : texts.on}</Badge>
      ),
    },
  ],
  create: { key: 'POST /v1/audit/sinks', text: texts.sinks.create },
  remove: { key: 'DELETE /v1/audit/sinks/{id}' },
  secretOf: (answer) => (answer as OutputOf<'POST /v1/audit/sinks'>).secret,
});

/** Where notices of limits go besides the app. */
export const usageSinks = (texts: SettingsTexts): Collection<Sink> => ({
  ...sinks(texts),
  id: 'usage-sinks',
  title: texts.usage.sinksTitle,
  lead: texts.usage.sinksLead,
  list: 'GET /v1/usage/sinks',
  rows: rowsOf('GET /v1/usage/sinks', 'sinks'),
  create: { key: 'POST /v1/usage/sinks', text: texts.usage.addSink },
  remove: { key: 'DELETE /v1/usage/sinks/{id}' },
});
