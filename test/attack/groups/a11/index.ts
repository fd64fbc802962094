import { gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import type { Json, JsonObject } from '../../../../core/data/item.ts';
import type { WorkflowNode } from '../../../../core/graph/document.ts';
import { chain, hook, manual, node, respond, set, workflow } from '../../../served/documents.ts';
import { readAnswer } from '../../../served/server.ts';
import type { Answer, Server } from '../../../served/server.ts';
import { BlindOracle } from '../../group.ts';
import type { AttackContext, Group, GroupResult } from '../../group.ts';
import { isNamed } from '../../served.ts';
import { slug, Trial } from '../../trial.ts';
import { BODIES, HEADS, PATTERNS } from './shapes.ts';
import { jsonTestSuite } from './suite.ts';

/** On a machine that does other things too; the limits themselves are far below. */
const LIMIT_MS = 60_000;
const MEBIBYTE = 1024 * 1024;

const told = ({ status, text }: Answer): string => `${status} ${text.slice(0, 300)}`;

async function ask(server: Server, path: string, init: RequestInit = {}): Promise<Answer> {
  const headers = { authorization: `Bearer ${server.ready.apiKey}`, ...(init.headers as Record<string, string>) };
  return readAnswer(await fetch(server.ready.url + path, { ...init, headers, signal: AbortSignal.timeout(LIMIT_MS) }));
}

const JSON_TYPE = { 'content-type': 'application/json' };

/** A connection that is closed while we still send is an answer too: the server had enough. */
async function orClosed(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') throw error;
    return undefined;
  }
}

/** Nothing but a refusal or a proper answer: no failure of ours. */
const failure = (answer: Answer | undefined): string | undefined =>
  answer && (answer.status >= 500 || /"code":"internal"/.test(answer.text)) ? told(answer) : undefined;

async function bodies(server: Server, trial: Trial): Promise<void> {
  await server.publish(chain('Sizes', [hook('a11-sizes', 'responseNode'), respond({ respondWith: 'noData' })]));
  const places = ['/v1/workflows/validate', '/v1/workflows/import', `/hooks/${server.ready.tenant}/a11-sizes`];
  for (const [about, make] of BODIES) {
    for (const path of places) {
      await trial.attempt(
        `A11/body/${slug(about)}/${slug(path.split('/').at(-1) ?? '')}`,
        `${about} to ${path}`,
        async () => failure(await orClosed(ask(server, path, { method: 'POST', headers: JSON_TYPE, body: make() }))),
      );
    }
  }
  for (const [about, path, headers] of HEADS) {
    await trial.attempt(`A11/head/${slug(about)}`, about, async () =>
      failure(await orClosed(ask(server, path, { headers }))),
    );
  }
}

/** What must be refused is, and what must be read is: a parser of one's own is judged by somebody else's cases. */
async function suite(server: Server, trial: Trial, say: (text: string) => void): Promise<void> {
  const cases = jsonTestSuite();
  if (cases.length === 0) return say('  JSONTestSuite is not at hand: skipped');
  if (cases.length < 300) throw new BlindOracle(`JSONTestSuite has only ${cases.length} files`);
  for (const { name, bytes } of cases) {
    await trial.attempt(`A11/json/${name.replace('.json', '')}`, name, async () => {
      const body = new Uint8Array(bytes);
      const answer = await ask(server, '/v1/workflows/import', { method: 'POST', headers: JSON_TYPE, body });
      const code = String(answer.json?.['code'] ?? '');
      if (answer.status >= 500) return told(answer);
      if (name.startsWith('n_') && answer.status < 400) return `was taken: ${told(answer)}`;
      // An empty body is no JSON either, but has a refusal of its own.
      const isRefusedAsJson = code.startsWith('json-') || code === 'input-invalid';
      if (name.startsWith('n_') && !isRefusedAsJson) return `was read: ${told(answer)}`;
      return name.startsWith('y_') && code.startsWith('json-') ? `was not read: ${told(answer)}` : undefined;
    });
  }
}

/** A run that is stopped by a limit with a name, or ends well. */
async function bounded(server: Server, document: Parameters<Server['publish']>[0], input: unknown = {}) {
  const made = await server.api('POST', '/v1/workflows', { body: document });
  if (made.status >= 500) return told(made);
  if (made.status >= 400) return undefined;
  const id = String(made.json?.['id']);
  const published = await server.api('POST', `/v1/workflows/${id}/publish`);
  if (published.status >= 500) return told(published);
  if (published.status >= 400) return undefined;
  const answer = await ask(server, `/v1/workflows/${id}/runs?wait=40s`, {
    method: 'POST',
    headers: JSON_TYPE,
    body: JSON.stringify({ input }),
  });
  // A loop may still be going on when we stop waiting; cancelling it must work.
  const run = answer.json?.['id'];
  const rest = ['success', 'error', 'canceled'].includes(String(answer.json?.['status']));
  if (typeof run === 'string' && !rest) await server.api('POST', `/v1/runs/${run}/cancel`, { body: {} });
  if (answer.status >= 500) return told(answer);
  const error = answer.json?.['error'] as { code?: string } | undefined;
  return error && !isNamed(error.code) ? `failed without a name: ${JSON.stringify(error).slice(0, 300)}` : undefined;
}

async function documents(server: Server, trial: Trial): Promise<void> {
  const many = (count: number): WorkflowNode[] => [
    manual(),
    ...Array.from({ length: count }, (_, n) => node(`n${n}`, 'no-op', 1)),
  ];
  const fan = (count: number) =>
    workflow(
      'Fan',
      many(count),
      Array.from({ length: count }, (_, n) => ['start', `n${n}`] as const),
    );
  const deep = set('deep', { v: `={{ ${'('.repeat(20_000)}1${')'.repeat(20_000)} }}` });
  const tried: [string, () => ReturnType<typeof workflow>][] = [
    ['10,000 nodes in a row', () => chain('Row', many(10_000))],
    ['10,000 nodes side by side', () => fan(10_000)],
    [
      '100,000 edges',
      () =>
        workflow(
          'Edges',
          many(320),
          Array.from({ length: 100_000 }, (_, n) => [`n${n % 320}`, `n${(n * 7) % 320}`] as const),
        ),
    ],
    [
      'a circle',
      () =>
        workflow('Circle', many(2), [
          ['start', 'n0'],
          ['n0', 'n1'],
          ['n1', 'n0'],
        ]),
    ],
    [
      'a node that feeds itself',
      () =>
        workflow('Self', many(1), [
          ['start', 'n0'],
          ['n0', 'n0'],
        ]),
    ],
    ['an expression of 1 MiB', () => chain('Long', [manual(), set('long', { v: `={{ ${'1+'.repeat(500_000)}1 }}` })])],
    ['an expression 20,000 brackets deep', () => chain('Deep', [manual(), deep])],
    ['a name of 1 MiB', () => chain('n'.repeat(MEBIBYTE), [manual()])],
    [
      '50,000 notes',
      () => ({ ...chain('Notes', [manual()]), notes: Array.from({ length: 50_000 }, () => ({})) as never }),
    ],
    [
      '200 schedules of every second',
      () =>
        workflow(
          'Seconds',
          [
            manual(),
            ...Array.from({ length: 200 }, (_, n) =>
              node(`s${n}`, 'schedule', 1.2, {
                rule: { interval: [{ field: 'cronExpression', expression: '* * * * * *' }] },
              }),
            ),
          ],
          [],
        ),
    ],
    [
      'a wait of a thousand years',
      () =>
        chain('Long wait', [
          manual(),
          node('w', 'wait', 1.1, { resume: 'timeInterval', amount: 365_000, unit: 'days' }),
        ]),
    ],
  ];
  for (const [about, make] of tried) {
    await trial.attempt(`A11/document/${slug(about)}`, about, () => bounded(server, make()));
  }
  for (const [about, expression] of PATTERNS) {
    await trial.attempt(`A11/pattern/${slug(about)}`, about, () =>
      bounded(server, chain('Pattern', [manual(), set('match', { v: expression })])),
    );
  }
}

const LAUGHS = `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "lol">${Array.from({ length: 9 }, (_, n) => `<!ENTITY ${'bcdefghij'[n]} "${`&${'abcdefghi'[n]};`.repeat(10)}">`).join('')}]><l>&j;</l>`;

async function formats(server: Server, trial: Trial): Promise<void> {
  const upload = (path: string, worker: WorkflowNode) =>
    server.publish(
      chain(path, [
        hook(path, 'responseNode', { options: { binaryPropertyName: 'data' } }),
        { ...worker, onError: 'continue' },
        respond({ respondWith: 'noData' }),
      ]),
    );
  await upload(
    'a11-unpack',
    node('unpack', 'compression', 1.1, { operation: 'decompress', binaryPropertyName: 'data' }),
  );
  await upload('a11-csv', node('csv', 'extract-from-file', 1.1, { operation: 'csv', binaryPropertyName: 'data' }));
  await upload('a11-xml', node('xml', 'extract-from-file', 1.1, { operation: 'xml', binaryPropertyName: 'data' }));
  await upload('a11-xlsx', node('xlsx', 'extract-from-file', 1.1, { operation: 'xlsx', binaryPropertyName: 'data' }));
  await upload('a11-pdf', node('pdf', 'extract-from-file', 1.1, { operation: 'pdf', binaryPropertyName: 'data' }));
  const zeros = (size: number): Uint8Array => gzipSync(Buffer.alloc(size));
  const zip = (entries: Record<string, Uint8Array>): Uint8Array => zipSync(entries, { level: 9 });
  const nested = (depth: number): Uint8Array => {
    let inner: Uint8Array = strToU8('end');
    for (let at = 0; at < depth; at++) inner = zip({ 'x.zip': inner });
    return inner;
  };
  const wide = (count: number): Uint8Array =>
    zip(Object.fromEntries(Array.from({ length: count }, (_, n) => [`f${n}`, strToU8('')])));
  const tried: [about: string, path: string, name: string, make: () => Uint8Array][] = [
    ['gzip 1,000:1 of 300 MiB', 'a11-unpack', 'x.gz', () => zeros(300 * MEBIBYTE)],
    ['gzip twice', 'a11-unpack', 'x.gz.gz', () => gzipSync(zeros(200 * MEBIBYTE))],
    ['zip 1,000:1 of 200 MiB', 'a11-unpack', 'x.zip', () => zip({ x: new Uint8Array(200 * MEBIBYTE) })],
    ['zip of 65,535 entries', 'a11-unpack', 'x.zip', () => wide(65_535)],
    ['zip in zip 30 deep', 'a11-unpack', 'x.zip', () => nested(30)],
    ['zip cut short', 'a11-unpack', 'x.zip', () => wide(10).slice(0, -30)],
    ['gzip cut short', 'a11-unpack', 'x.gz', () => zeros(MEBIBYTE).slice(0, 200)],
    [
      'a spreadsheet that is a bomb',
      'a11-xlsx',
      'x.xlsx',
      () =>
        zip({ 'xl/worksheets/sheet1.xml': new Uint8Array(200 * MEBIBYTE), '[Content_Types].xml': strToU8('<Types/>') }),
    ],
    ['a spreadsheet that is no zip', 'a11-xlsx', 'x.xlsx', () => strToU8('PK\u0003\u0004')],
    [
      'a PDF of nothing',
      'a11-pdf',
      'x.pdf',
      () => strToU8('%PDF-1.7\n1 0 obj<</Kids[1 0 R]/Type/Pages/Count 999999999>>endobj\ntrailer<</Root 1 0 R>>'),
    ],
    ['billion laughs', 'a11-xml', 'x.xml', () => strToU8(LAUGHS)],
    [
      'quadratic entities',
      'a11-xml',
      'x.xml',
      () => strToU8(`<!DOCTYPE l [<!ENTITY a "${'x'.repeat(100_000)}">]><l>${'&a;'.repeat(10_000)}</l>`),
    ],
    [
      'external entity',
      'a11-xml',
      'x.xml',
      () => strToU8('<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><l>&a;</l>'),
    ],
    [
      'parameter entity',
      'a11-xml',
      'x.xml',
      () => strToU8('<!DOCTYPE l [<!ENTITY % a SYSTEM "http://127.0.0.1/x"> %a;]><l/>'),
    ],
    ['elements 100,000 deep', 'a11-xml', 'x.xml', () => strToU8('<a>'.repeat(100_000) + '</a>'.repeat(100_000))],
    [
      '100,000 attributes',
      'a11-xml',
      'x.xml',
      () => strToU8(`<a ${Array.from({ length: 100_000 }, (_, n) => `a${n}=""`).join(' ')}/>`),
    ],
    ['1,000,000 columns', 'a11-csv', 'x.csv', () => strToU8(`${'a,'.repeat(1_000_000)}\n${'1,'.repeat(1_000_000)}`)],
    ['a quote that never ends', 'a11-csv', 'x.csv', () => strToU8(`a\n"${'x\n'.repeat(1_000_000)}`)],
    ['2,000,000 rows', 'a11-csv', 'x.csv', () => strToU8(`a\n${'1\n'.repeat(2_000_000)}`)],
  ];
  for (const [about, path, name, make] of tried) {
    await trial.attempt(`A11/format/${slug(about)}`, about, async () => {
      const form = new FormData();
      form.set('data', new File([make() as Uint8Array<ArrayBuffer>], name));
      const sent = fetch(server.hookAddress(path), {
        method: 'POST',
        body: form,
        signal: AbortSignal.timeout(LIMIT_MS),
      });
      return failure(await orClosed(sent.then(readAnswer)));
    });
  }
}

/** Many at once, and some that never finish what they began. */
async function floods(server: Server, trial: Trial): Promise<void> {
  const together = (count: number, send: (n: number) => Promise<Answer | undefined>) => async () => {
    const answers = await Promise.all(Array.from({ length: count }, (_, n) => send(n)));
    return answers.map(failure).find((why) => why !== undefined);
  };
  const id = await server.publish(
    chain('Flood', [hook('a11-flood', 'responseNode'), respond({ respondWith: 'noData' })]),
  );
  const call = () =>
    orClosed(
      ask(server, `/hooks/${server.ready.tenant}/a11-flood`, { method: 'POST', headers: JSON_TYPE, body: '{}' }),
    );
  await trial.attempt('A11/flood/hooks', '300 calls of a webhook at once', together(300, call));
  await trial.attempt(
    'A11/flood/unknown-hooks',
    '300 calls of webhooks there are not',
    together(300, (n) => orClosed(ask(server, `/hooks/${server.ready.tenant}/none-${n}`))),
  );
  await trial.attempt(
    'A11/flood/unknown-tenants',
    '300 calls of organisations there are not',
    together(300, (n) => orClosed(ask(server, `/hooks/none-${n}/x`))),
  );
  await trial.attempt(
    'A11/flood/keys-guessed',
    '300 keys guessed at once',
    together(300, (n) =>
      orClosed(
        ask(server, '/v1/runs', { headers: { authorization: `Bearer mr_local_${String(n).padStart(43, 'A')}` } }),
      ),
    ),
  );
  await trial.attempt(
    'A11/flood/lists',
    '100 full lists at once',
    together(100, () => orClosed(ask(server, '/v1/audit?limit=200'))),
  );
  await trial.attempt('A11/flood/same-key', '50 runs of one idempotency key at once are one run', async () => {
    const begin = () =>
      ask(server, `/v1/workflows/${id}/runs`, {
        method: 'POST',
        headers: JSON_TYPE,
        body: JSON.stringify({ idempotencyKey: 'a11' }),
      });
    const answers = await Promise.all(Array.from({ length: 50 }, begin));
    const runs = new Set(answers.filter(({ status }) => status === 202).map(({ json }) => String(json?.['id'])));
    return runs.size === 1 ? undefined : `${runs.size} runs`;
  });
  await trial.attempt('A11/flood/streams', '60 event streams opened and dropped', async () => {
    const { id: run } = await server.start(
      await server.publish(chain('Waits', [manual(), node('w', 'wait', 1.1, { resume: 'webhook' })])),
      {},
      '5s',
    );
    await Promise.all(
      Array.from({ length: 60 }, async () => {
        const stop = new AbortController();
        const headers = { authorization: `Bearer ${server.ready.apiKey}` };
        await fetch(`${server.ready.url}/v1/runs/${run}/events`, { headers, signal: stop.signal }).catch(
          () => undefined,
        );
        stop.abort();
      }),
    );
    return failure(await ask(server, `/v1/runs/${run}`));
  });
  await trial.attempt('A11/flood/endless-body', 'a body that never ends', async () => {
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(MEBIBYTE).fill(32)),
    });
    const init = { method: 'POST', headers: JSON_TYPE, body: endless, duplex: 'half' } as RequestInit;
    return failure(await orClosed(ask(server, '/v1/workflows/validate', init)));
  });
  await trial.attempt('A11/flood/itself', 'a workflow that calls itself without end', async () => {
    const made = await server.create(chain('Itself', [manual()]));
    const caller = node('again', 'execute-workflow', 1.2, {
      source: 'database',
      workflowId: { mode: 'id', value: made } as unknown as Json,
    });
    const begin = node('start', 'execute-workflow-trigger', 1.1, { inputSource: 'passthrough' });
    const body = chain('Itself', [begin, { ...caller, onError: 'stop' }]) as unknown as JsonObject;
    await server.api('PUT', `/v1/workflows/${made}`, { body });
    await server.api('POST', `/v1/workflows/${made}/publish`);
    const answer = await ask(server, `/v1/workflows/${made}/runs?wait=30s`, {
      method: 'POST',
      headers: JSON_TYPE,
      body: '{}',
    });
    const run = answer.json?.['id'];
    if (typeof run === 'string' && answer.json?.['status'] !== 'error') {
      const cancelled = await server.api('POST', `/v1/runs/${run}/cancel`, { body: {} });
      if (cancelled.status >= 500) return told(cancelled);
    }
    return failure(answer);
  });
}

async function attack(context: AttackContext): Promise<GroupResult> {
  const server = await context.server();
  const trial = new Trial(await context.canary(), context.takes);
  const parts = [bodies, suite, documents, formats, floods];
  for (const part of parts) {
    await part(server, trial, context.say);
    context.say(`  ${trial.cases} cases, ${trial.succeeded.length} succeeded, ${trial.hung.length} hung`);
  }
  return trial.result();
}

export const group: Group = { name: 'A11', title: 'shapes that cost more than they weigh', run: attack };
