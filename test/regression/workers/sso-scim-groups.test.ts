import { it } from 'vitest';
import { fetchWorker, testEnv } from '../../../workers/kit/testing.ts';
import { d1Connections } from '../../../workers/sso/connection-store.ts';
import { join } from '../../../workers/sso/join.ts';
import { organization, roleOfAddress } from '../../../workers/sso/testing.ts';

const settings = { issuer: 'https://idp.example.com', clientId: 'x' };
const mappings = [{ group: 'Engineers', role: 'editor' }];

async function connect(tenant: string, more: object = {}) {
  const api = await organization(tenant);
  const body = { kind: 'oidc', name: 'IdP', settings, mappings, ...more };
  const id = (await api('POST /v1/sso-connections', { body })).body['id'] as string;
  const { token } = (await api('POST /v1/sso-connections/{id}/scim', { params: { id } })).body as { token: string };
  const email = `ada@${tenant}.example`;
  return {
    email,
    role: () => roleOfAddress(tenant, email),
    async scim(path: string, sent: object, method = 'POST'): Promise<string> {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' };
      const response = await fetchWorker(`/scim/v2${path}`, { method, headers, body: JSON.stringify(sent) });
      return (await response.json<{ id: string }>()).id;
    },
    async signIn(groups: string[]): Promise<void> {
      const row = await d1Connections(testEnv.DB, tenant).get(id);
      if (!row) throw new Error('The connection is gone');
      await join(testEnv, {
        tenant,
        row,
        vouched: { issuer: settings.issuer, subject: 's', email, name: 'Ada', groups },
      });
    },
  };
}

// Groups came by SCIM, none with the sign-in: each sign-in took the role away, each SCIM change gave it back.
it('[SSO6] a sign-in that names no groups leaves the role that SCIM groups give', async ({ expect }) => {
  const { email, scim, role, signIn } = await connect('scim-and-sso');
  const value = await scim('/Users', { userName: email });
  await scim('/Groups', { displayName: 'Engineers', members: [{ value }] });
  expect(await role()).toBe('editor');
  await signIn([]);
  expect(await role()).toBe('editor');
});

// The other way round: people by SCIM, groups with the sign-in. A changed title removed the member.
it('[SSO6] a SCIM that knows no groups leaves the role that sign-ins give', async ({ expect }) => {
  const { email, scim, role, signIn } = await connect('sso-and-scim', { defaultRole: null });
  const id = await scim('/Users', { userName: email });
  expect(await role()).toBeUndefined();
  await signIn(['Engineers']);
  expect(await role()).toBe('editor');
  const patch = (op: object) => scim(`/Users/${id}`, { Operations: [{ op: 'replace', ...op }] }, 'PATCH');
  await patch({ path: 'title', value: 'Countess' });
  expect(await role()).toBe('editor');
  await patch({ path: 'active', value: false });
  expect(await role()).toBeUndefined();
});
