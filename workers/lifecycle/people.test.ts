import { strToU8, zipSync } from 'fflate';
import { describe, it } from 'vitest';
import { d1Roles } from '../access/roles.ts';
import { inOrganization, mailTo, ownerOf, signedIn } from '../identity/testing.ts';
import { apiFor, caller, fetchWorker, tenantWithKey, testEnv } from '../kit/testing.ts';
import type { Caller } from '../kit/testing.ts';

type Browser = Awaited<ReturnType<typeof signedIn>>;

/** The bytes of an organisation's export. */
async function exported(browser: Browser, organization: string): Promise<Uint8Array> {
  const headers = { cookie: browser.cookie, 'x-millrace-organization': organization };
  const response = await fetchWorker('/v1/organization/export', { headers });
  if (response.status !== 200) throw new Error(await response.text());
  return new Uint8Array(await response.arrayBuffer());
}

interface Done {
  imported: Record<string, number>;
  skipped: Record<string, number>;
  left: string[];
}

async function imported(browser: Browser, organization: string, bytes: Uint8Array, query = ''): Promise<Done> {
  const headers = {
    cookie: browser.cookie,
    origin: browser.origin,
    'x-millrace-organization': organization,
    'content-type': 'application/zip',
  };
  const path = `/v1/organization/import${query}`;
  const response = await fetchWorker(path, { method: 'POST', headers, body: bytes });
  const body = (await response.json()) as Done;
  if (response.status !== 200) throw new Error(JSON.stringify(body));
  return body;
}

/** An organisation with a member who has a grant, a guest who was invited, a role of its own and a service account. */
async function peopled(tenant: string): Promise<{ owner: Browser; member: Browser }> {
  const owner = await ownerOf(tenant);
  const ask = inOrganization(owner, tenant);
  const member = await signedIn(`member@${tenant}.test`);
  const made = await ask('POST', '/v1/roles', { name: 'Auditors', scopes: ['audit:read', 'runs:read', 'tenant:read'] });
  const role = String(made.body['id']);
  await ask('POST', '/v1/invitations', { email: `member@${tenant}.test`, role });
  const { link } = await mailTo(`member@${tenant}.test`, 'invited');
  await member.post('/v1/account/invitations', { token: link.split('#invitation=')[1] });
  const { members } = (await ask('GET', '/v1/members')).body as { members: { id: string; email: string }[] };
  const id = members.find(({ email }) => email.startsWith('member@'))?.id ?? '';
  const project = String((await ask('POST', '/v1/projects', { name: 'Books' })).body['id']);
  await ask('POST', '/v1/grants', { to: { kind: 'member', id }, role: 'editor', on: { kind: 'project', id: project } });
  await ask('POST', '/v1/invitations', { email: `guest@${tenant}.test`, role: 'viewer' });
  const account = String((await ask('POST', '/v1/service-accounts', { name: 'Robot', role })).body['id']);
  await ask('POST', `/v1/service-accounts/${account}/keys`, { name: 'key', scopes: ['runs:read'] });
  const on = { kind: 'organization' };
  await ask('POST', '/v1/grants', { to: { kind: 'service', id: account }, role: 'viewer', on });
  return { owner, member };
}

describe('[LIF8] people in an export', () => {
  it('are invited, and have what they had once they said yes', async ({ expect }) => {
    const { owner, member } = await peopled('people-from');
    const archive = await exported(owner, 'people-from');
    const heir = await ownerOf('people-to');
    const ask = inOrganization(heir, 'people-to');
    const done = await imported(heir, 'people-to', archive);
    expect(done).toMatchObject({
      imported: { roles: 1, service_accounts: 1, grants: 1, invitations: 3 },
      left: [],
    });

    const before = (await ask('GET', '/v1/members')).body as { members: { email: string }[] };
    expect(before.members.map(({ email }) => email)).toEqual(['owner@people-to.test']);
    const { invitations } = (await ask('GET', '/v1/invitations')).body as {
      invitations: { email: string; role: string }[];
    };
    const [auditors] = await d1Roles(testEnv.DB, 'people-to').list();
    expect(invitations.map(({ email, role }) => [email, role]).sort()).toEqual([
      ['guest@people-from.test', 'viewer'],
      ['member@people-from.test', auditors?.id],
      ['owner@people-from.test', 'owner'],
    ]);
    const inside = inOrganization(member, 'people-to');
    expect((await inside('GET', '/v1/access')).status).toBeGreaterThanOrEqual(400);

    const { link } = await mailTo('member@people-from.test', 'people-to');
    const token = link.split('#invitation=')[1];
    expect((await member.post('/v1/account/invitations', { token })).status).toBe(201);
    const access = (await inside('GET', '/v1/access')).body;
    expect(access).toMatchObject({
      role: auditors?.id,
      scopes: ['audit:read', 'runs:read', 'tenant:read'],
      grants: [{ on: { kind: 'project' }, startsAt: null, endsAt: null }],
    });

    const { accounts } = (await ask('GET', '/v1/service-accounts')).body as {
      accounts: { id: string; name: string; role: string }[];
    };
    expect(accounts).toMatchObject([{ name: 'Robot', role: auditors?.id }]);
    const { keys } = (await ask('GET', '/v1/keys')).body as { keys: unknown[] };
    expect(keys).toEqual([]);

    const again = await imported(heir, 'people-to', archive);
    expect(again.imported).not.toMatchObject({ invitations: expect.any(Number) as number });
    expect(again.skipped).toMatchObject({ roles: 1, service_accounts: 1, grants: 1, invitations: 3 });
  });

  it('are left where that is asked for, and the region they had is said', async ({ expect }) => {
    const { owner } = await peopled('people-leave');
    const archive = await exported(owner, 'people-leave');
    const heir = await signedIn('owner@people-asia.test');
    await heir.post('/v1/organizations', { name: 'Asia', id: 'people-asia', region: 'apac' });
    const done = await imported(heir, 'people-asia', archive, '?people=leave');
    expect(done.imported).toMatchObject({ roles: 1, service_accounts: 1, grants: 1 });
    expect(done.left).toEqual(
      expect.arrayContaining([
        'region none: it is apac here, for good',
        'member@people-leave.test: nobody was invited',
      ]),
    );
    const waiting = await inOrganization(heir, 'people-asia')('GET', '/v1/invitations');
    expect(waiting.body).toEqual({ invitations: [] });
  });

  it('[ACC8] bring nobody more than who imports may give', async ({ expect }) => {
    const { owner } = await peopled('people-rich');
    const archive = await exported(owner, 'people-rich');
    const key = await tenantWithKey('people-poor', ['organization:*', 'runs:read', 'roles:*']);
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/zip' };
    const response = await fetchWorker('/v1/organization/import', { method: 'POST', headers, body: archive });
    const done = (await response.json()) as Done;
    expect(response.status).toBe(200);
    expect(done.imported).not.toMatchObject({ roles: 1 });
    expect(done.left.join('\n')).toMatch(/role Auditors: you may not audit:read/);
    expect(done.left.join('\n')).toMatch(/owner@people-rich.test: you may not give the role owner/);
    expect((await caller(key)('GET /v1/roles')).body['roles']).toHaveLength(6);
  });

  it('are refused with rows that are none, before anything is written', async ({ expect }) => {
    const api: Caller = await apiFor('people-bad');
    const key = await tenantWithKey('people-bad');
    const bad: Record<string, unknown>[] = [
      { 'people.ndjson': { id: 'usr_a', email: 'no address', role: 'owner' } },
      { 'people.ndjson': { id: 'usr_a', email: 'a@b.example' } },
      { 'records/roles.ndjson': { id: 'r', name: 'R', scopes: '["all"]', created_at: 1, updated_at: 1 } },
      { 'records/roles.ndjson': { id: 'r', name: 'R', scopes: 'no json', created_at: 1, updated_at: 1 } },
      { 'records/grants.ndjson': { id: 'g', principal_kind: 'key', principal_id: 'x', role: 'owner' } },
      { 'records/service_accounts.ndjson': { id: '__proto__ ', name: 'x', role: 'owner', disabled_at: null } },
    ];
    for (const files of bad) {
      const archive = await archiveOf({ 'records/environments.ndjson': { name: 'made', created_at: 1 }, ...files });
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/zip' };
      const response = await fetchWorker('/v1/organization/import', { method: 'POST', headers, body: archive });
      const body = (await response.json()) as Record<string, unknown>;
      expect([response.status, body['code'], typeof body['hint']], JSON.stringify(files)).toEqual([
        400,
        'input-invalid',
        'string',
      ]);
    }
    const { environments } = (await api('GET /v1/environments')).body as { environments: { name: string }[] };
    expect(environments.map(({ name }) => name)).not.toContain('made');
  });
});

/** An archive of one line each, with a manifest that fits. */
async function archiveOf(rows: Record<string, unknown>): Promise<Uint8Array> {
  const files = Object.fromEntries(
    Object.entries(rows).map(([name, row]) => [name, strToU8(`${JSON.stringify(row)}\n`)]),
  );
  const entries = await Promise.all(
    Object.entries(files).map(async ([name, bytes]) => {
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
      const sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
      return { name, bytes: bytes.length, sha256 };
    }),
  );
  return zipSync({ ...files, 'manifest.json': strToU8(JSON.stringify({ format: 'millrace.export/1', entries })) });
}
