import { describe, expectTypeOf, it } from 'vitest';
import { ApiError, createClient } from './index.ts';
import type { InputOf, OutputOf } from './index.ts';

interface Sent {
  url: string;
  init: RequestInit;
}

/** A client whose server answers with `response` and remembers what it got. */
function clientFor(response: Response) {
  const sent: Sent[] = [];
  const client = createClient({
    url: 'http://127.0.0.1:8787/',
    apiKey: 'mr_local_x',
    fetch: async (url, init) => {
      sent.push({ url, init });
      return response;
    },
  });
  return { client, sent };
}

describe('the client', () => {
  it('fills the path, the query and the body', async ({ expect }) => {
    const { client, sent } = clientFor(Response.json({ id: 'run_0_1_0', duplicate: false }, { status: 202 }));
    const started = await client.call('POST /v1/workflows/{id}/runs', {
      params: { id: 'wf_a/b' },
      query: { wait: '5s' },
      body: { input: [{ x: 1 }] },
    });
    expect(started).toEqual({ id: 'run_0_1_0', duplicate: false });
    expect(sent[0]?.url).toBe('http://127.0.0.1:8787/v1/workflows/wf_a%2Fb/runs?wait=5s');
    expect(sent[0]?.init).toMatchObject({ method: 'POST', body: '{"input":[{"x":1}]}' });
    expect(sent[0]?.init.headers).toMatchObject({
      authorization: 'Bearer mr_local_x',
      'content-type': 'application/json',
    });
  });

  it('rejects with what the API said', async ({ expect }) => {
    const problem = { code: 'run-unknown', title: 'There is no such run', hint: 'Look again.', requestId: 'r1' };
    const { client } = clientFor(Response.json(problem, { status: 404 }));
    const error = await client
      .call('GET /v1/runs/{id}', { params: { id: 'run_0_1_0' } })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      status: 404,
      code: 'run-unknown',
      hint: 'Look again.',
      message: 'There is no such run',
    });
  });

  it('copes with an answer that is not the API’s', async ({ expect }) => {
    const { client } = clientFor(new Response('<h1>Bad gateway</h1>', { status: 502 }));
    await expect(client.call('GET /v1/runs')).rejects.toMatchObject({ status: 502, message: '<h1>Bad gateway</h1>' });
  });

  it('gives nothing for an empty answer', async ({ expect }) => {
    const { client } = clientFor(new Response(null, { status: 204 }));
    expect(await client.call('DELETE /v1/hello/{id}', { params: { id: 'note_1' } })).toBeUndefined();
  });

  it('refuses to call an address with a hole', async ({ expect }) => {
    const { client, sent } = clientFor(Response.json({}));
    await expect(client.call('GET /v1/runs/{id}', { params: { id: '' } })).rejects.toThrow('needs the parameter id');
    expect(sent).toEqual([]);
  });

  it('has the types of the contracts', () => {
    expectTypeOf<InputOf<'GET /v1/runs/{id}'>>().toEqualTypeOf<
      { params: { id: string } } & { query?: { wait?: string | undefined } }
    >();
    expectTypeOf<OutputOf<'GET /v1/workflows'>>().toHaveProperty('workflows');
    const { client } = clientFor(Response.json({}));
    // @ts-expect-error -- there is no such endpoint
    void (() => client.call('GET /v1/nothing'));
    // @ts-expect-error -- the id is missing
    void (() => client.call('GET /v1/runs/{id}'));
    // @ts-expect-error -- a body field of the wrong type
    void (() => client.call('POST /v1/hello', { body: { text: 1 } }));
  });
});
