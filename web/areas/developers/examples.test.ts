import { execFile } from 'node:child_process';
import { createServer, type IncomingMessage } from 'node:http';
import { describe, it } from 'vitest';
import { findTool } from '../../../scripts/system-tools.ts';
import { exampleIn, type Language, LANGUAGES } from './examples.ts';

const BODY = { name: `it's "quoted" \\ \` $HOME`, on: true, none: null, list: [1, 'ü'], inner: {} };

describe('examples', () => {
  it('never hold a key', ({ expect }) => {
    for (const { id } of LANGUAGES) {
      expect(exampleIn(id, { method: 'GET', url: 'https://x.test/v1/runs' }), id).toContain('MILLRACE_KEY');
    }
  });

  it('write a body that Go takes, whatever stands in it', ({ expect }) => {
    const text = exampleIn('go', { method: 'POST', url: 'https://x.test/', body: BODY });
    expect(text).toContain(`strings.NewReader(${JSON.stringify(JSON.stringify(BODY))})`);
    expect(exampleIn('go', { method: 'POST', url: 'https://x.test/', body: { a: 1 } })).toContain('`{"a":1}`');
  });

  it('send a file as it is', ({ expect }) => {
    const call = { method: 'PUT', url: 'https://x.test/v1/organization/logo', file: 'file' };
    for (const { id } of LANGUAGES) expect(exampleIn(id, call), id).toContain('application/octet-stream');
    expect(exampleIn('curl', call)).toContain("--data-binary @'file'");
  });

  const runners: readonly [Language, string | undefined, (text: string) => string[]][] = [
    ['curl', findTool('sh') && findTool('curl') && findTool('sh'), (text) => ['-c', text]],
    ['javascript', process.execPath, (text) => ['--input-type=module', '-e', text]],
    ['python', findTool('python3'), (text) => ['-c', text]],
  ];
  for (const [language, program, args] of runners) {
    it.runIf(program)(`send in ${language} what they say`, async ({ expect }) => {
      const heard: { method: string; url: string; key: string; body: unknown }[] = [];
      const server = createServer((request, response) => {
        void bodyOf(request).then((text) => {
          const { method = '', url = '', headers } = request;
          heard.push({
            method,
            url,
            key: headers.authorization ?? '',
            body: text === '' ? undefined : JSON.parse(text),
          });
          response.end('{"done":true}');
        });
      });
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
      const address = server.address();
      const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/v1/things/a%2Fb?x=1&y=2`;
      const said = await new Promise<string>((done, fail) => {
        const text = exampleIn(language, { method: 'POST', url, body: BODY });
        const env = { PATH: process.env['PATH'] ?? '', MILLRACE_KEY: 'mr_test' };
        execFile(program ?? '', args(text), { env, timeout: 20_000 }, (error, stdout) =>
          error ? fail(error) : done(stdout),
        );
      });
      server.close();
      expect(said).toContain('{"done":true}');
      expect(heard).toEqual([{ method: 'POST', url: '/v1/things/a%2Fb?x=1&y=2', key: 'Bearer mr_test', body: BODY }]);
    });
  }
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
