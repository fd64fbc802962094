import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { describe, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(resolve(root, path), 'utf8');
const filesIn = (folder: string, end: string): string[] =>
  readdirSync(resolve(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(end))
    .map((path) => `${folder}/${path}`);

const FOLDERS = ['core', 'docs', 'durable-objects', 'scripts', 'sdk', 'test', 'web', 'workers'];
const DOCUMENTS = ['README.md', ...FOLDERS.flatMap((folder) => filesIn(folder, '.md'))];
/** Where a path that is written in a document may begin, besides beside the document itself. */
const BEGINNINGS = ['', 'core', 'durable-objects', 'web', 'workers'];
/** Names of tests by file: `it('…')`, `it.for(…)('…')`, and `step('…')`, which is an `it` with a clock. */
const NAMES = new Map(
  filesIn('test/e2e', '.ts').map((path) => [
    path,
    [...read(path).matchAll(/(?:\b(?:it|step)|\]\))\(\s*(['`])((?:\\.|(?!\1).)+)\1/g)].map(([, , name = '']) =>
      name.replaceAll("\\'", "'"),
    ),
  ]),
);
/** Of a file of `test/e2e` by its short name, and of the folder of that name, whose tests it runs. */
const namesOf = (file: string): string[] =>
  [...NAMES].flatMap(([path, names]) =>
    path === `test/e2e/${file}.test.ts` || path.startsWith(`test/e2e/${file}/`) ? names : [],
  );
const rowsOf = (path: string): string[][] =>
  read(path)
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| -+/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()));

describe('what documents say', () => {
  it('of files: each is there', ({ expect }) => {
    expect(DOCUMENTS.length).toBeGreaterThan(100);
    const isThere = (path: string, from: string): boolean =>
      [...BEGINNINGS, dirname(from), dirname(dirname(from))].some((folder) => existsSync(resolve(root, folder, path)));
    const lost = DOCUMENTS.flatMap((document) => {
      const text = read(document);
      const links = [...text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)]
        .map(([, path = '']) => path)
        .filter((path) => !existsSync(resolve(root, dirname(document), path)));
      const named = [...text.matchAll(/`([\w{},.@-]+\/[\w{},./@-]+\.(?:tsx?|mjs|js|css|md|json|toml))`/g)]
        .flatMap(([, path = '']) => expanded(path))
        .filter((path) => !isThere(path, document));
      return [...links, ...named].map((path) => `${document}: ${path}`);
    });
    expect(lost).toEqual([]);
  });

  it('of the tests of the editor: each has the name that stands there', ({ expect }) => {
    const rows = rowsOf('docs/design/editor.md').slice(1);
    expect(rows.length).toBeGreaterThan(25);
    const lost = rows.flatMap(([, , files = '', tests = '']) => {
      const names = files.split(',').flatMap((file) => namesOf(file.trim()));
      return tests
        .split(';')
        .map((test) => test.trim().replace(/\s*…$/, ''))
        .filter((test) => test === '' || !names.some((name) => name.includes(test)));
    });
    expect(lost).toEqual([]);
  });

  it('of the tests of the app: each has the name that stands there', ({ expect }) => {
    const rows = rowsOf('docs/design/web-coverage.md');
    expect(rows.length).toBeGreaterThan(35);
    const lost = rows.flatMap(([, , where = '']) => {
      let file = '';
      return [...where.matchAll(/`([^`]+)`|"([^"]+)"|\[([A-Z]+\d+)/g)].flatMap(([, named, begin, rule]) => {
        if (named !== undefined) {
          file = named;
          return named.includes('/') || namesOf(named).length > 0 ? [] : [named];
        }
        const wanted = begin ?? `[${rule}`;
        return namesOf(file).some((name) => name.includes(wanted)) ? [] : [`${file}: ${wanted}`];
      });
    });
    expect(lost).toEqual([]);
  });
});

/** `a/{b,c}.ts` is two. */
function expanded(path: string): string[] {
  const [whole, choices] = /\{([^}]+)\}/.exec(path) ?? [];
  return whole && choices ? choices.split(',').flatMap((each) => expanded(path.replace(whole, each))) : [path];
}
