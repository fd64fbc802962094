import { describe, it } from 'vitest';
import { curlWorkflow } from './curl.ts';

const requestOf = (text: string): Record<string, unknown> | undefined => curlWorkflow(text)?.nodes[1]?.parameters;

describe('a curl command', () => {
  it('becomes an HTTP request with its method, headers and JSON body', ({ expect }) => {
    const command = `curl -XPOST 'https://api.example/v1/things?x=1' \\
      -H 'Content-Type: application/json' --header="X-Trace: a b" -d '{"a":"it'\\''s"}'`;
    expect(requestOf(command)).toEqual({
      method: 'POST',
      url: 'https://api.example/v1/things?x=1',
      sendHeaders: true,
      headerParameters: {
        parameters: [
          { name: 'Content-Type', value: 'application/json' },
          { name: 'X-Trace', value: 'a b' },
        ],
      },
      sendBody: true,
      specifyBody: 'json',
      jsonBody: '{"a":"it\'s"}',
    });
  });

  it('guesses what curl guesses', ({ expect }) => {
    expect(requestOf('curl example.com')).toEqual({ method: 'GET', url: 'https://example.com' });
    expect(requestOf('curl -s -o /dev/null -d a=1 -d b=2 http://h/')).toMatchObject({
      method: 'POST',
      body: 'a=1&b=2',
    });
    expect(requestOf('curl -u me:pw http://h/')).toMatchObject({
      headerParameters: { parameters: [{ name: 'Authorization', value: 'Basic bWU6cHc=' }] },
    });
    expect(requestOf('curl -u me:ü http://h/')).toMatchObject({
      headerParameters: { parameters: [{ name: 'Authorization', value: 'Basic bWU6w7w=' }] },
    });
    expect(requestOf(`curl http://h/ --data-raw $'a\\nb'`)).toMatchObject({ body: 'a\nb' });
  });

  it('is told from everything else', ({ expect }) => {
    for (const text of ['', '{"nodes":[]}', 'curly http://h/', 'curl', 'curl -X POST']) {
      expect(curlWorkflow(text)).toBeUndefined();
    }
  });
});
