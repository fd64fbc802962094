import { CompletionContext } from '@codemirror/autocomplete';
import { pythonLanguage } from '@codemirror/lang-python';
import { EditorState } from '@codemirror/state';
import { describe, it } from 'vitest';
import { nodeNames } from '../completions.ts';
import { nodeNamed } from '../javascript/context.ts';
import type { Sample } from '../sample.ts';
import { contextOf } from './context.ts';
import { membersOf, namesSeen, typeAt, type World } from './infer.ts';
import { typeText } from './library.ts';

const item = { json: JSON.parse('{"customer":{"name":"Ada","tags":["a"]},"total":7,"__proto__":{"a":1}}') };
const sample: Sample = {
  workflow: { id: 'w', name: 'W', active: false },
  node: { id: 'c', name: 'Code', version: 2, parameters: {} },
  nodes: [{ name: "Ada's", parameters: { url: 'x' } }],
  steps: [{ node: "Ada's", runIndex: 0, sources: [], outputs: [[{ json: { from: 'there' } }]] }],
  inputs: [{ from: 'Go', output: 0, step: 0, items: [item] }],
  vars: { region: 'eu' },
  zone: 'UTC',
  execution: { id: 'r', mode: 'manual' },
};
const worldOf = (text: string): World => ({
  text,
  context: contextOf(sample, 0),
  node: (name) => nodeNamed(sample, name),
  fuel: 1_000,
});
/** Type of the expression that begins at `|`. */
function typeOf(code: string): string {
  const at = code.indexOf('|');
  const text = code.replace('|', '');
  let node = pythonLanguage.parser.parse(text).resolveInner(at, 1);
  while (node.parent && node.parent.from === at && !/Statement|Body|Script|ArgList/.test(node.parent.name)) {
    node = node.parent;
  }
  return typeText(typeAt(node, worldOf(text)));
}

describe('what Python is known to read', () => {
  it('follows items through loops, comprehensions and functions', ({ expect }) => {
    expect(typeOf('|_input.all()')).toBe('list[Item]');
    expect(typeOf('for item in _items:\n  |item.json.customer.name')).toBe('str');
    expect(typeOf("for i, each in enumerate(_items):\n  |each['json']['total']")).toBe('int | float');
    expect(typeOf('for key, value in _json.items():\n  |key')).toBe('str');
    expect(typeOf('names = [each.json.customer for each in _items]\n|names[0].name')).toBe('str');
    expect(typeOf('|sorted(_items, key=lambda each: each.json.total)')).toBe('list[Item]');
    expect(typeOf('sorted(_items, key=lambda each: |each.json.total)')).toBe('int | float');
    expect(typeOf("a = _json.get('customer')\n|a.tags[0]")).toBe('str');
    expect(typeOf('|_items[1:]')).toBe('list[Item]');
    expect(typeOf("d = {'a': {'b': 1}}\n|d.a")).toBe('dict');
  });

  it('knows other steps, variables, time and text', ({ expect }) => {
    expect(typeOf('|_("Ada\'s").first().json')).toBe('dict["from"]');
    expect(typeOf('|_vars.region.upper().split(",")')).toBe('list[str]');
    expect(typeOf('|_now.isoformat()')).toBe('str');
    expect(typeOf('|_json.total > 3')).toBe('bool');
    expect(typeOf('|len(_items)')).toBe('int | float');
  });

  it('says Any where it cannot know, and ends', ({ expect }) => {
    expect(typeOf('a = b\nb = a\n|a.x')).toBe('Any');
    expect(typeOf('def f(_json):\n  return |_json.customer')).toBe('Any');
    expect(typeOf('|_json.constructor')).toBe('Any');
    const doubling = Array.from({ length: 40 }, (_, n) => `a${n + 1} = a${n} or a${n}`).join('\n');
    expect(typeOf(`a0 = _json\n${doubling}\n|a40`)).toMatch(/^(?:Any|dict)/);
  });

  it('offers fields before methods, own names, and the names of steps', ({ expect }) => {
    const fields = [
      ...membersOf(typeAt(pythonLanguage.parser.parse('_json').resolveInner(1, 1), worldOf('_json'))).keys(),
    ];
    expect(fields.slice(0, 4)).toEqual(['customer', 'total', '__proto__', 'get']);
    const text = 'one = 1\nfor two in _items:\n  three = 3\n  x';
    expect(namesSeen(pythonLanguage.parser.parse(text).resolveInner(text.length, -1), worldOf(text)).sort()).toEqual([
      'one',
      'three',
      'two',
    ]);
    const state = EditorState.create({ doc: "_('Ad" });
    const expressions = { sample, item: 0, preview: {} as never };
    const found = nodeNames(new CompletionContext(state, 5, true), expressions);
    expect(found?.options.map(({ label, apply }) => [label, apply])).toEqual([["Ada's", "Ada\\'s"]]);
  });
});
