import { describe, it } from 'vitest';
import type { JsonObject } from '../../core/data/item.ts';
import type { Workflow, WorkflowNode } from '../../core/graph/document.ts';
import { chain, node, setNode, webhookNode } from '../areas/workflows/testing.ts';
import { apiFor, fetchWorker } from '../kit/testing.ts';
import type { Caller } from '../kit/testing.ts';

async function publish(api: Caller, document: Workflow): Promise<void> {
  const { body } = await api('POST /v1/workflows', { body: document });
  const result = await api('POST /v1/workflows/{id}/publish', { params: { id: body['id'] as string } });
  if (result.status !== 200) throw new Error(JSON.stringify(result.body));
}

/** A tenant with one published webhook at `in`, and what calls it. */
async function hooked(tenant: string, parameters: JsonObject, ...rest: WorkflowNode[]) {
  const api = await apiFor(tenant);
  await publish(api, chain('Hooked', webhookNode('in', parameters), ...rest));
  return async (init: RequestInit = {}) => {
    const response = await fetchWorker(`/hooks/${tenant}/in`, { method: 'POST', ...init });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
}

const file = (name: string, text: string): WorkflowNode =>
  node('Made', 'set', 3.4, {
    assignments: { assignments: [{ id: name, name, type: 'string', value: text }] },
    includeOtherFields: true,
    options: { includeBinary: true },
  });
const jsonBody = (value: unknown): RequestInit => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

describe('answers of the last node', () => {
  it('[HOOK12] are one field, with the content type asked for', async ({ expect }) => {
    const property = { responsePropertyName: 'body.csv', responseContentType: 'text/csv' };
    const call = await hooked('answers-field', { options: property });
    const answer = await call(jsonBody({ csv: 'a,b' }));
    expect([answer.status, answer.text, answer.headers.get('content-type')]).toEqual([200, 'a,b', 'text/csv']);
    const object = await call(jsonBody({ csv: { a: 1 } }));
    expect([object.text, object.headers.get('content-type')]).toEqual(['{"a":1}', 'text/csv']);
    expect((await call(jsonBody({}))).text).toBe('null');
  });

  it('[HOOK12] are all items, or nothing', async ({ expect }) => {
    const all = await hooked('answers-all', { responseData: 'allEntries' }, setNode('Mark', 'mark', 'x'));
    expect(JSON.parse((await all()).text)).toMatchObject([{ mark: 'x' }]);
    const none = await hooked('answers-none', { responseData: 'noData', responseCode: 202 });
    expect(await none()).toMatchObject({ status: 202, text: '' });
  });

  it('[HOOK12][HOOK15] are the file named', async ({ expect }) => {
    const names = { responseData: 'firstEntryBinary', responseBinaryPropertyName: 'up1' };
    const call = await hooked('answers-file', { ...names, options: { binaryPropertyName: 'up' } }, file('n', '1'));
    const form = new FormData();
    form.append('one', new File(['first'], 'a.txt', { type: 'text/plain' }));
    form.append('two', new File(['second'], 'b.txt', { type: 'text/plain' }));
    expect(await call({ body: form })).toMatchObject({ status: 200, text: 'second' });
    expect((await call(jsonBody({}))).text).toContain('no-binary');
  });

  it('[HOOK14] have the headers the node sets in place of ours', async ({ expect }) => {
    const entries = [{ name: 'Content-Type', value: 'application/vnd.own+json' }];
    const last = await hooked('answers-type', { options: { responseHeaders: { entries } } });
    expect((await last()).headers.get('content-type')).toBe('application/vnd.own+json');
    const options = { responseData: '<p>thanks</p>', responseHeaders: { entries: [{ name: 'X-A', value: 'b' }] } };
    const first = await hooked('answers-text', { responseMode: 'onReceived', options });
    const answer = await first();
    expect([answer.text, answer.headers.get('content-type'), answer.headers.get('x-a')]).toEqual([
      '<p>thanks</p>',
      'text/html; charset=utf-8',
      'b',
    ]);
    expect(answer.headers.get('content-security-policy')).toBe('sandbox');
  });
});

describe('answers of a Respond node', () => {
  it('[HOOK13] say when it was not reached, and when there is none', async ({ expect }) => {
    const never = {
      conditions: { conditions: [{ leftValue: 1, rightValue: 2, operator: { type: 'number', operation: 'equals' } }] },
    };
    const missed = await hooked(
      'answers-missed',
      { responseMode: 'responseNode' },
      node('Never', 'filter', 2.2, never),
      node('Respond', 'respond', 1.1, { respondWith: 'text', responseBody: 'hi' }),
    );
    const answer = await missed();
    expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('without reaching')]);
    const absent = await hooked('answers-absent', { responseMode: 'responseNode' }, setNode('M', 'm', 'v'));
    expect(await absent()).toMatchObject({ status: 500, text: expect.stringContaining('no-response') as string });
  });

  it('[HOOK13] come whole when streaming: the reply, else the last node', async ({ expect }) => {
    const replied = await hooked(
      'answers-stream',
      { responseMode: 'streaming' },
      node('Respond', 'respond', 1.5, { respondWith: 'text', responseBody: 'hi', options: { enableStreaming: true } }),
    );
    expect(await replied()).toMatchObject({ status: 200, text: 'hi' });
    const last = await hooked('answers-stream-last', { responseMode: 'streaming' }, setNode('M', 'm', 'v'));
    expect(JSON.parse((await last()).text)).toMatchObject({ m: 'v' });
  });
});

describe('what is received', () => {
  it('[HOOK15] is kept raw beside what it says', async ({ expect }) => {
    const call = await hooked('answers-raw', { responseData: 'firstEntryBinary', options: { rawBody: true } });
    const spaced = '{ "a" :  1 }';
    const answer = await call({ headers: { 'content-type': 'application/json' }, body: spaced });
    expect([answer.text, answer.headers.get('content-type')]).toEqual([spaced, 'application/json']);
    const parsed = await hooked('answers-raw-body', { options: { rawBody: true, responsePropertyName: 'body' } });
    expect((await parsed({ headers: { 'content-type': 'application/json' }, body: spaced })).text).toBe('{"a":1}');
  });

  it('[HOOK16] does not come from bots or strangers', async ({ expect }) => {
    const bots = await hooked('answers-bots', { options: { ignoreBots: true } });
    expect((await bots({ headers: { 'user-agent': 'Slackbot-LinkExpanding 1.0' } })).status).toBe(403);
    expect((await bots({ headers: { 'user-agent': 'Mozilla/5.0 Firefox/140.0' } })).status).toBe(200);
    const listed = await hooked('answers-listed', { options: { ipWhitelist: '203.0.113.0/24, 2001:db8::7' } });
    const from = async (address?: string) =>
      (await listed({ headers: address === undefined ? {} : { 'cf-connecting-ip': address } })).status;
    expect(await from('203.0.113.9')).toBe(200);
    expect(await from('2001:db8:0::7')).toBe(200);
    for (const stranger of ['203.0.114.9', '2001:db8::8', 'x', undefined]) expect(await from(stranger)).toBe(403);
  });

  it('[HOOK16] may be read by listed origins only', async ({ expect }) => {
    const call = await hooked('answers-cors', { options: { allowedOrigins: 'https://app.test, https://other.test/' } });
    const allowed = async (method: string, origin: string) =>
      (await call({ method, headers: { origin, 'access-control-request-method': 'POST' } })).headers.get(
        'access-control-allow-origin',
      );
    expect(await allowed('OPTIONS', 'https://app.test')).toBe('https://app.test');
    expect(await allowed('POST', 'https://other.test')).toBe('https://other.test');
    expect(await allowed('OPTIONS', 'https://evil.test')).toBeNull();
    expect(await allowed('POST', 'https://evil.test')).toBeNull();
  });
});
