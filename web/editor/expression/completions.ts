import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  snippetCompletion,
} from '@codemirror/autocomplete';
import type { Member } from '../../../core/expression/index.ts';
import type { ExpressionContext } from './context.tsx';

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
const ROOTS: readonly [name: string, detail: string][] = [
  ['$json', '{ } input'],
  ['$input', 'input'],
  ['$vars', 'variables'],
  ['$now', 'DateTime'],
  ['$today', 'DateTime'],
  ['$binary', 'files'],
  ['$itemIndex', 'number'],
  ['$runIndex', 'number'],
  ['$workflow', '{ }'],
  ['$execution', '{ }'],
  ['$prevNode', '{ }'],
  ['$parameter', '{ }'],
];
const FUNCTIONS = ['$if', '$ifEmpty', '$min', '$max', '$average', '$jmespath', '$fromAI'];
const OF_NODE = ['item', 'first()', 'last()', 'all()', 'itemMatching()', 'params', 'isExecuted', 'context'];

/** The part of `before` that is the object in front of its last dot: `$('A').item.json.x.tr` → `$('A').item.json.x`. */
export function baseOf(before: string): { base: string; typed: string } | undefined {
  const match = /\??\.([\w$]*)$/.exec(before);
  if (!match) return undefined;
  let at = match.index;
  const end = at;
  while (at > 0) {
    const last = before[at - 1] ?? '';
    if (/[\w$]/.test(last)) {
      while (at > 0 && /[\w$]/.test(before[at - 1] ?? '')) at--;
    } else if (last === ')' || last === ']') {
      at = opening(before, at - 1);
      if (at < 0) return undefined;
      continue;
    } else if (/['"`]/.test(last)) {
      at = before.lastIndexOf(last, at - 2);
      if (at < 0) return undefined;
    } else return undefined;
    if (before[at - 1] !== '.') break;
    at -= before[at - 2] === '?' ? 2 : 1;
  }
  const base = before.slice(at, end);
  return base === '' ? undefined : { base, typed: match[1] ?? '' };
}

/** Where the bracket that ends at `close` begins; -1 when nowhere. Texts inside are passed over. */
function opening(text: string, close: number): number {
  let depth = 0;
  for (let at = close; at >= 0; at--) {
    const char = text[at] ?? '';
    if (/['"`]/.test(char) && at < close) at = text.lastIndexOf(char, at - 1);
    else if (char === ')' || char === ']') depth++;
    else if (char === '(' || char === '[') depth--;
    if (at < 0) return -1;
    if (depth === 0) return at;
  }
  return -1;
}

/** What can stand at the cursor, by what the data of the last run holds. */
export async function complete(
  context: CompletionContext,
  expressions: ExpressionContext | undefined,
): Promise<CompletionResult | null> {
  const text = context.state.sliceDoc(0, context.pos);
  const begin = text.lastIndexOf('{{') + 2;
  if (begin < 2 || text.indexOf('}}', begin) >= 0) return null;
  const before = text.slice(begin);
  const names = nodeNames(context, expressions, before);
  if (names) return names;
  const chain = baseOf(before);
  if (chain) return membersAt(context, chain, expressions);
  const word = /(?:^|[^\w$.'"])([$\w]*)$/.exec(before)?.[1] ?? '';
  if (word === '' && !context.explicit && before.trim() !== '') return null;
  const options: Completion[] = [
    ...ROOTS.map(([label, detail]): Completion => ({
      label,
      detail,
      type: 'variable',
      boost: label === '$json' ? 9 : 1,
    })),
    snippetCompletion("$('${name}')", { label: "$('…')", detail: 'node', type: 'function', boost: 5 }),
    ...FUNCTIONS.map((each) => snippetCompletion(`${each}(\${})`, { label: each, type: 'function' })),
  ];
  return { from: context.pos - word.length, options, validFor: /^[$\w]*$/ };
}

/** Names of steps inside `$('…`, or `_('…` in Python. */
export function nodeNames(
  context: CompletionContext,
  expressions: ExpressionContext | undefined,
  before = context.state.doc
    .lineAt(context.pos)
    .text.slice(0, context.pos - context.state.doc.lineAt(context.pos).from),
): CompletionResult | null {
  const name = /(?:\$|(?<![\w$])_)\(\s*(['"])([^'"]*)$/.exec(before);
  if (!name || !expressions) return null;
  const { nodes, node: own } = expressions.sample;
  const options = nodes
    .filter((node) => node.name !== own.name)
    .map((node): Completion => ({ label: node.name, type: 'text', apply: escapedFor(node.name, name[1] ?? "'") }));
  return { from: context.pos - (name[2] ?? '').length, options, validFor: /^[^'"]*$/ };
}

async function membersAt(
  context: CompletionContext,
  { base, typed }: { base: string; typed: string },
  expressions: ExpressionContext | undefined,
): Promise<CompletionResult | null> {
  const from = context.pos - typed.length;
  const isNode = /^\$\(\s*(?:'[^']*'|"[^"]*")\s*\)$/.test(base);
  const fixed =
    isNode || base === '$input' ? (isNode ? OF_NODE : OF_NODE.filter((each) => !/Matching|isExec/.test(each))) : [];
  const members = fixed.length > 0 ? [] : ((await expressions?.preview.members(base, expressions.item)) ?? []);
  if (context.aborted) return null;
  const options: Completion[] = fixed.map((each) => ({ label: each.replace('()', ''), type: 'property', apply: each }));
  options.push(...members.map(memberOption));
  return options.length > 0 ? { from, options, validFor: /^[\w$]*$/ } : null;
}

function memberOption({ name, kind, sample }: Member): Completion {
  if (kind === 'method') return snippetCompletion(`${name}(\${})`, { label: name, type: 'method', detail: '( )' });
  return {
    label: name,
    type: 'property',
    boost: 2,
    ...(sample === undefined ? {} : { detail: sample }),
    ...(IDENTIFIER.test(name) ? {} : { apply: bracketed(name) }),
  };
}

/** A name that cannot stand behind a dot. */
export const bracketed =
  (name: string): Exclude<Completion['apply'], string | undefined> =>
  (view, _completion, from, to) =>
    view.dispatch({
      changes: { from: from - 1, to, insert: `[${JSON.stringify(name)}]` },
      userEvent: 'input.complete',
    });

const escapedFor = (name: string, quote: string): string =>
  name.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`);
