import { describe, it } from 'vitest';
import { chain, node, webhookNode } from '../../../workers/areas/workflows/testing.ts';
import { apiFor, fetchWorker } from '../../../workers/kit/testing.ts';

// Objects without a prototype hold hostile names safely, but the platform's RPC refuses to carry them.
describe('objects without a prototype', () => {
  it('come back from a transform as items with files', async ({ expect }) => {
    const api = await apiFor('rpc-back');
    const doc = chain(
      'to file',
      node('Start', 'manual', 1),
      node('File', 'convert-to-file', 1.1, { operation: 'toJson' }),
    );
    const id = (await api('POST /v1/workflows', { body: doc })).body['id'] as string;
    const input = [{ json: { a: 1 } }];
    const { body } = await api('POST /v1/workflows/{id}/runs', {
      params: { id },
      query: { wait: '10s' },
      body: { input },
    });
    expect([body['status'], body['error']]).toEqual(['success', undefined]);
    const last = (body['nodes'] as { outputs: { binary?: Record<string, unknown> }[][] }[]).at(-1);
    expect(Object.keys(last?.outputs[0]?.[0]?.binary ?? {})).toEqual(['data']);
  });

  it('go to an effect: the query of a webhook, sent on as a body', async ({ expect }) => {
    const api = await apiFor('rpc-there');
    const send = node('Send', 'http-request', 4.2, {
      method: 'POST',
      // Refused by the egress policy, which proves that the effect was reached.
      url: 'http://10.0.0.1/',
      sendBody: true,
      specifyBody: 'json',
      jsonBody: '={{ $json.query }}',
      options: {},
    });
    const doc = chain('query on', webhookNode('query-on'), send);
    const id = (await api('POST /v1/workflows', { body: doc })).body['id'] as string;
    await api('POST /v1/workflows/{id}/publish', { params: { id } });
    const answer = await fetchWorker('/hooks/rpc-there/query-on?a=1&__proto__=2', { method: 'POST', body: '{}' });
    expect(((await answer.json()) as { code: string }).code).toBe('egress-refused');
  });
});
