import { excess } from '../../../core/access/scope.ts';
import { problemsOf } from '../../kit/problem.ts';
import { refuseFaults } from '../../kit/validate.ts';
import type { ConnectionRow, ConnectionStore } from '../../sso/connection-store.ts';
import { isSafeUrl } from '../../sso/oidc/http.ts';
import type { SamlGiven, SamlSettings } from '../../../core/sso/saml.ts';
import { errors } from './contract.ts';
import type { Connection, Given } from './contract.ts';

const MAX_CONNECTIONS = 20;

const problem = problemsOf(errors);

interface ConnectionPorts {
  store: ConnectionStore;
  /** What the asking actor may do: nobody maps a group to more. */
  held: readonly string[];
  /** Empty for a role there is not. */
  scopesOf(role: string): Promise<readonly string[]>;
  seal(id: string, secret: string): Promise<{ secret: string; secretKey: string }>;
  /** @throws Problem when the identity provider is not described well. */
  saml(given: SamlGiven): Promise<SamlSettings>;
  /** @throws LdapError. */
  checkFilters(settings: object): void;
  addresses(row: { id: string; kind: string }): Connection['addresses'];
  now(): number;
  newId(prefix: string): string;
}

export function connectionService(ports: ConnectionPorts) {
  const { store, now } = ports;

  const known = async (id: string): Promise<ConnectionRow> => {
    const row = await store.get(id);
    if (!row) throw problem('connection-unknown', { hint: 'GET /v1/sso-connections lists them.' });
    return row;
  };

  const shown = (row: ConnectionRow): Connection => ({
    id: row.id,
    // SAFETY: rows hold what the contract let in.
    kind: row.kind as Connection['kind'],
    name: row.name,
    enabled: row.enabled === 1,
    settings: JSON.parse(row.settings) as Connection['settings'],
    hasSecret: row.secret !== '',
    mappings: JSON.parse(row.mappings) as Connection['mappings'],
    defaultRole: row.defaultRole,
    provision: row.provision === 1,
    scim: row.scimHash !== null,
    addresses: ports.addresses(row),
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  });

  /** SSO7: no owners, and nothing the asker does not have. */
  async function refuseRoles({ mappings, defaultRole }: Given): Promise<void> {
    const wanted = mappings.map(({ role }, at) => ({ role, pointer: `/mappings/${at}/role` }));
    if (defaultRole !== null) wanted.push({ role: defaultRole, pointer: '/defaultRole' });
    for (const { role, pointer } of wanted) {
      const scopes = await ports.scopesOf(role);
      if (role !== 'owner' && scopes.length > 0 && excess(ports.held, scopes).length === 0) continue;
      throw problem('mapping-role-invalid', {
        detail: `${pointer}: ${JSON.stringify(role)} is no role here, is owner, or is more than you have.`,
        hint: 'Owners are made by owners, one by one. GET /v1/roles lists the roles.',
      });
    }
  }

  async function settingsOf(given: Given): Promise<object> {
    if (given.kind === 'saml') return ports.saml(given.settings);
    if (given.kind === 'ldap') {
      ports.checkFilters(given.settings);
      return given.settings;
    }
    if (isSafeUrl(given.settings.issuer)) return given.settings;
    return refuseFaults([{ pointer: '/settings/issuer', message: 'This must be an https address' }]) ?? {};
  }

  const rowOf = async (given: Given) => ({
    name: given.name,
    enabled: given.enabled ? 1 : 0,
    settings: JSON.stringify(await settingsOf(given)),
    mappings: JSON.stringify(given.mappings),
    defaultRole: given.defaultRole,
    provision: given.provision ? 1 : 0,
    updatedAt: now(),
  });

  return {
    known,
    list: async (): Promise<Connection[]> => (await store.list()).map(shown),
    get: async (id: string): Promise<Connection> => shown(await known(id)),

    async create(given: Given): Promise<Connection> {
      await refuseRoles(given);
      if ((await store.count()) >= MAX_CONNECTIONS) throw problem('connections-full', { hint: 'Remove one first.' });
      const id = ports.newId('sso');
      const secret = 'secret' in given ? given.secret : undefined;
      if (given.kind === 'ldap' && secret === undefined) {
        refuseFaults([{ pointer: '/secret', message: 'This is needed' }]);
      }
      const sealed = secret === undefined ? { secret: '', secretKey: '' } : await ports.seal(id, secret);
      const row: ConnectionRow = {
        id,
        kind: given.kind,
        scimHash: null,
        createdAt: now(),
        ...sealed,
        ...(await rowOf(given)),
      };
      await store.add(row);
      return shown(row);
    },

    async replace(id: string, given: Given): Promise<{ before: Connection; after: Connection }> {
      const row = await known(id);
      if (row.kind !== given.kind) throw problem('connection-kind-fixed', { hint: 'Make another connection instead.' });
      await refuseRoles(given);
      const changed = await rowOf(given);
      const secret = 'secret' in given ? given.secret : undefined;
      if (secret === undefined && row.secret !== '' && placeOf(row.settings) !== placeOf(changed.settings)) {
        throw problem('connection-secret-needed', { hint: 'It would go to another place: send it again.' });
      }
      const sealed = secret === undefined ? {} : await ports.seal(id, secret);
      const after: ConnectionRow = { ...row, ...changed, ...sealed };
      await store.replace(after);
      return { before: shown(row), after: shown(after) };
    },

    async remove(id: string): Promise<Connection> {
      const row = await known(id);
      await store.remove(id);
      return shown(row);
    },
  };
}

/** Where a secret is sent: whoever changes that must know the secret (CRD7). */
function placeOf(settings: string): string {
  const { issuer, clientId, host, port, tls, bindDn } = JSON.parse(settings) as Record<string, unknown>;
  return JSON.stringify([issuer, clientId, host, port, tls, bindDn]);
}
