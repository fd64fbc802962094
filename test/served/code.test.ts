import { afterAll, beforeAll, describe, it } from 'vitest';
import { chain, code, hook, manual, node } from './documents.ts';
import { Remote } from './remote.ts';
import { itemsOf, Server, stepOf } from './server.ts';
import type { RunView } from './server.ts';

let server: Server;
let remote: Remote;
beforeAll(async () => {
  [server, remote] = await Promise.all([Server.start(), Remote.start()]);
});
afterAll(async () => {
  remote.stop();
  await server.stop();
});

const runOf = async (parameters: Record<string, string | object>): Promise<RunView> =>
  server.start(await server.publish(chain('Code', [manual(), node('code', 'code', 2, { ...parameters } as never)])), {
    input: { a: 1 },
  });

describe('code, served', () => {
  it('[COD11] sends requests through the egress rules when its node may, and not otherwise', async ({ expect }) => {
    const jsCode = `const got = await this.helpers.httpRequest({ method: 'POST', url: '${remote.url}/from-code', body: { a: 1 } });
      return { path: got.path, again: (await (await fetch('${remote.url}/again')).json()).path }`;
    const refused = await runOf({ jsCode });
    expect(refused.error).toMatchObject({ code: 'network-denied' });
    expect(remote.calls.get('/from-code')).toBeUndefined();
    const allowed = await runOf({ jsCode, options: { network: true } });
    expect(itemsOf(allowed, 'code')).toEqual([{ path: '/from-code', again: '/again' }]);
    expect(remote.calls.get('/from-code')).toBe(1);
    const metadata = await runOf({
      jsCode: `await fetch('http://169.254.169.254/'); return []`,
      options: { network: true },
    });
    expect(metadata.error).toMatchObject({ code: 'egress-refused' });
  });

  it('[PYT1] runs Python, and shows what it printed', async ({ expect }) => {
    const run = await runOf({
      language: 'python',
      pythonCode: 'print("seen", _json.a)\nreturn [{"json": {"n": _json.a + 1}}]',
    });
    expect(itemsOf(run, 'code')).toEqual([{ n: 2 }]);
    expect(stepOf(run, 'code')).toMatchObject({ logs: ['seen 1'] });
  });

  it('[COD4] ends Python that never ends, and the next run works', async ({ expect }) => {
    const run = await runOf({ language: 'python', pythonCode: 'while True:\n  pass' });
    expect(run.error).toMatchObject({ code: 'code-timeout', node: 'code' });
    const next = await runOf({ language: 'python', pythonCode: 'return {"n": 1}' });
    expect(itemsOf(next, 'code')).toEqual([{ n: 1 }]);
  });

  it('[COD15] shows what failing code printed', async ({ expect }) => {
    const run = await runOf({ jsCode: 'console.log("before", { a: 1 });\nthrow new Error("boo")' });
    expect(stepOf(run, 'code').error).toMatchObject({
      message: 'boo [line 2]',
      description: 'Console before it failed:\nbefore {"a":1}',
    });
  });

  it('[COD9] keeps static data from run to run', async ({ expect }) => {
    const count = `const data = $getWorkflowStaticData('global'); data.n = (data.n ?? 0) + 1; return { n: data.n }`;
    await server.publish(chain('Counting', [hook('counting', 'lastNode'), code('count', count)]));
    const answers = [];
    for (let n = 0; n < 3; n++) answers.push((await server.hook('counting')).json);
    expect(answers).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  });

  it('[COD10] requires packages', async ({ expect }) => {
    const jsCode = `return { text: require('cheerio').load('<p>hi</p>')('p').text(), sum: require('lodash').sum([1, 2]), at: require('moment').utc(0).format('YYYY') }`;
    expect(itemsOf(await runOf({ jsCode }), 'code')).toEqual([{ text: 'hi', sum: 3, at: '1970' }]);
  });

  it('[COD12] makes and reads files by reference', async ({ expect }) => {
    const make = `const file = await this.helpers.prepareBinaryData(Buffer.alloc(200000, 'x'), 'a.txt'); return [{ json: {}, binary: { file } }]`;
    const read = `return { length: (await this.helpers.getBinaryDataBuffer(0, 'file')).length, id: typeof $binary.file.id }`;
    const id = await server.publish(chain('Files', [manual(), code('make', make), code('read', read)]));
    expect(itemsOf(await server.start(id, { input: {} }), 'read')).toEqual([{ length: 200_000, id: 'string' }]);
  });
});
