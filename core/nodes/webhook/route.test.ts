import { describe, it } from 'vitest';
import type { JsonObject } from '../../data/item.ts';
import { nodeOf } from '../testing.ts';
import { node } from './index.ts';
import { hookOf, type Hook } from './route.ts';

const hook = (parameters: JsonObject, version = 2): Hook =>
  hookOf({ ...nodeOf(node, { parameters, version }), webhookId: 'hook-1' });

describe('webhook route', () => {
  it('[WHK1] what is left out has n8n’s defaults', ({ expect }) => {
    expect(hook({})).toEqual({
      method: ['GET'],
      path: 'hook-1',
      responseMode: 'onReceived',
      responseCode: 200,
      responseData: 'firstEntryJson',
      responseHeaders: [],
      rawBody: false,
      auth: 'none',
    });
  });

  it('[WHK1] reads methods, path and authentication', ({ expect }) => {
    const made = hook({
      httpMethod: ['GET', 'post', 'GET'],
      multipleMethods: true,
      path: '/orders/:id/',
      authentication: 'headerAuth',
      options: { rawBody: true },
    });
    expect(made).toMatchObject({ method: ['GET', 'POST'], path: 'orders/:id', auth: 'headerAuth', rawBody: true });
    expect(hook({ httpMethod: 'X Y', authentication: 'magic' })).toMatchObject({ method: ['GET'], auth: 'none' });
  });

  it('[WHK1] reads the response of both generations', ({ expect }) => {
    const headers = { responseHeaders: { entries: [{ name: 'X-A', value: 'b' }] } };
    expect(
      hook({ responseMode: 'lastNode', responseData: 'allEntries', responseCode: 201, options: headers }, 1),
    ).toMatchObject({
      responseMode: 'lastNode',
      responseData: 'allEntries',
      responseCode: 201,
      responseHeaders: [['X-A', 'b']],
    });
    const values = (responseCode: JsonObject): number =>
      hook({ options: { responseCode: { values: responseCode } } }).responseCode;
    expect(values({ responseCode: 204 })).toBe(204);
    expect(values({ responseCode: 'customCode', customCode: 418 })).toBe(418);
    expect(values({ responseCode: 9000 })).toBe(200);
    expect(hook({ options: { responseData: 'thanks' } }).responseText).toBe('thanks');
    expect(hook({ options: { noResponseBody: true } }).responseData).toBe('noData');
    expect(hook({ responseMode: 'lastNode', options: { responsePropertyName: 'html' } }).responseProperty).toBe('html');
  });

  it('[WHK2] reads who may call, and what becomes of files', ({ expect }) => {
    const options = {
      allowedOrigins: 'https://a.test, https://b.test/',
      ipWhitelist: ' 10.0.0.0/8 ,192.168.1.4',
      ignoreBots: true,
      binaryPropertyName: 'upload',
      rawBody: true,
    };
    expect(hook({ options })).toMatchObject({
      allowedOrigins: ['https://a.test', 'https://b.test/'],
      ipAllowList: ['10.0.0.0/8', '192.168.1.4'],
      ignoresBots: true,
      binaryProperty: 'upload',
      rawBody: true,
    });
    expect(hook({ options: { allowedOrigins: 'https://a.test, *' } }).allowedOrigins).toBeUndefined();
  });

  it('[WHK1] reads what the last node answers with', ({ expect }) => {
    expect(
      hook({
        responseMode: 'lastNode',
        responseBinaryPropertyName: 'pdf',
        options: { responseContentType: 'text/csv', responsePropertyName: 'a.b' },
      }),
    ).toMatchObject({ responseBinary: 'pdf', responseContentType: 'text/csv', responseProperty: 'a.b' });
    expect(hook({ responseMode: 'streaming' }).responseMode).toBe('streaming');
    expect(hook({ responseMode: 'magic' }).responseMode).toBe('onReceived');
  });
});
