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

function constantsIn(nodes: readonly Node[]): ReadonlyMap<string, Node> {
  const constants = new Map<string, Node>();
  for (const node of nodes) {
    if (node.type !== 'VariableDeclarator' || !isNode(node['id']) || !isNode(node['init'])) continue;
    constants.set(String(node['id']['name']), node['init']);
  }
  return constants;
}

function sentencesIn(path: string): Sentence[] {
  const file = relative(ROOT, path);
  const { program } = parseSync(path, readFileSync(path, 'utf8'));
  const nodes = [...nodesIn(program)];
  const constants = constantsIn(nodes);
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

/** Texts of several words that begin like a sentence, wherever they stand: what `core` says has no property that names it. */
function wordedIn(path: string): Sentence[] {
  const file = relative(ROOT, path);
  const { program } = parseSync(path, readFileSync(path, 'utf8'));
  const nodes = [...nodesIn(program)];
  return nodes
    .filter(({ type }) => type === 'Literal' || type === 'TemplateLiteral')
    .flatMap((node) => textsOf(node, new Map()))
    .filter((text) => /^[A-Z'"{$]/.test(text) && / /.test(text) && (text.match(/[a-zA-Z]{2,}/g) ?? []).length > 2)
    .map((text) => ({ file, text, kind: 'text' }));
}

/** Made with a code and a message: what fails a step. */
const FAILURES = new Set(['NodeError', 'EgressError']);

/** What is told of a step that failed: messages of failures, what explains them, and those that stand in replies. */
function failuresIn(path: string): Sentence[] {
  const file = relative(ROOT, path);
  const { program } = parseSync(path, readFileSync(path, 'utf8'));
  const nodes = [...nodesIn(program)];
  const constants = constantsIn(nodes);
  const found: unknown[] = [];
  for (const node of nodes) {
    if (node.type === 'NewExpression' && isNode(node['callee']) && FAILURES.has(String(node['callee']['name']))) {
      found.push((node['arguments'] as unknown[])[1]);
    }
    if (node.type !== 'ObjectExpression') continue;
    const named = new Map<string, unknown>();
    for (const each of node['properties'] as Node[]) {
      if (isNode(each['key'])) named.set(String(each['key']['name']), each['value']);
    }
    if (named.has('code')) found.push(named.get('message'));
    found.push(named.get('description'));
  }
  return found
    .flatMap((each) => textsOf(each, constants))
    .filter((text) => / /.test(text) && (text.match(/[a-zA-Z]{2,}/g) ?? []).length > 1)
    .map((text) => ({ file, text, kind: 'message' }));
}

const sourcesIn = (place: string): string[] =>
  readdirSync(join(ROOT, place), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !/test|generated/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));

/** Everything that documents, expressions, imports and the engine may say, by the folders it stands in. */
export const sentencesOfTheCore = (places: readonly string[]): Sentence[] =>
  places.flatMap((place) => sourcesIn(place).flatMap(wordedIn));

/** Every text of a refusal that stands in these folders; without any, in the sources of what the app asks. */
export const sentencesOfTheApi = (places: readonly string[] = PLACES): Sentence[] =>
  places.flatMap((place) => sourcesIn(place).flatMap(sentencesIn));

/** Every text that these folders fail a step with. */
export const sentencesOfFailures = (places: readonly string[]): Sentence[] =>
  places.flatMap((place) => sourcesIn(place).flatMap(failuresIn));
