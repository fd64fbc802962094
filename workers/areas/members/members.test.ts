import { describe, it } from 'vitest';
import { inOrganization, invitationTo, mailTo, ownerOf, signedIn } from '../../identity/testing.ts';
import { apiFor } from '../../kit/testing.ts';

describe('members', () => {
  it('[MEM3] join by an invitation, once, with the address it was sent to', async ({ expect }) => {
    const ada = await ownerOf('join');
    const api = inOrganization(ada, 'join');
    const token = await invitationTo(api, 'bob@join.test', 'editor');
    const [bob, eve] = [await signedIn('bob@join.test', 'Bob'), await signedIn('eve@join.test', 'Eve')];
    const stolen = await eve.post('/v1/account/invitations', { token });
    expect(stolen).toMatchObject({ status: 404, body: { code: 'invitation-over' } });
    expect((await inOrganization(bob, 'join')('GET', '/v1/workflows')).status).toBe(404);
    expect(await bob.post('/v1/account/invitations', { token })).toMatchObject({
      status: 201,
      body: { organization: 'join', role: 'editor' },
    });
    expect((await bob.post('/v1/account/invitations', { token })).status).toBe(404);
    await new Promise((done) => setTimeout(done, 5));
    expect((await inOrganization(bob, 'join')('GET', '/v1/workflows')).status).toBe(200);
    expect((await inOrganization(bob, 'join')('POST', '/v1/keys', { name: 'x' })).status).toBe(403);
    const { body } = await api('GET', '/v1/members');
    expect(body['members']).toMatchObject([
      { email: 'owner@join.test', role: 'owner' },
      { email: 'bob@join.test', role: 'editor' },
    ]);
    expect((await api('GET', '/v1/invitations')).body).toEqual({ invitations: [] });
  });

  it('[MEM1] [MEM2] [MEM5] never lose the last owner, and give no more than they have', async ({ expect }) => {
    const ada = await ownerOf('keep');
    const api = inOrganization(ada, 'keep');
    const bob = await signedIn('bob@keep.test', 'Bob');
    await bob.post('/v1/account/invitations', { token: await invitationTo(api, 'bob@keep.test', 'admin') });
    const { body } = await api('GET', '/v1/members');
    const [owner, admin] = (body['members'] as { id: string }[]).map(({ id }) => id);
    const bobs = inOrganization(bob, 'keep');
    expect(await api('DELETE', `/v1/members/${owner}`)).toMatchObject({ status: 409, body: { code: 'last-owner' } });
    expect(await api('PATCH', `/v1/members/${owner}`, { role: 'viewer' })).toMatchObject({ status: 409 });
    expect((await ada.call('DELETE', '/v1/account/organizations/keep')).body).toMatchObject({ code: 'last-owner' });
    expect((await ada.call('DELETE', '/v1/account')).body).toMatchObject({ code: 'last-owner' });
    for (const [method, path, sent] of [
      ['PATCH', `/v1/members/${admin}`, { role: 'owner' }],
      ['PATCH', `/v1/members/${owner}`, { role: 'viewer' }],
      ['DELETE', `/v1/members/${owner}`, undefined],
      ['POST', '/v1/invitations', { email: 'x@keep.test', role: 'owner' }],
    ] as const) {
      expect(await bobs(method, path, sent), path).toMatchObject({ status: 403, body: { code: 'scope-too-wide' } });
    }
    expect((await bobs('POST', '/v1/invitations', { email: 'x@keep.test', role: 'nobody' })).body).toMatchObject({
      code: 'role-unknown',
    });
    expect((await api('PATCH', `/v1/members/${admin}`, { role: 'viewer' })).status).toBe(200);
    expect((await bobs('POST', '/v1/invitations', { email: 'y@keep.test', role: 'viewer' })).status).toBe(403);
    expect((await bobs('GET', '/v1/workflows')).status).toBe(200);
    expect((await api('DELETE', `/v1/members/${admin}`)).status).toBe(204);
    expect((await bobs('GET', '/v1/workflows')).status).toBe(404);
  });

  it('[MEM9] are invited in words: the role by its name, in the language of who invites', async ({ expect }) => {
    const api = inOrganization(await ownerOf('mem-words'), 'mem-words');
    const { body } = await api('POST', '/v1/roles', { name: 'Night\nshift', scopes: ['runs:read'] });
    await api('POST', '/v1/invitations', { email: 'own@mem-words.test', role: body['id'] });
    expect((await mailTo('own@mem-words.test')).text).toContain('"mem-words" as Night shift.');
    const german = { 'x-millrace-organization': 'mem-words', 'accept-language': 'de' };
    const owner = await signedIn('two@mem-words.test', 'Two');
    await owner.post('/v1/account/invitations', { token: await invitationTo(api, 'two@mem-words.test', 'owner') });
    await owner.call('POST', '/v1/invitations', { email: 'guest@mem-words.test', role: 'guest' }, german);
    expect((await mailTo('guest@mem-words.test')).text).toContain('als Gast.');
  });

  it('[MEM1] two owners who leave at once leave one', async ({ expect }) => {
    const ada = await ownerOf('race');
    const bob = await signedIn('bob@race.test', 'Bob');
    const token = await invitationTo(inOrganization(ada, 'race'), 'bob@race.test', 'owner');
    await bob.post('/v1/account/invitations', { token });
    const left = await Promise.all([ada, bob].map((each) => each.call('DELETE', '/v1/account/organizations/race')));
    expect(left.map(({ status }) => status).sort()).toEqual([204, 409]);
  });

  it('[MEM4] a withdrawn or replaced invitation does not work', async ({ expect }) => {
    const api = inOrganization(await ownerOf('withdraw'), 'withdraw');
    const bob = await signedIn('bob@withdraw.test', 'Bob');
    const first = await invitationTo(api, 'bob@withdraw.test', 'viewer');
    const second = await api('POST', '/v1/invitations', { email: 'BOB@withdraw.test ', role: 'editor' });
    expect(second).toMatchObject({ status: 201, body: { email: 'bob@withdraw.test' } });
    expect(JSON.stringify(second.body)).not.toMatch(/inv_[\w-]{40}/);
    expect((await bob.post('/v1/account/invitations', { token: first })).status).toBe(404);
    expect((await api('DELETE', `/v1/invitations/${String(second.body['id'])}`)).status).toBe(204);
    expect((await api('DELETE', `/v1/invitations/${String(second.body['id'])}`)).status).toBe(404);
    expect((await api('POST', '/v1/invitations', { email: 'owner@withdraw.test', role: 'viewer' })).body).toMatchObject(
      {
        code: 'member-already',
      },
    );
  });

  it('[MEM6] of another organisation are unknown', async ({ expect }) => {
    const ada = await ownerOf('ours');
    const theirs = await ownerOf('theirs');
    const id = String(
      ((await inOrganization(ada, 'ours')('GET', '/v1/members')).body['members'] as { id: string }[])[0]?.id,
    );
    const api = inOrganization(theirs, 'theirs');
    for (const method of ['GET', 'DELETE']) expect((await api(method, `/v1/members/${id}`)).status, method).toBe(404);
    expect((await inOrganization(theirs, 'ours')('GET', '/v1/members')).status).toBe(404);
    expect((await inOrganization(theirs, '../ours')('GET', '/v1/members')).status).toBe(404);
    expect((await theirs.get('/v1/members')).body).toMatchObject({ code: 'organization-missing' });
  });

  it('an API key invites the first owner of an organisation that has nobody', async ({ expect }) => {
    const key = await apiFor('keyed');
    const made = await key('POST /v1/invitations', { body: { email: 'first@keyed.test', role: 'owner' } });
    expect(made.status).toBe(201);
    expect((await key('GET /v1/members')).body).toEqual({ members: [], nextCursor: null });
    expect((await key('GET /v1/account')).body).toMatchObject({ code: 'person-needed' });
  });
});
