// `npm run new area NAME`, `npm run new node NAME`: copies a complete small example and renames it.
import { cpSync, existsSync, readFileSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { updateRegistries } from './registries.ts';

const KINDS = {
  area: { folder: 'workers/areas', example: 'hello', next: 'Then: npm run db:generate (its tables), npm run check' },
  node: { folder: 'core/nodes', example: 'no-op', next: 'Then: npm run check' },
} as const;
export type Kind = keyof typeof KINDS;

const pascal = (kebab: string): string =>
  kebab.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
const camel = (kebab: string): string => pascal(kebab).replace(/^./, (letter) => letter.toLowerCase());
const snake = (kebab: string): string => kebab.replaceAll('-', '_');

/**
 * Text with every spelling of `from` turned into that of `to`. A one-word example is spelled alike in kebab, camel and
 * snake case, so what follows decides: a capital means camel, an underscore snake.
 */
export function rename(text: string, from: string, to: string): string {
  return text
    .replaceAll(pascal(from), pascal(to))
    .replace(new RegExp(`${snake(from)}(?=_)`, 'g'), snake(to))
    .replace(new RegExp(`${camel(from)}(?=[A-Z])`, 'g'), camel(to))
    .replaceAll(from, to)
    .replaceAll(camel(from), camel(to))
    .replaceAll(snake(from), snake(to));
}

/** A node made from an example stands for no n8n node until its author says so. */
const withoutN8n = (text: string): string => text.replace(/^ {2}n8n: \{.*\},\n/m, '');

function filesUnder(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((file) => join(directory, file))
    .filter((file) => statSync(file).isFile());
}

/** Makes the folder and registers it. Returns the new folder. @throws Error when the name cannot be used. */
export function create(root: string, kind: Kind, name: string): string {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name.length > 40) {
    throw new Error(`"${name}" is not a name: use kebab-case letters and digits, such as "rate-limit"`);
  }
  const { folder, example } = KINDS[kind];
  const target = join(root, folder, name);
  if (existsSync(target)) {
    throw new Error(`${folder}/${name} is already there`);
  }
  cpSync(join(root, folder, example), target, { recursive: true });
  for (const file of filesUnder(target)) {
    writeFileSync(file, rename(withoutN8n(readFileSync(file, 'utf8')), example, name));
    const renamed = file.slice(0, target.length) + rename(file.slice(target.length), example, name);
    if (renamed !== file) {
      renameSync(file, renamed);
    }
  }
  updateRegistries(root, false);
  return target;
}

if (process.argv[1] === import.meta.filename) {
  const [kind, name] = process.argv.slice(2);
  const root = resolve(import.meta.dirname, '..');
  try {
    if (!kind || !name || !Object.hasOwn(KINDS, kind)) {
      throw new Error('Usage: npm run new area|node NAME');
    }
    const target = create(root, kind as Kind, name);
    console.log(`Made ${target.slice(root.length + 1)}. ${KINDS[kind as Kind].next}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
