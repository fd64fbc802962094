import { SignJWT } from 'jose';
import { describe, it } from 'vitest';
import { chain, setNode, webhookNode } from '../areas/workflows/testing.ts';
import { apiFor, caller, fetchWorker } from '../kit/testing.ts';
import type { Caller } from '../kit/testing.ts';

const CANARY = 'canary-77aa-hook';

async function guarded(tenant: string, authentication: string, type: string, values: object) {
  const api = await apiFor(tenant);
  const { body: made } = await api('POST /v1/credentials', { body: { type, name: 'Guard', values } });
  const hook = webhookNode('in', { authentication });
  hook.credentials = { [type]: { id: made['id'] as string, name: 'Guard' } };
  const { body } = await api('POST /v1/workflows', { body: chain('Guarded', hook, setNode('Mark', 'mark', 'one')) });
  const params = { id: body['id'] as string };
  const result = await api('POST /v1/workflows/{id}/publish', { params });
  if (result.status !== 200) throw new Error(JSON.stringify(result.body));
  const call = async (headers: Record<string, string> = {}) => {
    const response = await fetchWorker(`/hooks/${tenant}/in`, { method: 'POST', headers, body: '{}' });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  return { api, call, credential: made['id'] as string };
}

const runText = async (api: Caller, run: string | null): Promise<string> => {
  const views = [await api('GET /v1/runs/{id}', { params: { id: run ?? '' } }), await api('GET /v1/runs')];
  return JSON.stringify(views.map(({ body }) => body));
};

describe('[HOOK17] authentication', () => {
  it('basic lets in who knows the password, and hides it', async ({ expect }) => {
    const { api, call } = await guarded('guard-basic', 'basicAuth', 'httpBasicAuth', { user: 'ada', password: CANARY });
    const none = await call();
    expect([none.status, none.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="Webhook"']);
    for (const wrong of [`ada:${CANARY}x`, `ada:`, `eve:${CANARY}`, `:${CANARY}`]) {
      expect((await call({ authorization: `Basic ${btoa(wrong)}` })).status, wrong).toBe(403);
    }
    expect((await call({ authorization: `Bearer ${btoa(`ada:${CANARY}`)}` })).status).toBe(403);
    const right = await call({ authorization: `basic ${btoa(`ada:${CANARY}`)}` });
    expect([right.status, JSON.parse(right.text)]).toMatchObject([
      200,
      { mark: 'one', headers: { authorization: '[secret]' } },
    ]);
    const seen = right.text + (await runText(api, right.headers.get('x-millrace-run')));
    expect(seen).not.toContain(CANARY);
    expect(seen).not.toContain(btoa(`ada:${CANARY}`));
  });

  it('header compares the whole value of the named header', async ({ expect }) => {
    const values = { name: 'X-Shop-Key', value: CANARY };
    const { api, call } = await guarded('guard-header', 'headerAuth', 'httpHeaderAuth', values);
    expect((await call()).status).toBe(401);
    expect((await call({ 'x-shop-key': `${CANARY}, other` })).status).toBe(403);
    const right = await call({ 'x-shop-key': CANARY });
    expect(right.status).toBe(200);
    expect(right.text + (await runText(api, right.headers.get('x-millrace-run')))).not.toContain(CANARY);
  });

  it('JWT takes tokens of its algorithm and key only, and gives their claims', async ({ expect }) => {
    const values = { secret: CANARY, algorithm: 'HS256' };
    const { call } = await guarded('guard-jwt', 'jwtAuth', 'jwtAuth', values);
    const key = (text: string): Uint8Array => new TextEncoder().encode(text);
    const token = (secret: string, alg = 'HS256', expires = '1h') =>
      new SignJWT({ role: 'clerk' }).setProtectedHeader({ alg }).setExpirationTime(expires).sign(key(secret));
    const bearer = (text: string) => call({ authorization: `Bearer ${text}` });
    expect((await call()).status).toBe(401);
    const unsigned = `${btoa('{"alg":"none"}').replaceAll('=', '')}.${btoa('{"role":"clerk"}').replaceAll('=', '')}.`;
    const wrong = [
      await token('other'),
      await token(CANARY, 'HS512'),
      await token(CANARY, 'HS256', '-1h'),
      unsigned,
      'x',
    ];
    for (const text of wrong) expect((await bearer(text)).status, text).toBe(403);
    const right = await bearer(await token(CANARY));
    expect([right.status, JSON.parse(right.text)]).toMatchObject([200, { jwtPayload: { role: 'clerk' } }]);
  });

  it('is closed, not open, when its credential is gone', async ({ expect }) => {
    const { api, call, credential } = await guarded('guard-gone', 'headerAuth', 'httpHeaderAuth', {
      name: 'k',
      value: 'v',
    });
    await api('DELETE /v1/credentials/{id}', { params: { id: credential } });
    expect((await call({ k: 'v' })).status).toBe(503);
  });

  it('[HOOK20] is closed to a workflow in which nobody may answer for the credential any more', async ({ expect }) => {
    const owner = await apiFor('guard-shared');
    const scopes = ['workflows:read', 'workflows:write', 'credentials:read', 'keys:read'];
    const { body: made } = await owner('POST /v1/keys', { body: { name: 'editor', scopes } });
    const editor = caller(made['key'] as string);
    const values = { name: 'k', value: 'v' };
    const { body } = await owner('POST /v1/credentials', { body: { type: 'httpHeaderAuth', name: 'Guard', values } });
    const id = body['id'] as string;
    const share = (users: unknown[]) => owner('PUT /v1/credentials/{id}/sharing', { params: { id }, body: { users } });
    const published = async (api: Caller, path: string): Promise<void> => {
      const hook = webhookNode(path, { authentication: 'headerAuth' });
      hook.credentials = { httpHeaderAuth: { id, name: 'Guard' } };
      const flow = await api('POST /v1/workflows', { body: chain(path, hook, setNode('Mark', 'mark', 'one')) });
      const result = await api('POST /v1/workflows/{id}/publish', { params: { id: flow.body['id'] as string } });
      if (result.status !== 200) throw new Error(JSON.stringify(result.body));
    };
    await share([made['id']]);
    await published(editor, 'theirs');
    await published(owner, 'ours');
    // before any call: what a door knows it keeps for half a minute
    await share(['somebody-else']);
    const call = async (path: string): Promise<number> =>
      (await fetchWorker(`/hooks/guard-shared/${path}`, { method: 'POST', headers: { k: 'v' }, body: '{}' })).status;
    expect([await call('theirs'), await call('ours')]).toEqual([503, 200]);
  });
});
