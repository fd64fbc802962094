import { describe, it } from 'vitest';
import { meterOf } from '../../../durable-objects/stubs.ts';
import { inOrganization, invitationTo, ownerOf, signedIn } from '../../../workers/identity/testing.ts';
import { caller, fetchWorker, testEnv } from '../../../workers/kit/testing.ts';
import { d1Members } from '../../../workers/members/store.ts';
import { d1Connections } from '../../../workers/sso/connection-store.ts';
import { join } from '../../../workers/sso/join.ts';
import { organization, person, roleOfAddress } from '../../../workers/sso/testing.ts';

const allow = (tenant: string, hard: number) =>
  meterOf(testEnv, tenant).setPlan({ plan: 'unlimited', overrides: { meters: { members: { hard } } } });

/** Bob belongs to Ada's organisation, as an editor. */
async function adaAndBob(tenant: string, role = 'editor') {
  const ada = inOrganization(await ownerOf(tenant), tenant);
  const browser = await signedIn(`bob@${tenant}.test`, 'Bob');
  const accept = async () =>
    browser.post('/v1/account/invitations', { token: await invitationTo(ada, `bob@${tenant}.test`, role) });
  await accept();
  const { body } = await ada('GET', '/v1/members');
  const members = body['members'] as { id: string; email: string }[];
  const id = members.find(({ email }) => email === `bob@${tenant}.test`)?.id ?? '';
  return { ada, browser, bob: inOrganization(browser, tenant), id, accept };
}

describe('[MEM7] the member limit', () => {
  it('used up the invitation of whom it refused', async ({ expect }) => {
    const tenant = 'full-invited';
    const ada = inOrganization(await ownerOf(tenant), tenant);
    const bob = await signedIn(`bob@${tenant}.test`, 'Bob');
    const token = await invitationTo(ada, `bob@${tenant}.test`, 'viewer');
    await allow(tenant, 1);
    const accept = () => bob.post('/v1/account/invitations', { token });
    expect(await accept()).toMatchObject({ status: 409, body: { code: 'members-full' } });
    await allow(tenant, 2);
    expect(await accept()).toMatchObject({ status: 201, body: { organization: tenant, role: 'viewer' } });
    expect(await accept()).toMatchObject({ status: 404, body: { code: 'invitation-over' } });
  });

  it('let everybody in who came by SSO or SCIM', async ({ expect }) => {
    const tenant = 'full-provided';
    const api = await organization(tenant);
    const settings = { issuer: 'https://idp.example.com', clientId: 'x' };
    const made = await api('POST /v1/sso-connections', { body: { kind: 'oidc', name: 'IdP', settings } });
    const params = { id: String(made.body['id']) };
    const token = String((await api('POST /v1/sso-connections/{id}/scim', { params })).body['token']);
    await person(`there@${tenant}.example`, { roles: { [tenant]: 'editor' } });
    await allow(tenant, 1);
    const row = await d1Connections(testEnv.DB, tenant).get(params.id);
    if (!row) throw new Error('gone');
    const comes = (name: string) => {
      const vouched = { issuer: 'i', subject: name, email: `${name}@${tenant}.example`, name, groups: [] };
      return join(testEnv, { tenant, row, vouched });
    };
    await expect(comes('new')).rejects.toMatchObject({ code: 'members-full' });
    expect(await roleOfAddress(tenant, `new@${tenant}.example`)).toBeUndefined();
    // Who belongs already is no question of the limit.
    expect(await comes('there')).toMatchObject({ email: `there@${tenant}.example` });
    const post = () =>
      fetchWorker('/scim/v2/Users', {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
        body: JSON.stringify({
          schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
          userName: `scim@${tenant}.example`,
        }),
      });
    expect((await post()).status).toBe(403);
    await allow(tenant, 2);
    expect((await post()).status).toBe(201);
    expect(await roleOfAddress(tenant, `scim@${tenant}.example`)).toBe('viewer');
  });
});

describe('[MEM8] who left', () => {
  it('kept keys and grants, and had them again with the next invitation', async ({ expect }) => {
    for (const [tenant, how] of [
      ['left-removed', 'removed'],
      ['left-self', 'left'],
    ] as const) {
      const { ada, browser, bob, id, accept } = await adaAndBob(tenant, 'admin');
      const key = String((await bob('POST', '/v1/keys', { name: 'CI', scopes: ['runs:read'] })).body['key']);
      const grant = { to: { kind: 'member', id }, role: 'viewer', on: { kind: 'organization' } };
      expect((await ada('POST', '/v1/grants', grant)).status).toBe(201);
      expect((await caller(key)('GET /v1/runs')).status).toBe(200);
      if (how === 'removed') await ada('DELETE', `/v1/members/${id}`);
      else await browser.call('DELETE', `/v1/account/organizations/${tenant}`);
      expect((await caller(key)('GET /v1/runs')).body, how).toMatchObject({ code: 'key-invalid' });
      expect((await ada('GET', '/v1/grants')).body, how).toMatchObject({ grants: [] });
      await accept();
      expect((await ada('GET', '/v1/keys')).body, how).toEqual({ keys: [] });
    }
  });
});

describe('[MEM8] a removal that was cut short', () => {
  it('left grants, and keys that worked again with the next invitation', async ({ expect }) => {
    const tenant = 'cut-short';
    const { ada, bob, id, accept } = await adaAndBob(tenant, 'admin');
    const key = String((await bob('POST', '/v1/keys', { name: 'CI', scopes: ['runs:read'] })).body['key']);
    const grant = { to: { kind: 'member', id }, role: 'viewer', on: { kind: 'organization' } };
    expect((await ada('POST', '/v1/grants', grant)).status).toBe(201);
    // What is done at once is done; nothing after it.
    expect(await d1Members(testEnv.DB, tenant).remove(id)).toBe('done');
    expect((await ada('GET', '/v1/grants')).body).toMatchObject({ grants: [] });
    await accept();
    expect((await ada('GET', '/v1/keys')).body).toEqual({ keys: [] });
    expect((await caller(key)('GET /v1/runs')).body).toMatchObject({ code: 'key-invalid' });
  });
});

describe('[ACC9] the key of a member', () => {
  it('kept what its maker was no longer allowed', async ({ expect }) => {
    const { ada, bob, id } = await adaAndBob('key-shrinks', 'admin');
    const scopes = ['keys:write', 'runs:read'];
    const key = String((await bob('POST', '/v1/keys', { name: 'CI', scopes })).body['key']);
    const child = String((await caller(key)('POST /v1/keys', { body: { name: 'child', scopes } })).body['key']);
    expect((await ada('GET', '/v1/keys')).body).toMatchObject({
      keys: [
        { name: 'CI', member: id },
        { name: 'child', member: id },
      ],
    });
    await ada('PATCH', `/v1/members/${id}`, { role: 'viewer' });
    for (const each of [key, child]) {
      expect(await caller(each)('POST /v1/keys', { body: { name: 'x', scopes: ['runs:read'] } })).toMatchObject({
        status: 403,
        body: { code: 'scope-missing' },
      });
      expect((await caller(each)('GET /v1/runs')).status).toBe(200);
    }
  });
});

describe('[LIF1] an invitation', () => {
  it('was accepted while the organisation was suspended', async ({ expect }) => {
    const tenant = 'suspended-invites';
    const ada = inOrganization(await ownerOf(tenant), tenant);
    const bob = await signedIn(`bob@${tenant}.test`, 'Bob');
    const token = await invitationTo(ada, `bob@${tenant}.test`, 'viewer');
    const accept = () => bob.post('/v1/account/invitations', { token });
    await ada('POST', '/v1/organization/suspend', {});
    expect(await accept()).toMatchObject({ status: 423, body: { code: 'organization-suspended' } });
    await ada('POST', '/v1/organization/resume');
    expect((await accept()).status).toBe(201);
  });
});

describe('a custom role', () => {
  it('was removed while members had it and invitations gave it', async ({ expect }) => {
    const { ada, id } = await adaAndBob('role-of-member');
    const made = await ada('POST', '/v1/roles', { name: 'reader', scopes: ['runs:read'] });
    const role = String(made.body['id']);
    await ada('PATCH', `/v1/members/${id}`, { role });
    const remove = () => ada('DELETE', `/v1/roles/${role}`);
    expect(await remove()).toMatchObject({ status: 409, body: { code: 'role-in-use' } });
    await ada('PATCH', `/v1/members/${id}`, { role: 'viewer' });
    const invited = await ada('POST', '/v1/invitations', { email: 'eve@role-of-member.test', role });
    expect(await remove()).toMatchObject({ status: 409, body: { code: 'role-in-use' } });
    await ada('DELETE', `/v1/invitations/${String(invited.body['id'])}`);
    expect((await remove()).status).toBe(204);
  });
});
