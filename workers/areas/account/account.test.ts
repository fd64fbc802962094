import { describe, it } from 'vitest';
import { auditOf } from '../../../durable-objects/stubs.ts';
import { Browser, inOrganization, ownerOf, PASSWORD, signedIn } from '../../identity/testing.ts';
import { fetchWorker, testEnv } from '../../kit/testing.ts';

describe('an account', () => {
  it('makes an organisation that is ready: owner, workflow, hook', async ({ expect }) => {
    const ada = await signedIn('ada@ready.test');
    const made = await ada.post('/v1/organizations', { name: 'Ädä & Söhne' });
    expect(made).toMatchObject({ status: 201, body: { name: 'Ädä & Söhne', role: 'owner' } });
    const id = String(made.body['id']);
    expect(id).toMatch(/^a-da-so-hne-[0-9a-z]{8}$/);
    expect((await ada.get('/v1/account')).body).toMatchObject({
      email: 'ada@ready.test',
      organizations: [{ id, name: 'Ädä & Söhne', role: 'owner' }],
    });
    const { body } = await inOrganization(ada, id)('GET', '/v1/workflows');
    expect(body['workflows']).toMatchObject([{ name: 'Quick start' }]);
    const hook = await fetchWorker(`/hooks/${id}/quick-start`, { method: 'POST', body: '{}' });
    expect(hook.status).toBe(200);
    const taken = await ada.post('/v1/organizations', { name: 'Other', id });
    expect(taken.body).toMatchObject({ code: 'organization-taken' });
  });

  it('shows and ends sessions, without their tokens', async ({ expect }) => {
    const ada = await signedIn('ada@sessions.test');
    const other = new Browser();
    await other.post('/auth/sign-in/email', { email: 'ada@sessions.test', password: PASSWORD });
    const { body } = await ada.get('/v1/account/sessions');
    const sessions = body['sessions'] as { id: string; isCurrent: boolean }[];
    expect(sessions.map(({ isCurrent }) => isCurrent).sort()).toEqual([false, true]);
    expect(JSON.stringify(body)).not.toContain('token');
    expect((await other.get('/v1/account')).status).toBe(200);
    const id = sessions.find(({ isCurrent }) => !isCurrent)?.id ?? '';
    expect((await ada.call('DELETE', `/v1/account/sessions/${id}`)).status).toBe(204);
    expect((await other.get('/v1/account')).body).toMatchObject({ code: 'session-invalid' });
    const eve = await signedIn('eve@sessions.test');
    const mine = sessions.find(({ isCurrent }) => isCurrent)?.id ?? '';
    expect((await eve.call('DELETE', `/v1/account/sessions/${mine}`)).status).toBe(404);
  });

  it('refuses what another site sends with its cookie', async ({ expect }) => {
    const ada = await signedIn('ada@foreign.test');
    for (const headers of [{ origin: 'https://evil.test' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }]) {
      const made = await ada.call('POST', '/v1/organizations', { name: 'x' }, headers as Record<string, string>);
      expect(made, JSON.stringify(headers)).toMatchObject({ status: 403, body: { code: 'origin-refused' } });
    }
  });

  it('takes a bearer where there are no cookies, and none that is forged', async ({ expect }) => {
    const ada = await signedIn('ada@bearer.test');
    const { body } = await ada.post('/auth/sign-in/email', { email: 'ada@bearer.test', password: PASSWORD });
    const token = String(body['token']);
    const as = (bearer: string) => fetchWorker('/v1/account', { headers: { authorization: `Bearer ${bearer}` } });
    expect((await as(token)).status).toBe(200);
    const flipped = token.slice(0, -2) + (token.endsWith('AA') ? 'BB' : 'AA');
    for (const forged of [flipped, token.split('.')[0] ?? '', `${token}.x`, 'ms_', token.replace('ms_', 'mr_')]) {
      expect((await as(forged)).status, forged).toBeGreaterThanOrEqual(401);
    }
  });

  it('is audited in its organisations: signing in, guessing, changes', async ({ expect }) => {
    const ada = await ownerOf('audited');
    await new Browser().post('/auth/sign-in/email', { email: 'owner@audited.test', password: 'wrong password' });
    await ada.call('PATCH', '/v1/account', { name: 'Ada L.' });
    const actions = async () => {
      const page = await auditOf(testEnv, 'audited').search({ limit: 50 } as never);
      return JSON.stringify(page);
    };
    for (let tries = 0; tries < 50 && !/sign-in.*refused|refused.*sign-in/.test(await actions()); tries++) {
      await new Promise((done) => setTimeout(done, 20));
    }
    const all = await actions();
    for (const action of ['organizations.create', 'account.sign-in', 'account.change']) expect(all).toContain(action);
  });
});
