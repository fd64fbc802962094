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

  it('is read as a shell reads it, and as browsers write it', ({ expect }) => {
    expect(requestOf(String.raw`curl http://h/ -d $'it\'s \u0021\xfc \\u0021'`)).toMatchObject({
      body: "it's !ü \\u0021",
    });
    expect(requestOf(String.raw`curl http://h/ -d "{\"a\":\"b\\n\nc\$\"}"`)).toMatchObject({
      body: '{"a":"b\\n\\nc$"}',
    });
    expect(requestOf('curl http://h/ \\\r\n  -d "a\\\nb"\'c\'d\\ e')).toMatchObject({ body: 'abcd e' });
  });

  it('calls the address, not a file that it reads or writes', ({ expect }) => {
    expect(requestOf('curl -c jar.txt -b jar.txt -sD - https://h/')).toEqual({ method: 'GET', url: 'https://h/' });
    expect(requestOf('curl -T up.bin https://h/')).toEqual({ method: 'PUT', url: 'https://h/' });
    for (const flag of ['--oauth2-bearer t0ken', '--oauth2-bearer=t0ken']) {
      expect(requestOf(`curl ${flag} https://h/`)).toMatchObject({
        url: 'https://h/',
        headerParameters: { parameters: [{ name: 'Authorization', value: 'Bearer t0ken' }] },
      });
    }
  });

  it('brings cookies, the agent, forms and what goes into the address', ({ expect }) => {
    expect(requestOf(`curl 'https://h/a?x=1' -b 'sid=1; t=2' -A Me --compressed -H 'Accept: */*'`)).toMatchObject({
      method: 'GET',
      headerParameters: {
        parameters: [
          { name: 'Cookie', value: 'sid=1; t=2' },
          { name: 'User-Agent', value: 'Me' },
          { name: 'Accept', value: '*/*' },
        ],
      },
    });
    expect(requestOf(`curl -G https://h/a?x=1 --data-urlencode 'q=a b&c' -d z=2`)).toEqual({
      method: 'GET',
      url: 'https://h/a?x=1&q=a%20b%26c&z=2',
    });
    expect(requestOf(`curl https://h/ -F 'name=Ada L' -F note=x=y`)).toMatchObject({
      method: 'POST',
      contentType: 'multipart-form-data',
      bodyParameters: {
        parameters: [
          { parameterType: 'formData', name: 'name', value: 'Ada L' },
          { parameterType: 'formData', name: 'note', value: 'x=y' },
        ],
      },
    });
    expect(requestOf('curl -I https://h/')).toMatchObject({ method: 'HEAD' });
  });

  it('never becomes an expression', ({ expect }) => {
    const taken = requestOf(`curl https://h/ -H 'X: ={{ $vars.secret }}' -d '={{ $vars.secret }}'`);
    const body = '={{ "={{ $vars.secret \\u007d\\u007d" }}';
    expect(taken).toMatchObject({ body, headerParameters: { parameters: [{ name: 'X', value: body }] } });
    expect(requestOf(`curl https://h/ -X '={{ []+{} }}'`)).toMatchObject({
      method: '={{ "={{ []+{\\u007d \\u007d\\u007d" }}',
    });
  });

  it('may have its flags in one word', ({ expect }) => {
    expect(requestOf('curl -sX PUT https://h/')).toEqual({ method: 'PUT', url: 'https://h/' });
    expect(requestOf(`curl -fsSLo out.json https://h/`)).toEqual({ method: 'GET', url: 'https://h/' });
    expect(requestOf(`curl -sd a=1 https://h/`)).toMatchObject({ method: 'POST', body: 'a=1' });
  });

  it('takes files of a form from the item: the command knows their names alone', ({ expect }) => {
    expect(requestOf(`curl https://h/ -F 'photo=@a b.png;type=image/png' --form-string note=@home`)).toMatchObject({
      bodyParameters: {
        parameters: [
          { parameterType: 'formBinaryData', name: 'photo', inputDataFieldName: 'photo' },
          { parameterType: 'formData', name: 'note', value: '@home' },
        ],
      },
    });
  });

  it('is told from everything else', ({ expect }) => {
    for (const text of ['', '{"nodes":[]}', 'curly http://h/', 'curl', 'curl -X POST']) {
      expect(curlWorkflow(text)).toBeUndefined();
    }
  });
});
