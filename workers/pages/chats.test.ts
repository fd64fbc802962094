import { describe, it } from 'vitest';
import type { JsonObject } from '../../core/data/item.ts';
import type { WorkflowNode } from '../../core/graph/document.ts';
import { chain, node, setNode } from '../areas/workflows/testing.ts';
import { apiFor, fetchWorker } from '../kit/testing.ts';

/** A tenant with one published chat, which says back what it is told unless told otherwise. */
async function chatting(tenant: string, parameters: JsonObject = {}, ...rest: WorkflowNode[]) {
  const api = await apiFor(tenant);
  const trigger = node('Chat', 'chat-trigger', 1.3, { public: true, ...parameters });
  trigger.webhookId = 'talk';
  return {
    ...(await started(
      tenant,
      trigger,
      rest.length > 0 ? rest : [setNode('Say', 'output', '=You said {{ $json.chatInput }}')],
    )),
    api,
  };
}

async function started(tenant: string, trigger: WorkflowNode, rest: WorkflowNode[]) {
  const api = await apiFor(tenant);
  const { body } = await api('POST /v1/workflows', { body: chain('Talk', trigger, ...rest) });
  const published = await api('POST /v1/workflows/{id}/publish', { params: { id: body['id'] as string } });
  const at = async (init: RequestInit = {}, path = `/chats/${tenant}/talk`) => {
    const response = await fetchWorker(path, init);
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const tell = (message: JsonObject, headers: Record<string, string> = {}) =>
    at({ method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(message) });
  return { published, at, tell };
}

const hello = { action: 'sendMessage', sessionId: 's-1', chatInput: 'hello' };

describe('a chat’s address', () => {
  it('[CHT2][CHT3] takes messages in n8n’s form and answers with the last node', async ({ expect }) => {
    const { tell, at, published, api } = await chatting('chat-json');
    expect(published.body['hooks']).toMatchObject([{ url: 'https://millrace.test/chats/chat-json/talk' }]);
    const answer = await tell({ ...hello, metadata: { user: 7 } });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      200,
      { ...hello, metadata: { user: 7 }, output: 'You said hello' },
    ]);
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(hello) };
    expect((await at(init, '/chats/chat-json/talk/chat')).status).toBe(200);
    for (const wrong of [{}, { sessionId: 'x' }, { chatInput: '' }, [] as unknown as JsonObject]) {
      expect((await tell(wrong)).status, JSON.stringify(wrong)).toBe(400);
    }
    expect((await api('GET /v1/runs')).body['runs']).toHaveLength(2);
  });

  it('[CHT3] is answered by the first node that responds', async ({ expect }) => {
    const respond = node('R', 'respond-to-chat', 1, {
      message: '=At once: {{ $json.chatInput }}',
      waitUserReply: false,
    });
    const { tell } = await chatting(
      'chat-respond',
      { options: { responseMode: 'responseNodes' } },
      respond,
      setNode('M', 'm', 'v'),
    );
    expect(JSON.parse((await tell(hello)).text)).toEqual({ output: 'At once: hello' });
    const hook = node('R', 'respond', 1.4, { respondWith: 'text', responseBody: 'plain' });
    const other = await chatting('chat-respond-hook', { options: { responseMode: 'responseNode' } }, hook);
    expect((await other.tell(hello)).text).toBe('plain');
  });

  it('[CHT2] takes files', async ({ expect }) => {
    const { at, api } = await chatting('chat-files');
    const form = new FormData();
    for (const [name, value] of Object.entries(hello)) form.append(name, value);
    form.append('files', new File(['abc'], 'a.txt', { type: 'text/plain' }));
    const answer = await at({ method: 'POST', body: form });
    expect(JSON.parse(answer.text)).toMatchObject({
      files: [{ fileName: 'a.txt', fileSize: 3 }],
      output: 'You said hello',
    });
    const { body } = await api('GET /v1/runs/{id}', { params: { id: answer.headers.get('x-millrace-run') ?? '' } });
    const [first] = body['nodes'] as { outputs: { binary: JsonObject }[][] }[];
    expect(Object.keys(first?.outputs[0]?.[0]?.binary ?? {})).toEqual(['data0']);
  });

  it('[CHT5] knows no earlier sessions', async ({ expect }) => {
    const { tell, api } = await chatting('chat-load');
    expect((await tell({ action: 'loadPreviousSession', sessionId: 's' })).text).toBe('{"data":[]}');
    expect((await api('GET /v1/runs')).body['runs']).toEqual([]);
  });

  it('[CHT7] is open to the pages it names', async ({ expect }) => {
    const { tell, at } = await chatting('chat-origins', { options: { allowedOrigins: 'https://shop.test' } });
    const shop = await tell(hello, { origin: 'https://shop.test' });
    expect([shop.status, shop.headers.get('access-control-allow-origin')]).toEqual([200, 'https://shop.test']);
    expect((await tell(hello, { origin: 'https://evil.test' })).status).toBe(403);
    expect((await tell(hello, { origin: 'https://millrace.test' })).status).toBe(200);
    expect((await tell(hello)).status).toBe(200);
    const asked = (origin: string) =>
      at({ method: 'OPTIONS', headers: { origin, 'access-control-request-headers': 'content-type' } });
    expect((await asked('https://shop.test')).headers.get('access-control-allow-origin')).toBe('https://shop.test');
    expect((await asked('https://evil.test')).headers.get('access-control-allow-origin')).toBeNull();
    const open = await chatting('chat-open');
    expect((await open.tell(hello, { origin: 'https://any.test' })).headers.get('access-control-allow-origin')).toBe(
      '*',
    );
  });

  it('[CHT1][CHT7] with a login answers nobody without it, and no form of another site', async ({ expect }) => {
    const api = await apiFor('chat-login');
    const credential = { type: 'httpBasicAuth', name: 'Visitors', values: { user: 'ada', password: 'pass-1' } };
    const { body } = await api('POST /v1/credentials', { body: credential });
    const trigger = node('Chat', 'chat-trigger', 1.3, { public: true, mode: 'webhook', authentication: 'basicAuth' });
    trigger.webhookId = 'talk';
    trigger.credentials = { httpBasicAuth: { id: body['id'] as string, name: 'Visitors' } };
    const { tell, at } = await started('chat-login', trigger, [setNode('Say', 'output', 'ok')]);
    const authorization = `Basic ${btoa('ada:pass-1')}`;
    expect((await tell(hello)).status).toBe(401);
    expect((await tell(hello, { authorization })).status).toBe(200);
    const form = {
      method: 'POST',
      body: new URLSearchParams({ message: 'hi' }),
      headers: { authorization, origin: 'https://evil.test' },
    };
    expect((await at(form)).status).toBe(403);
    expect((await at({ headers: { authorization } })).status).toBe(405);
  });

  it('[CHT1] is only there when the chat is public', async ({ expect }) => {
    const trigger = node('Chat', 'chat-trigger', 1.3, {});
    trigger.webhookId = 'talk';
    const { at, tell } = await started('chat-private', trigger, [setNode('Say', 'output', 'ok')]);
    expect([(await at()).status, (await tell(hello)).status]).toEqual([404, 404]);
    const users = node('Chat', 'chat-trigger', 1.3, { public: true, authentication: 'n8nUserAuth' });
    const refused = await started('chat-users', users, [setNode('Say', 'output', 'ok')]);
    expect(refused.published).toMatchObject({ status: 400, body: { code: 'hook-credential-missing' } });
  });
});

describe('a chat’s page', () => {
  it('[CHT4][CHT6] works without scripts, keeping the conversation, all of it as text', async ({ expect }) => {
    const options = { title: 'Shop <b>', subtitle: 'Ask', inputPlaceholder: 'Say "hi"' };
    const { at, api } = await chatting('chat-page', { initialMessages: 'Welcome', options });
    const shown = await at();
    expect(shown.text).toContain('<h1>Shop &lt;b&gt;</h1>');
    expect(shown.text).toContain('placeholder="Say &quot;hi&quot;"');
    expect(shown.text).toContain('</span>Welcome</li>');
    expect(shown.text.match(/<script[^>]*>/g)).toEqual(['<script src="/chats/script.js" defer>']);
    expect(shown.headers.get('content-security-policy')).toContain("script-src 'self'; connect-src 'self'");
    const hidden = (text: string): [string, string][] =>
      [...text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
        name,
        value
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&#39;', "'")
          .replaceAll('&quot;', '"')
          .replaceAll('&amp;', '&'),
      ]);
    const say = async (before: string, message: string) => {
      const form = new FormData();
      for (const [name, value] of [...hidden(before), ['message', message] as const]) form.append(name, value);
      form.append('files', new File([], ''));
      return at({ method: 'POST', body: form });
    };
    const first = await say(shown.text, '<script>alert(1)</script>');
    expect(first.text).toContain('</span>You said &lt;script&gt;alert(1)&lt;/script&gt;</li>');
    const second = await say(first.text, 'again');
    expect(second.text.match(/<li class="you">/g)).toHaveLength(2);
    expect(second.text).not.toContain('<script>alert');
    await say(first.text, 'again');
    const runs = (await api('GET /v1/runs')).body['runs'] as unknown[];
    expect(runs).toHaveLength(2);
    const session = new Map(hidden(shown.text)).get('session');
    expect(new Map(hidden(second.text)).get('session')).toBe(session);
  });

  it('[CHT6] has its script as a file, and says what went wrong as a page', async ({ expect }) => {
    const { at } = await chatting(
      'chat-script',
      {},
      node('Fail', 'stop-and-error', 1, { errorMessage: 'secret detail' }),
    );
    const script = await at({}, '/chats/script.js');
    expect([script.status, script.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
    expect(script.text).not.toMatch(/innerHTML|eval|insertAdjacent|document\.write/);
    const form = new FormData();
    form.append('message', 'hi');
    const failed = await at({ method: 'POST', body: form });
    expect(failed.text).toContain('There was a problem: the workflow could not answer.');
    expect(failed.text).not.toContain('secret detail');
    expect((await at({}, '/chats/chat-script/other')).status).toBe(404);
  });

  it('[CHT8][CHT9] draws answers for its script, and a conversation again without saying anything', async ({
    expect,
  }) => {
    const { at, api } = await chatting('chat-drawn', {});
    const headers = { accept: 'text/event-stream, text/html', 'content-type': 'application/json' };
    const body = JSON.stringify({
      action: 'sendMessage',
      sessionId: 's',
      chatInput: '**b** <img src=x onerror=alert(1)>',
    });
    const spoken = await at({ method: 'POST', headers, body });
    expect(spoken.status).toBe(200);
    expect(spoken.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const [, data = '{}'] = /event: said\ndata: (.*)\n/.exec(spoken.text) ?? [];
    const { html } = JSON.parse(data) as { html: string };
    expect(html).toContain('</span>You said <strong>b</strong> &lt;img src=x onerror=alert(1)&gt;</li>');
    const nothing = await at({ method: 'POST', headers, body: '{}' });
    expect([nothing.status, nothing.text]).toEqual([400, expect.stringContaining('<h1>')]);
    const look = new FormData();
    const parts = { look: '1', message: '', session: 's-9', 'said-you': 'q', 'said-chat': '- one' };
    for (const [name, value] of Object.entries(parts)) look.append(name, value);
    const shown = await at({ method: 'POST', headers: { accept: 'text/html' }, body: look });
    expect(shown.text).toMatch(/<li class="you">[^]*q<\/li>[^]*<ul><li>one<\/li><\/ul>/);
    expect(shown.text).toContain('name="session" value="s-9"');
    expect((await api('GET /v1/runs')).body['runs']).toHaveLength(1);
  });

  it('[CHT11] is framed by the sites among its origins only', async ({ expect }) => {
    const alone = await (await chatting('chat-alone', {})).at();
    expect(alone.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(alone.headers.get('x-frame-options')).toBe('DENY');
    const options = { allowedOrigins: 'https://shop.test, https://evil.test; script-src *, javascript:alert(1)' };
    const framed = await (await chatting('chat-framed', { options })).at();
    expect(framed.headers.get('content-security-policy')).toMatch(/frame-ancestors https:\/\/shop\.test$/);
    expect(framed.headers.get('x-frame-options')).toBeNull();
  });
});
