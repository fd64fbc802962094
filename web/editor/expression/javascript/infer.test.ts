import { javascriptLanguage } from '@codemirror/lang-javascript';
import { describe, it } from 'vitest';
import type { Sample } from '../sample.ts';
import { contextOf, nodeNamed, SELF } from './context.ts';
import { membersOf, namesSeen, typeAt, type World } from './infer.ts';
import { typeText } from './type.ts';

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
/** Type of the last expression statement of a program, `|` marking the place where it begins. */
function typeOf(code: string): string {
  const at = code.indexOf('|');
  const text = code.replace('|', '');
  const world: World = {
    text,
    context: contextOf(sample, 0),
    self: SELF,
    node: (name) => nodeNamed(sample, name),
    fuel: 1_000,
  };
  let node = javascriptLanguage.parser.parse(text).resolveInner(at, 1);
  while (node.parent && node.parent.from === at && !/Statement|Declaration|Block|Script/.test(node.parent.name)) {
    node = node.parent;
  }
  return typeText(typeAt(node, world));
}

describe('what code is known to read', () => {
  it('follows items through variables, loops and functions', ({ expect }) => {
    expect(typeOf('|$input.all()')).toBe('Item[]');
    expect(typeOf('for (const item of $input.all()) {\n |item.json.customer.name\n}')).toBe('string');
    expect(typeOf('const all = $input.all();\nconst first = all[0];\n|first.json.total')).toBe('number');
    expect(typeOf('items.filter((x) => |x.json.customer)')).toBe('{ name: string; tags: string[] }');
    expect(typeOf('|items.map((x) => x.json.total)')).toBe('number[]');
    expect(typeOf('const r = items.map(x => ({ name: x.json.customer.name }));\n|r[0].name')).toBe('string');
    expect(typeOf('items.reduce((sum, each, i) => sum + |each.json.total, 0)')).toBe('number');
    expect(typeOf('const { json: { customer }, binary } = $input.first();\n|customer.tags[0]')).toBe('string');
    expect(typeOf('|$json.customer.tags.join(",").toUpperCase()')).toBe('string');
  });

  it('knows other steps, dates, helpers and variables', ({ expect }) => {
    expect(typeOf("|$('Ada\\'s').first().json.from")).toBe('string');
    expect(typeOf("|$('Ada\\'s').params")).toBe('{ url: string }');
    expect(typeOf('|$now.plus({ days: 1 }).toISO()')).toBe('string');
    expect(typeOf('|$vars.region')).toBe('string');
    expect(
      typeOf('async function f() { const b = await this.helpers.getBinaryDataBuffer(0, "data"); return |b.length }'),
    ).toBe('number');
    expect(typeOf('|$json["__proto__"].a')).toBe('number');
  });

  it('says any where it cannot know, and ends', ({ expect }) => {
    for (const code of ['|nothing.at.all', 'const a = b; const b = a;\n|a.c', '|$json.gone.further', '|(() => 1)()']) {
      expect(typeOf(code)).toBe('any');
    }
    const long = `const v0 = items;${Array.from({ length: 500 }, (_, n) => `const v${n + 1} = v${n};`).join('')}`;
    expect(typeOf(`${long}\n|v500`)).toBe('any');
  });

  it('lists what is seen at a place', ({ expect }) => {
    const text = 'const a = 1; function f(q) { const { b, c: d } = q; for (const e of []) { x } } const g = 2;';
    const world: World = { text, context: new Map(), self: SELF, node: () => SELF, fuel: 1_000 };
    const node = javascriptLanguage.parser.parse(text).resolveInner(text.indexOf('x'), 1);
    expect(namesSeen(node, world).sort()).toEqual(['a', 'b', 'd', 'e', 'f', 'g', 'q']);
    expect(membersOf({ kind: 'any' }).size).toBe(0);
  });
});
