import { describe, it } from 'vitest';
import type { JsonObject } from '../../core/data/item.ts';
import type { WorkflowNode } from '../../core/graph/document.ts';
import { chain, node, setNode } from '../areas/workflows/testing.ts';
import { apiFor, fetchWorker } from '../kit/testing.ts';
import { get, publish, send } from './form-testing.ts';

const say = (name: string, message: string, more: JsonObject = {}): WorkflowNode =>
  node(name, 'respond-to-chat', 1.1, { message, operation: 'send', ...more });
const ask = (name: string, message: string) => say(name, message, { operation: 'sendAndWait' });

/** A tenant with one published chat. */
async function chatting(tenant: string, options: JsonObject, ...rest: WorkflowNode[]) {
  const api = await apiFor(tenant);
  const trigger = node('Chat', 'chat-trigger', 1.4, { public: true, options });
  trigger.webhookId = 'talk';
  const { body } = await api('POST /v1/workflows', { body: chain('Talk', trigger, ...rest) });
  await api('POST /v1/workflows/{id}/publish', { params: { id: body['id'] as string } });
  const path = `/chats/${tenant}/talk`;
  const post = (chatInput: string, { session = 's-1', query = '', accept = 'text/event-stream' } = {}) =>
    fetchWorker(`${path}${query}`, {
      method: 'POST',
      headers: { accept, 'content-type': 'application/json' },
      body: JSON.stringify({ action: 'sendMessage', sessionId: session, chatInput }),
    });
  const runs = async () => (await api('GET /v1/runs')).body['runs'] as { id: string; status: string }[];
  return { api, path, post, runs };
}

/** What a stream tells: `said:text`, `state:word`. */
async function told(response: Response): Promise<{ run: string; token: string; lines: string[] }> {
  const frames = (await response.text()).matchAll(/event: (\w+)\ndata: (.*)\n\n/g);
  const events = [...frames].map(([, event = '', data = '']) => ({ event, data: JSON.parse(data) as JsonObject }));
  const { run, token } = (events.find(({ event }) => event === 'run')?.data ?? {}) as { run: string; token: string };
  const lines = events.flatMap(({ event, data }) =>
    event === 'said' ? [`said:${String(data['text'])}`] : event === 'state' ? [`state:${String(data['state'])}`] : [],
  );
  return { run, token, lines };
}

describe('what a chat is told as it happens', () => {
  it('[CHT3] is every answer of the run in order, and the last node’s', async ({ expect }) => {
    const rest = [say('A', '=One, {{ $json.chatInput }}'), say('B', 'Two'), setNode('Last', 'output', 'Three')];
    const { post } = await chatting('talk-all', {}, ...rest);
    const stream = await post('hello');
    expect([stream.status, stream.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
    expect((await told(stream)).lines).toEqual(['said:One, hello', 'said:Two', 'said:Three', 'state:ended']);
    const own = await chatting('talk-own', { responseMode: 'responseNodes' }, ...rest);
    expect((await told(await own.post('x'))).lines).toEqual(['said:One, x', 'said:Two', 'state:ended']);
    const silent = await chatting('talk-silent', { responseMode: 'responseNodes' }, setNode('M', 'output', 'no'));
    expect((await told(await silent.post('x'))).lines).toEqual(['state:ended']);
  });

  it('[CHT3] is what a Respond node replies, and that it failed', async ({ expect }) => {
    const hook = node('R', 'respond', 1.4, { respondWith: 'text', responseBody: 'plain' });
    const fail = node('F', 'stop-and-error', 1, { errorMessage: 'secret detail' });
    const { post } = await chatting('talk-fails', { responseMode: 'responseNode' }, hook, fail);
    const stream = await post('x');
    expect((await told(stream)).lines).toEqual(['said:plain', 'state:failed']);
  });

  it('[CHT14] goes on where the page was, from the journal, for who has the run’s token only', async ({ expect }) => {
    const { post, path } = await chatting('talk-again', {}, say('A', 'One'), setNode('Last', 'output', 'Two'));
    const { run, token } = await told(await post('hello'));
    const again = (query: Record<string, string>) =>
      fetchWorker(`${path}?${new URLSearchParams({ run, token, seen: '0', ...query })}`, {
        headers: { accept: 'text/event-stream' },
      });
    expect((await told(await again({}))).lines).toEqual(['said:One', 'said:Two', 'state:ended']);
    expect((await told(await again({ seen: '1' }))).lines).toEqual(['said:Two', 'state:ended']);
    expect((await told(await again({ seen: '2' }))).lines).toEqual(['state:ended']);
    for (const wrong of [
      { token: 'x'.repeat(22) },
      { run: 'run_0_zz_1' },
      { run: '__proto__' },
      { run: 'run_9_1_1' },
    ]) {
      const refused = await again(wrong);
      expect([refused.status, refused.headers.get('content-type')], JSON.stringify(wrong)).toEqual([
        404,
        'application/problem+json',
      ]);
    }
  });

  /** What listening to a run by a chat is answered with. */
  const listens = async (path: string, run: string, token: string): Promise<number> => {
    const address = `${path}?${new URLSearchParams({ run, token })}`;
    return (await fetchWorker(address, { headers: { accept: 'text/event-stream' } })).status;
  };

  it('[CHT16] is not told to who was asked to approve: their link is for that', async ({ expect }) => {
    const boss = node('Boss', 'approval', 1, {});
    const { post, path, api } = await chatting('talk-boss', {}, say('A', 'One'), boss);
    const stream = (await post('hello')).body?.pipeThrough(new TextDecoderStream()).getReader();
    const [, begun = '{}'] = /event: run\ndata: (.*)\n/.exec((await stream?.read())?.value ?? '') ?? [];
    const { run = '', token = '' } = JSON.parse(begun) as Record<string, string>;
    const { body } = await api('GET /v1/runs/{id}', { params: { id: run }, query: { wait: '5s' } });
    const [link] = body['resumeUrls'] as { url: string }[];
    expect(await listens(path, run, link?.url.split('/').at(-1) ?? '')).toBe(404);
    expect(await listens(path, run, token)).toBe(200);
    await stream?.cancel();
  });

  it('[CHT16] is of runs that this chat began, not of a form’s', async ({ expect }) => {
    const { path, api } = await chatting('talk-form', {}, setNode('Last', 'output', 'x'));
    const formFields = { values: [{ fieldLabel: 'N' }] };
    const form = node('Form', 'form-trigger', 2.3, { formTitle: 'T', formFields, options: { path: 'tell' } });
    const secret = setNode('Secret', 'output', 'kept from visitors');
    await publish(api, chain('Ask', form, node('Page', 'form', 2.3, { formFields }), secret));
    const first = '/forms/talk-form/tell';
    const { location } = await send(first, (await get(first)).text, { 'field-0': 'x' });
    await send(location, (await get(location)).text, { 'field-0': 'y' });
    const [, , , run = '', token = ''] = location.split('/');
    await api('GET /v1/runs/{id}', { params: { id: run }, query: { wait: '5s' } });
    expect(await listens(path, run, token)).toBe(404);
  });

  it('[CHT14] is taken once, however often it is sent', async ({ expect }) => {
    const { post, runs } = await chatting('talk-once', {}, setNode('Last', 'output', '=<{{ $json.chatInput }}>'));
    const query = '?key=message-0001';
    const [first, second] = [await told(await post('a', { query })), await told(await post('a', { query }))];
    expect(second).toEqual(first);
    expect(first.lines).toEqual(['said:<a>', 'state:ended']);
    expect(await runs()).toHaveLength(1);
  });

  it('[CHT12] waits for the next message of its session, and of no other', async ({ expect }) => {
    const rest = [
      ask('Who', 'Who are you?'),
      ask('Age', '=How old are you, {{ $json.chatInput }}?'),
      setNode('Last', 'output', '={{ $json.chatInput }} is fine.'),
    ];
    const { post, runs, api } = await chatting('talk-waits', {}, ...rest);
    const first = await told(await post('hello'));
    expect(first.lines).toEqual(['said:Who are you?', 'state:asks']);
    expect((await told(await post('hi', { session: 's-2' }))).lines).toEqual(['said:Who are you?', 'state:asks']);
    const query = `?key=message-0002&run=${first.run}&token=${first.token}&seen=1`;
    const next = await told(await post('Ada', { query }));
    expect([next.run, next.lines]).toEqual([first.run, ['said:How old are you, Ada?', 'state:asks']]);
    // sent again by a page that heard nothing of it: it is not the answer to the next question
    expect((await told(await post('Ada', { query }))).lines).toEqual(next.lines);
    expect(await runs()).toHaveLength(2);
    const { body } = await api('GET /v1/runs/{id}', { params: { id: first.run } });
    expect(body).toMatchObject({ status: 'waiting', waitingFor: 'chat' });
    // a program says the session alone
    const last = await post('36', { accept: 'application/json' });
    expect(await last.json()).toMatchObject({ output: '36 is fine.', sessionId: 's-1', action: 'sendMessage' });
    const anew = await post('again', { accept: 'application/json' });
    expect(await anew.json()).toEqual({ output: 'Who are you?' });
    expect(await runs()).toHaveLength(3);
  });

  it('[CHT3] gives a program the question at once, also one that waits with a limit', async ({ expect }) => {
    const values = { limitType: 'afterTimeInterval', resumeAmount: 1, resumeUnit: 'hours' };
    const limited = say('Q', 'Who?', { operation: 'sendAndWait', options: { limitWaitTime: { values } } });
    const { post } = await chatting('talk-limited', {}, limited, setNode('Last', 'output', '={{ $json.chatInput }}!'));
    expect(await (await post('hello', { accept: 'application/json' })).json()).toEqual({ output: 'Who?' });
    expect(await (await post('Ada', { accept: 'application/json' })).json()).toMatchObject({ output: 'Ada!' });
  });

  it('[CHT12] is not answered at the run’s address, but by members', async ({ expect }) => {
    const { post, api } = await chatting('talk-members', {}, ask('Q', 'Yes?'), setNode('L', 'output', 'ok'));
    const { run, token } = await told(await post('hello'));
    const { body } = await api('GET /v1/runs/{id}', { params: { id: run } });
    const [resume] = body['resumeUrls'] as { url: string }[];
    for (const path of [
      (resume?.url ?? '').replace(/^.*(?=\/waiting\/)/, ''),
      `/waiting/talk-members/${run}/${token}`,
    ]) {
      for (const method of ['GET', 'POST']) await fetchWorker(path, { method, redirect: 'manual' });
    }
    const still = await api('GET /v1/runs/{id}', { params: { id: run } });
    expect(still.body).toMatchObject({ waitingFor: 'chat' });
    await api('POST /v1/runs/{id}/answer', { params: { id: run }, body: { remark: 'no' } });
    const done = await api('GET /v1/runs/{id}', { params: { id: run }, query: { wait: '5s' } });
    const last = (done.body['nodes'] as { outputs: { json: JsonObject }[][] }[]).at(-1);
    expect(last?.outputs[0]?.[0]?.json).toMatchObject({ chatInput: 'no', sessionId: 's-1', output: 'ok' });
  });
});

describe('[CHT6] a chat’s page without scripts', () => {
  const hidden = (text: string): [string, string][] =>
    [...text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]);

  it('shows every answer, and goes on with a run that asks', async ({ expect }) => {
    const rest = [say('A', 'One'), ask('B', 'Two?'), setNode('Last', 'output', '=Three: {{ $json.chatInput }}')];
    const { path, runs } = await chatting('talk-plain', {}, ...rest);
    const tell = async (before: string, message: string, more: Record<string, string> = {}) => {
      const form = new FormData();
      for (const [name, value] of [...hidden(before), ['message', message] as const, ...Object.entries(more)]) {
        form.append(name, value);
      }
      return (await fetchWorker(path, { method: 'POST', headers: { accept: 'text/html,*/*' }, body: form })).text();
    };
    const shown = await (await fetchWorker(path)).text();
    const first = await tell(shown, 'hello');
    expect([...first.matchAll(/<li class="chat" data-said="([^"]*)"/g)].map(([, text]) => text)).toEqual([
      'Hi there! 👋',
      'How can I help you today?',
      'One',
      'Two?',
    ]);
    const second = await tell(first, 'yes');
    expect(second.match(/data-said="(One|Two\?|Three: yes)"/g)).toHaveLength(3);
    expect(second.match(/<li class="you">/g)).toHaveLength(2);
    expect(await runs()).toHaveLength(1);
    // looked at again, it says nothing twice
    const looked = await tell(second, '', { look: '1' });
    expect(looked.match(/data-said="Three: yes"/g)).toHaveLength(1);
    expect(await runs()).toHaveLength(1);
  });

  it('says that somebody else has to do their part, and shows what comes later', async ({ expect }) => {
    const rest = [say('A', 'I ask.'), node('Boss', 'approval', 1, {}), setNode('Last', 'output', 'Granted')];
    const { path, api, runs } = await chatting('talk-rests', {}, ...rest);
    const form = new FormData();
    form.append('message', 'may I?');
    const shown = await (await fetchWorker(path, { method: 'POST', body: form })).text();
    expect(shown).toContain('It goes on when somebody else has done their part.');
    expect(shown).toContain('name="look" value="1" formnovalidate');
    const [run] = await runs();
    await api('POST /v1/runs/{id}/answer', { params: { id: run?.id ?? '' }, body: { approved: true } });
    const look = new FormData();
    for (const [name, value] of [...hidden(shown), ['message', ''], ['look', '1']] as const) look.append(name, value);
    const later = await (await fetchWorker(path, { method: 'POST', body: look })).text();
    expect(later.match(/data-said="(I ask\.|Granted)"/g)).toHaveLength(2);
  });
});
