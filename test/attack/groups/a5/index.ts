import { strToU8, zipSync } from 'fflate';
import type { Json, JsonObject } from '../../../../core/data/item.ts';
import type { WorkflowNode } from '../../../../core/graph/document.ts';
import { chain, hook, node, respond } from '../../../served/documents.ts';
import type { Answer, Server } from '../../../served/server.ts';
import { readAnswer } from '../../../served/server.ts';
import type { AttackContext, Group, GroupResult } from '../../group.ts';
import { isNamed, runAlone } from '../../served.ts';
import { slug, Trial } from '../../trial.ts';
import { PATHS, SHAPES } from './payloads.ts';

/** What a machine's own files begin with. */
const FOREIGN = /root:.*:0:0:|PATH=\/|\[extensions\]|a5-secret-of-ours/;
const told = ({ status, text }: Answer): string => `${status} ${text.slice(0, 300)}`;
const harm = (answer: Answer): string | undefined =>
  answer.status >= 500 || FOREIGN.test(answer.text) ? told(answer) : undefined;

async function files(server: Server, trial: Trial): Promise<void> {
  await server.api('PUT', '/v1/files/content?path=a5/kept.txt', {
    text: 'kept',
    headers: { 'content-type': 'application/octet-stream' },
  });
  for (const [about, path] of PATHS) {
    const at = `/v1/files/content?path=${encodeURIComponent(path)}`;
    await trial.attempt(`A5/read/${slug(about)}`, `${about} as the path of a file to read`, async () =>
      harm(await server.api('GET', at)),
    );
    await trial.attempt(`A5/write/${slug(about)}`, `${about} as the path of a file to write`, async () => {
      const headers = { 'content-type': 'application/octet-stream' };
      const answer = await server.api('PUT', at, { text: 'mine', headers });
      if (answer.status >= 400) return harm(answer);
      // What was taken is a plain name among the tenant's own files.
      const stored = String(answer.json?.['path']);
      if (stored.startsWith('/') || stored.split('/').includes('..')) return `stored as ${stored}`;
      const again = await server.api('GET', `/v1/files/content?path=${encodeURIComponent(stored)}`);
      if (again.text !== 'mine') return `is not where it was put: ${told(again)}`;
      if (!again.headers.get('content-disposition')?.startsWith('attachment')) return 'is shown in place';
      const kept = await server.api('GET', '/v1/files/content?path=a5/kept.txt');
      return kept.text === 'kept' ? undefined : 'the file beside it changed';
    });
    await trial.attempt(`A5/node/${slug(about)}`, `${about} as what a node reads`, async () => {
      let why: string | undefined;
      const read = node('n', 'read-write-file', 1.1, { operation: 'read', fileSelector: '={{ $json.path }}' });
      await runAlone(
        server,
        'Read',
        [
          {
            node: read,
            judge: (step) => {
              if (step?.error && !isNamed(step.error.code)) why = `failed without a name: ${step.error.code}`;
              if (FOREIGN.test(JSON.stringify(step?.outputs ?? null))) why = 'read a file of the machine';
            },
          },
        ],
        [{ path }] as unknown as Json,
      );
      return why;
    });
  }
}

/** A body that says where its files are: files come from multipart bodies only. */
async function bodies(server: Server, trial: Trial): Promise<void> {
  const read = node('text', 'extract-from-file', 1.1, { operation: 'text', binaryPropertyName: 'data' });
  await server.publish(
    chain('Confused', [
      hook('a5-confused', 'responseNode', { options: { binaryPropertyName: 'data' } }),
      { ...read, onError: 'continue' },
      respond(),
    ]),
  );
  const address = server.hookAddress('a5-confused');
  const file = {
    filepath: '/etc/passwd',
    path: '/etc/passwd',
    originalFilename: 'x',
    mimetype: 'text/plain',
    size: 10,
  };
  const claims: [string, unknown][] = [
    ['files list', { files: [file] }],
    ['files object', { files: { data: file } }],
    [
      'binary of an item',
      { binary: { data: { id: 'filesystem:/etc/passwd', mimeType: 'text/plain', fileName: 'x' } } },
    ],
    ['items with binary', [{ json: {}, binary: { data: { data: 'cm9vdA==', ...file } } }]],
    ['stored reference', { binary: { data: { ref: 't/other/files/x', sizeBytes: 1, mimeType: 'text/plain' } } }],
    ['buffer', { data: { type: 'Buffer', data: [1, 2, 3] } }],
  ];
  for (const type of [
    'application/json',
    'text/plain',
    'multipart/form-data; boundary=none',
    'application/x-www-form-urlencoded',
  ]) {
    for (const [about, claim] of claims) {
      await trial.attempt(`A5/claimed/${slug(type)}/${slug(about)}`, `${about} in a body sent as ${type}`, async () => {
        const answer = await readAnswer(
          await fetch(address, { method: 'POST', headers: { 'content-type': type }, body: JSON.stringify(claim) }),
        );
        return FOREIGN.test(answer.text) || /"code":"internal"/.test(answer.text) ? told(answer) : undefined;
      });
    }
  }
  for (const [about, name] of PATHS) {
    await trial.attempt(`A5/multipart/${slug(about)}`, `${about} as the name of an uploaded file`, async () => {
      const form = new FormData();
      form.set('data', new File(['uploaded'], name, { type: 'text/plain' }));
      const answer = await readAnswer(await fetch(address, { method: 'POST', body: form }));
      return FOREIGN.test(answer.text) || /"code":"internal"/.test(answer.text) ? told(answer) : undefined;
    });
  }
}

const CONFUSED: readonly WorkflowNode[] = [
  node('n', 'read-write-file', 1.1, { operation: 'read', fileSelector: '={{ $json.v }}' }),
  node('n', 'read-write-file', 1.1, { operation: 'write', fileName: '={{ $json.v }}', dataPropertyName: 'data' }),
  node('n', 'extract-from-file', 1.1, { operation: 'text', binaryPropertyName: '={{ $json.v }}' }),
  node('n', 'convert-to-file', 1.1, { operation: 'toText', sourceProperty: '={{ $json.v }}' }),
  node('n', 'compression', 1.1, { operation: 'decompress', binaryPropertyName: '={{ $json.v }}' }),
  node('n', 'http-request', 4.2, { method: 'GET', url: '={{ $json.v }}', options: {} }),
  node('n', 'html', 1.2, { operation: 'generateHtmlTemplate', html: '={{ $json.v }}' }),
  node('n', 'xml', 1, { mode: 'xmlToJson', dataPropertyName: '={{ $json.v }}' }),
];

async function shapes(server: Server, trial: Trial): Promise<void> {
  for (const [index, confused] of CONFUSED.entries()) {
    for (const [about, v] of SHAPES) {
      const id = `A5/shape/${confused.type}-${index}/${slug(about)}`;
      await trial.attempt(id, `${about} where ${confused.type} wants a text`, async () => {
        let why: string | undefined;
        const judge = (step: { error?: { code: string }; outputs: unknown } | undefined): void => {
          if (step?.error && !isNamed(step.error.code)) why = `failed without a name: ${step.error.code}`;
          if (FOREIGN.test(JSON.stringify(step?.outputs ?? null))) why = 'read a file of the machine';
        };
        await runAlone(server, 'Shape', [{ node: confused, judge }], [{ v }] as unknown as Json);
        return why;
      });
    }
  }
}

/** A zip whose one entry is a symbolic link, written by hand: libraries make none. */
function symlinkZip(target: string): Uint8Array {
  const zip = zipSync({ link: [strToU8(target), { os: 3, attrs: (0o120777 << 16) >>> 0 }] });
  return zip;
}

async function archives(server: Server, trial: Trial): Promise<void> {
  const read = node('zip', 'compression', 1.1, { operation: 'decompress', binaryPropertyName: 'data' });
  const write = node('write', 'read-write-file', 1.1, {
    operation: 'write',
    fileName: '={{ "a5-unpacked/" + $binary.file_0.fileName }}',
    dataPropertyName: 'file_0',
  });
  await server.publish(
    chain('Unpack', [
      hook('a5-unpack', 'responseNode', { options: { binaryPropertyName: 'data' } }),
      { ...read, onError: 'continue' },
      { ...write, onError: 'continue' },
      respond(),
    ]),
  );
  const archive: [string, Uint8Array][] = [
    // fflate cannot make an entry called __proto__.
    ...PATHS.filter(([, path]) => path.length < 400 && path !== '__proto__').map(
      ([about, path]): [string, Uint8Array] => [about, zipSync({ [path]: strToU8('slipped') })],
    ),
    ['symbolic link', symlinkZip('/etc/passwd')],
    ['symbolic link up', symlinkZip('../../../etc/passwd')],
  ];
  for (const [about, bytes] of archive) {
    await trial.attempt(`A5/zip/${slug(about)}`, `${about} as an entry of a zip`, async () => {
      const form = new FormData();
      form.set('data', new File([bytes as Uint8Array<ArrayBuffer>], 'x.zip', { type: 'application/zip' }));
      const answer = await readAnswer(await fetch(server.hookAddress('a5-unpack'), { method: 'POST', body: form }));
      if (FOREIGN.test(answer.text) || /"code":"internal"/.test(answer.text)) return told(answer);
      const kept = await server.api('GET', '/v1/files/content?path=a5/kept.txt');
      if (kept.text !== 'kept') return 'a file beside it changed';
      const { files: stored } = await server.ok('GET', '/v1/files?limit=1000');
      const strays = (stored as JsonObject[])
        .map(({ path }) => String(path))
        .filter((path) => path.split('/').includes('..') || path.startsWith('/'));
      return strays.length === 0 ? undefined : `stored as ${strays[0]}`;
    });
  }
}

async function attack(context: AttackContext): Promise<GroupResult> {
  const server = await context.server();
  const trial = new Trial(await context.canary(), context.takes);
  for (const part of [files, bodies, shapes, archives]) {
    await part(server, trial);
    context.say(`  ${trial.cases} cases, ${trial.succeeded.length} succeeded`);
  }
  return trial.result();
}

export const group: Group = { name: 'A5', title: 'files, paths and confused types', run: attack };
