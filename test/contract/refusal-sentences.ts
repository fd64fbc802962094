import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseSync } from 'rolldown/utils';

const ROOT = resolve(import.meta.dirname, '../..');

/** Where refusals are made that people meet in the app. */
const PLACES = [
  'workers/access',
  'workers/api',
  'workers/areas',
  'workers/domains',
  'workers/identity',
  'workers/kit',
  'workers/lifecycle',
  'workers/members',
  'workers/sso',
  'workers/vault',
];
const PROPERTIES = new Set(['title', 'detail', 'hint', 'message', 'text']);
/** Errors whose last argument is what people are told. */
const ERRORS = new Set(['NotLetIn', 'SignInError']);
/** Of schemas: their last argument is what is said of a value that does not fit. */
const CHECKS = new Set(['regex', 'refine', 'min', 'max', 'startsWith', 'length']);

export interface Sentence {
  file: string;
  /** English, with `{}` where a value stands. */
  text: string;
  kind: 'title' | 'detail' | 'hint' | 'message' | 'text' | 'check';
}

interface Node {
  type: string;
  [property: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

function* nodesIn(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const each of value) yield* nodesIn(each);
  if (!isNode(value)) return;
  yield value;
  for (const each of Object.values(value)) if (typeof each === 'object') yield* nodesIn(each);
}

/** Texts an expression may become; none where it is computed. */
function textsOf(node: unknown, constants: ReadonlyMap<string, Node>): string[] {
  if (!isNode(node)) return [];
  switch (node.type) {
    case 'Literal':
      return typeof node['value'] === 'string' ? [node['value']] : [];
    case 'ConditionalExpression':
      return [...textsOf(node['consequent'], constants), ...textsOf(node['alternate'], constants)];
    case 'LogicalExpression':
      return [...textsOf(node['left'], constants), ...textsOf(node['right'], constants)];
    case 'Identifier': {
      const constant = constants.get(String(node['name']));
      return constant ? textsOf(constant, new Map()) : [];
    }
    case 'TemplateLiteral': {
      const quasis = node['quasis'] as { value: { cooked: string } }[];
      const inner = node['expressions'] as Node[];
      return quasis.reduce<string[]>(
        (texts, quasi, at) => {
          const values = at === 0 ? [''] : partsOf(inner[at - 1], constants);
          return texts.flatMap((text) => values.map((value) => text + value + quasi.value.cooked));
        },
        [''],
      );
    }
    default:
      return [];
  }
}

/** A value within a text: itself where it is one of a few texts. */
function partsOf(node: Node | undefined, constants: ReadonlyMap<string, Node>): string[] {
  const few = node?.type === 'ConditionalExpression' ? textsOf(node, constants) : [];
  return few.length > 0 ? few : ['{}'];
}

function sentencesIn(path: string): Sentence[] {
  const file = relative(ROOT, path);
  const { program } = parseSync(path, readFileSync(path, 'utf8'));
  const nodes = [...nodesIn(program)];
  const constants = new Map<string, Node>();
  for (const node of nodes) {
    if (node.type !== 'VariableDeclarator' || !isNode(node['id']) || !isNode(node['init'])) continue;
    constants.set(String(node['id']['name']), node['init']);
  }
  const found: Sentence[] = [];
  for (const node of nodes) {
    if (node.type === 'Property' && isNode(node['key'])) {
      const kind = String(node['key']['name']);
      if (!PROPERTIES.has(kind) || (kind === 'text' && !file.startsWith('workers/sso/'))) continue;
      for (const text of textsOf(node['value'], constants)) found.push({ file, text, kind: kind as Sentence['kind'] });
    }
    if (node.type === 'NewExpression' && isNode(node['callee']) && ERRORS.has(String(node['callee']['name']))) {
      for (const text of textsOf((node['arguments'] as unknown[]).at(-1), constants)) {
        found.push({ file, text, kind: 'text' });
      }
    }
    if (node.type === 'CallExpression' && isNode(node['callee']) && file.endsWith('contract.ts')) {
      const name = isNode(node['callee']['property']) ? String(node['callee']['property']['name']) : '';
      if (!CHECKS.has(name)) continue;
      for (const text of textsOf((node['arguments'] as unknown[]).at(-1), constants)) {
        found.push({ file, text, kind: 'check' });
      }
    }
  }
  return found;
}

/** Every text of a refusal that stands in the sources of what the app asks. */
export function sentencesOfTheApi(): Sentence[] {
  return PLACES.flatMap((place) =>
    readdirSync(join(ROOT, place), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !/test|generated/.test(entry.name))
      .flatMap((entry) => sentencesIn(join(entry.parentPath, entry.name))),
  );
}
