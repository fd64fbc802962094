import { describe, it } from 'vitest';
import type { Item, JsonObject } from '../../data/item.ts';
import type { HttpReply } from '../../node/kit.ts';
import { compileFor, resumeNode, runNode, type Trial } from '../testing.ts';
import { node } from './index.ts';

function reply(parameters: JsonObject, trial: Trial = {}): HttpReply | undefined {
  const result = runNode(node, { items: [{ a: 1 }, { a: 2 }], parameters, ...trial });
  return result.kind === 'output' ? result.reply : undefined;
}
const json: [string, string] = ['content-type', 'application/json; charset=utf-8'];

describe('respond', () => {
  it('[RSP1] answers with items or a body', ({ expect }) => {
    expect(reply({})).toEqual({ status: 200, headers: [json], body: '{"a":1}' });
    expect(reply({ respondWith: 'allIncomingItems' })?.body).toBe('[{"a":1},{"a":2}]');
    expect(reply({ respondWith: 'allIncomingItems', options: { responseKey: 'data' } })?.body).toBe(
      '{"data":[{"a":1},{"a":2}]}',
    );
    expect(reply({ respondWith: 'json', responseBody: '={"n": {{ $json.a }}}' })?.body).toBe('{"n":1}');
    expect(reply({ respondWith: 'json', responseBody: '={{ $json }}' })?.body).toBe('{"a":1}');
    expect(reply({ respondWith: 'text', responseBody: '=n={{ $json.a }}' })).toEqual({
      status: 200,
      headers: [['content-type', 'text/html; charset=utf-8']],
      body: 'n=1',
    });
    expect(reply({ respondWith: 'noData', options: { responseCode: 204 } })).toEqual({
      status: 204,
      headers: [],
      body: null,
    });
    expect(reply({ respondWith: 'redirect', redirectURL: 'https://example.com/x' })).toEqual({
      status: 307,
      headers: [['location', 'https://example.com/x']],
      body: null,
    });
    expect(reply({ respondWith: 'redirect', redirectURL: '/x', options: { responseCode: 302 } })?.status).toBe(302);
  });

  it('[RSP1] an author’s header replaces ours', ({ expect }) => {
    const options = {
      responseHeaders: {
        entries: [
          { name: 'Content-Type', value: 'application/xml' },
          { name: 'X-N', value: '={{ $json.a }}' },
        ],
      },
    };
    expect(reply({ respondWith: 'text', responseBody: '<a/>', options })?.headers).toEqual([
      ['Content-Type', 'application/xml'],
      ['X-N', '1'],
    ]);
  });

  it('[RSP1] files go by reference, small ones inline', ({ expect }) => {
    const inputs = (binary: Item['binary'] & object): Trial => ({ inputs: [[{ json: {}, binary }]] });
    const file = { mimeType: 'image/png', id: 'o1' };
    expect(reply({ respondWith: 'binary' }, inputs({ photo: file }))).toEqual({
      status: 200,
      headers: [['content-type', 'image/png']],
      body: { binary: 'o1', mimeType: 'image/png' },
    });
    expect(
      reply(
        { respondWith: 'binary', responseDataSource: 'set', inputFieldName: 'b' },
        inputs({ a: file, b: { mimeType: 'text/plain', data: 'aGk=' } }),
      )?.body,
    ).toEqual({
      binary: 'data:text/plain;base64,aGk=',
      mimeType: 'text/plain',
    });
    expect(() =>
      reply({ respondWith: 'binary', responseDataSource: 'set', inputFieldName: 'toString' }, inputs({ a: file })),
    ).toThrow("no file 'toString'");
  });

  it('[RSP1] items pass unchanged; the reply too where asked', ({ expect }) => {
    const items = [{ a: 1 }];
    expect(runNode(node, { items })).toMatchObject({ outputs: [[{ json: { a: 1 }, pairedItem: 0 }]] });
    const both = runNode(node, { items, parameters: { options: { enableResponseOutput: true } } });
    expect(both).toMatchObject({ outputs: [[{ json: { a: 1 } }], [{ json: { statusCode: 200, body: '{"a":1}' } }]] });
    expect(compileFor(node, {}).outputs).toBe(1);
  });

  it('[RSP2] refuses to send nonsense', ({ expect }) => {
    expect(() => reply({ respondWith: 'json', responseBody: '{"a": }' })).toThrow(
      "The 'Response Body' is not valid JSON.",
    );
    expect(() => reply({ options: { responseCode: 42 } })).toThrow("'42' is not an HTTP status");
    expect(() => compileFor(node, { parameters: { respondWith: 'song' } })).toThrow('cannot be answered with "song"');
  });

  it('[RSP3] signs a token with the credential, which stays with the host', ({ expect }) => {
    const credentials = { jwtAuth: { id: 'c1', name: 'Key' } };
    const trial = { items: [{ user: 'ada' }], credentials };
    const parameters = { respondWith: 'jwt', payload: '={"sub": "{{ $json.user }}"}', options: { responseCode: 201 } };
    expect(runNode(node, { ...trial, parameters })).toMatchObject({
      kind: 'effect',
      effect: {
        kind: 'transform',
        payload: { transform: 'jwt', calls: [{ parameters: { operation: 'sign', claimsJson: { sub: 'ada' } } }] },
      },
    });
    const value = { results: [{ ok: true, itemIndex: 0, items: [{ json: { token: 'a.b.c' } }] }] };
    expect(resumeNode(node, { ...trial, parameters }, { kind: 'reply', value })).toEqual({
      kind: 'output',
      outputs: [[{ json: { user: 'ada' }, pairedItem: 0 }]],
      reply: { status: 201, headers: [json], body: '{"token":"a.b.c"}' },
    });
    expect(() => runNode(node, { ...trial, parameters: { respondWith: 'jwt', payload: 'no' } })).toThrow(
      'not a JSON object',
    );
    expect(() => runNode(node, { items: [{}], parameters: { respondWith: 'jwt' } })).toThrow(
      "needs a credential of type 'jwtAuth'",
    );
  });
});
