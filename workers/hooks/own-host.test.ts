import { describe, it } from 'vitest';
import type { JsonObject } from '../../core/data/item.ts';
import { chain, echo, node, setNode, webhookNode } from '../areas/workflows/testing.ts';
import { d1HookDomains } from '../domains/hook-store.ts';
import type { Env } from '../env.ts';
import { apiFor, fetchAt, testEnv } from '../kit/testing.ts';
import type { Caller } from '../kit/testing.ts';
import { tenantAt, UNASKED } from '../domains/host.ts';

type Document = ReturnType<typeof echo>;

async function publish(api: Caller, document: Document, environment = 'production'): Promise<void> {
  const { body } = await api('POST /v1/workflows', { body: document as unknown as JsonObject });
  const result = await api('POST /v1/workflows/{id}/publish', {
    params: { id: String(body['id']) },
    query: { environment },
  });
  if (result.status !== 200) throw new Error(JSON.stringify(result.body));
}

const form = (path: string): Document =>
  chain(
    `Form ${path}`,
    node('Form', 'form-trigger', 2.3, { formTitle: 'Tell us', options: { path } }),
    setNode('S', 'a', 'b'),
  );

/** An organisation that has shown that a domain is its own. */
async function holding(tenant: string, domain: string): Promise<Caller> {
  const api = await apiFor(tenant);
  await api('POST /v1/hook-domains', { body: { domain } });
  await d1HookDomains(testEnv.DB, tenant).verified(domain, { method: 'operator', nowMs: Date.now() });
  return api;
}

async function post(url: string, body: object = {}) {
  const headers = { 'content-type': 'application/json' };
  const response = await fetchAt(url, { method: 'POST', headers, body: JSON.stringify(body), redirect: 'manual' });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text };
}
const get = async (url: string) => {
  const response = await fetchAt(url, { redirect: 'manual' });
  return { status: response.status, text: await response.text() };
};

describe('a domain of an organisation’s own', () => {
  it('[HDM2] has its webhooks, forms and chats, in each environment', async ({ expect }) => {
    const api = await holding('host-own', 'hooks.own.example');
    await publish(api, echo('orders/:id'));
    await publish(api, echo('staged', 'in staging'), 'staging');
    await publish(api, form('tell'));
    await publish(
      api,
      chain('Talk', node('Chat', 'chat-trigger', 1.1, { public: true, options: {} }), setNode('S', 'a', 'b')),
    );
    const own = 'https://hooks.own.example';
    const hook = await post(`${own}/orders/7?q=1`, { a: 1 });
    expect([hook.status, JSON.parse(hook.text)]).toMatchObject([
      200,
      { params: { id: '7' }, query: { q: '1' }, body: { a: 1 }, mark: 'one' },
    ]);
    expect((await post('https://hooks.own.example:8443/orders/8')).status).toBe(200);
    expect((await post(`${own}/~staging/staged`)).text).toContain('in staging');
    expect((await post(`${own}/hooks/host-own/orders/9`)).status).toBe(200);
    // names below theirs are none of ours to speak for
    expect(hook.headers.get('strict-transport-security')).toBeNull();
    const usual = await post('https://millrace.test/hooks/host-own/orders/9');
    expect(usual.headers.get('strict-transport-security')).not.toBeNull();
    const page = await get(`${own}/tell`);
    expect([page.status, page.text.includes('Tell us')]).toEqual([200, true]);
    expect(await get(`${own}/nothing-here`)).toMatchObject({ status: 404 });
  });

  it('[HDM2] has a chat that streams, scripts of its pages, and runs that are shown', async ({ expect }) => {
    const api = await holding('host-shows', 'chat.own.example');
    const trigger = node('Chat', 'chat-trigger', 1.4, { public: true, options: {} });
    trigger.webhookId = 'talk';
    await publish(api, chain('Talk', trigger, setNode('S', 'output', '=You said {{ $json.chatInput }}')));
    const own = 'https://chat.own.example';
    const headers = { accept: 'text/event-stream', 'content-type': 'application/json' };
    const body = JSON.stringify({ action: 'sendMessage', sessionId: 's-1', chatInput: 'hi' });
    const told = await (await fetchAt(`${own}/talk`, { method: 'POST', headers, body })).text();
    expect(told).toContain('"text":"You said hi"');
    const { run, token } = JSON.parse(/event: run\ndata: (.*)\n/.exec(told)?.[1] ?? '{}') as Record<string, string>;
    const again = await fetchAt(`${own}/talk?run=${run}&token=${token}&seen=0`, { headers });
    expect(await again.text()).toContain('"text":"You said hi"');
    for (const script of ['forms', 'chats']) expect((await get(`${own}/${script}/script.js`)).status).toBe(200);
    const made = await api('POST /v1/runs/{id}/shares', { params: { id: run ?? '' }, body: { withData: true } });
    const { pathname } = new URL(String(made.body['url']));
    expect(await get(own + pathname)).toMatchObject({ status: 200, text: expect.stringContaining('You said hi') });
    // what another organisation shows is at its own addresses
    const other = await apiFor('host-other');
    await publish(other, chain('Talk', trigger, setNode('S', 'output', 'theirs')));
    const theirs = await (
      await fetchAt(`https://millrace.test/chats/host-other/talk`, { method: 'POST', headers, body })
    ).text();
    const [, id = ''] = /"run":"([^"]+)"/.exec(theirs) ?? [];
    const shown = await other('POST /v1/runs/{id}/shares', { params: { id }, body: { withData: true } });
    const foreign = new URL(String(shown.body['url'])).pathname;
    expect(await get(`https://millrace.test${foreign}`)).toMatchObject({ status: 200 });
    expect(await get(own + foreign)).toMatchObject({ status: 404 });
  });

  it('[HDM2] leads on to the later pages of a form', async ({ expect }) => {
    const api = await holding('host-pages', 'forms.own.example');
    await publish(api, form('tell'));
    const own = 'https://forms.own.example';
    const first = await get(`${own}/tell`);
    const sent = new URLSearchParams(
      [...first.text.matchAll(/<input type="hidden" name="(submission|step)" value="([^"]*)"/g)].map(
        ([, name = '', value = '']) => [name, value],
      ),
    );
    const origin = { origin: own, 'sec-fetch-site': 'same-origin' };
    const answer = await fetchAt(`${own}/tell`, { method: 'POST', body: sent, headers: origin, redirect: 'manual' });
    const location = answer.headers.get('location') ?? '';
    expect([answer.status, location]).toEqual([303, expect.stringMatching(/^\/(forms|waiting)\/host-pages\//)]);
    expect((await get(own + location)).status).toBe(200);
  });

  it('[HDM2] gives a webhook that listens the way before a page', async ({ expect }) => {
    const api = await holding('host-both', 'both.own.example');
    await publish(api, form('same'));
    await publish(api, chain('Put', webhookNode('same', { httpMethod: 'PUT' }), setNode('M', 'mark', 'put')));
    expect((await get('https://both.own.example/same')).text).toContain('Tell us');
    const put = await fetchAt('https://both.own.example/same', { method: 'PUT', body: '{}' });
    expect(await put.text()).toContain('"put"');
  });

  it('[HDM3] has nothing else of the deployment', async ({ expect }) => {
    const api = await holding('host-alone', 'alone.own.example');
    await publish(api, echo('mine'));
    await publish(await apiFor('host-other'), echo('theirs'));
    const own = 'https://alone.own.example';
    for (const path of [
      '/',
      '/v1/workflows',
      '/openapi.json',
      '/health',
      '/auth/sign-in/email',
      '/internal/stats',
      '/sso/find?email=a@b.example',
      '/hooks/host-other/theirs',
      '/forms/host-other/x',
      '/brand/host-other/logo',
      '/hooks/host-alone/../host-other/theirs',
      '//hooks/host-other/theirs',
      '/%68ooks/host-other/theirs',
      '/index.html',
    ]) {
      const { status, text } = await post(own + path);
      expect([status, text.includes('hook-not-found') || text.includes('not-found')], path).toEqual([404, true]);
    }
  });

  it('[HDM1] answers for nobody while it is only claimed, and for one at most', async ({ expect }) => {
    const first = await apiFor('host-claims');
    await publish(first, echo('mine'));
    const made = await first('POST /v1/hook-domains', { body: { domain: 'Claimed.Own.example.' } });
    expect(made).toMatchObject({
      status: 201,
      body: {
        domain: 'claimed.own.example',
        verifiedAt: null,
        address: 'https://claimed.own.example/',
        dns: { name: '_millrace.claimed.own.example', type: 'TXT' },
      },
    });
    expect((await post('https://claimed.own.example/mine')).status).toBe(404);
    const params = { id: 'claimed.own.example' };
    const unproven = await first('POST /v1/hook-domains/{id}/verify', { params });
    expect(unproven).toMatchObject({ status: 409, body: { code: 'domain-unproven' } });
    await holding('host-holder', 'claimed.own.example');
    const isVerified = await d1HookDomains(testEnv.DB, 'host-claims').verified('claimed.own.example', {
      method: 'dns',
      nowMs: 1,
    });
    expect(isVerified).toBe(false);
    const third = await apiFor('host-third');
    const taken = await third('POST /v1/hook-domains', { body: { domain: 'claimed.own.example' } });
    expect(taken).toMatchObject({ status: 409, body: { code: 'domain-taken' } });
    expect((await third('GET /v1/hook-domains/{id}', { params })).status).toBe(404);
    for (const domain of ['localhost', '10.0.0.1', 'a_b.example', 'https://x.example', '__proto__']) {
      const { status, body } = await third('POST /v1/hook-domains', { body: { domain } });
      expect([status, body['code']], domain).toEqual([400, 'domain-invalid']);
    }
  });

  it('[HDM4][HDM5] is given up at once through its own isolate, and audited', async ({ expect }) => {
    const api = await holding('host-gone', 'gone.own.example');
    await publish(api, echo('mine'));
    expect((await post('https://gone.own.example/mine')).status).toBe(200);
    expect((await api('DELETE /v1/hook-domains/{id}', { params: { id: 'gone.own.example' } })).status).toBe(204);
    expect((await post('https://gone.own.example/mine')).status).toBe(404);
    const { body } = await api('GET /v1/audit', { query: { action: 'hook-domains.*' } });
    const records = body['records'] as { action: string; target: string }[];
    expect(records.map(({ action, target }) => [action, target])).toEqual([
      ['hook-domains.remove', 'gone.own.example'],
      ['hook-domains.create', 'gone.own.example'],
    ]);
  });
});

describe('[HDM4] whose a host is', () => {
  /** The database, counting what it is asked. */
  function counted(): { env: Env; asked: () => number } {
    let asked = 0;
    const DB = { prepare: (sql: string) => (asked++, testEnv.DB.prepare(sql)) } as unknown as D1Database;
    return { env: { ...testEnv, DB }, asked: () => asked };
  }
  const never = (): void => undefined;

  it('is asked of the database once, and never for numbers, words and the deployment’s own name', async ({
    expect,
  }) => {
    const { env, asked } = counted();
    const own = { ...env, PUBLIC_URL: 'https://millrace.example:8443/' };
    for (const host of [
      '127.0.0.1:8787',
      '[::1]:8787',
      'localhost',
      'millrace',
      'millrace.example',
      'millrace.example.',
    ]) {
      expect(tenantAt(host, own, never), host).toBeNull();
    }
    expect(asked()).toBe(0);
    await holding('host-asked', 'asked.own.example');
    expect(await tenantAt('asked.own.example:443', env, never)).toBe('host-asked');
    for (let n = 0; n < 100; n++) expect(tenantAt('asked.own.example', env, never)).toBe('host-asked');
    expect(await tenantAt('nobodys.own.example', env, never)).toBeNull();
    for (let n = 0; n < 100; n++) expect(tenantAt('nobodys.own.example', env, never)).toBeNull();
    expect(asked()).toBe(2);
  });

  it('is not asked for more new names than fifty a second', async ({ expect }) => {
    const { env, asked } = counted();
    const answers = await Promise.all(
      Array.from({ length: 500 }, (_, n) => tenantAt(`n${n}.flood.example`, env, never)),
    );
    expect(answers.filter((answer) => answer === UNASKED).length).toBeGreaterThanOrEqual(300);
    expect(asked()).toBeLessThanOrEqual(200);
  });
});
