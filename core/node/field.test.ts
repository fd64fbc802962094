import { describe, it } from 'vitest';
import { NODES } from '../nodes/registry.generated.ts';
import { checkParameters } from './check.ts';
import { type Field, isShown, settled, valueAt, when, withValue } from './field.ts';

const FORM: readonly Field[] = [
  { name: 'send', label: 'Send', type: 'boolean', default: false },
  { name: 'as', label: 'As', type: 'options', options: ['pairs', 'json'], default: 'pairs', show: { send: [true] } },
  { name: 'body', label: 'Body', type: 'json', required: true, show: { as: ['json'] } },
];
const shown = (parameters: Parameters<typeof isShown>[2]): string[] =>
  FORM.filter((field) => isShown(field, FORM, parameters)).map(({ name }) => name);

describe('fields of a form', () => {
  it('[FLD1] matter while what they hang on holds, defaults standing in', ({ expect }) => {
    expect(shown({})).toEqual(['send']);
    expect(shown({ send: true })).toEqual(['send', 'as']);
    expect(shown({ send: true, as: 'json' })).toEqual(['send', 'as', 'body']);
  });

  it('[FLD2] matter when that is an expression, not when that itself does not matter', ({ expect }) => {
    expect(shown({ send: '={{ $json.send }}' })).toEqual(['send', 'as']);
    expect(shown({ send: false, as: 'json' })).toEqual(['send']);
  });

  it('[FLD3] lose their values when a change hides them, and only then', ({ expect }) => {
    const before = { send: true, as: 'json', body: '{}', other: 1 };
    expect(settled(FORM, before, { ...before, send: false })).toEqual({ send: false, other: 1 });
    const imported = { send: false, body: '{}' };
    expect(settled(FORM, imported, { ...imported, other: 2 })).toEqual({ send: false, body: '{}', other: 2 });
  });

  it('[FLD3] keep a value that a field of the same name still shows', ({ expect }) => {
    const form: Field[] = [
      { name: 'kind', label: 'Kind', type: 'options', options: ['a', 'b'], default: 'a' },
      ...when({ kind: ['a'] }, [{ name: 'id', label: 'A', type: 'string' }]),
      ...when({ kind: ['b'] }, [{ name: 'id', label: 'B', type: 'string' }]),
    ];
    expect(settled(form, { kind: 'a', id: '1' }, { kind: 'b', id: '1' })).toEqual({ kind: 'b', id: '1' });
  });

  it('[FLD4] tell what is missing, with a pointer', ({ expect }) => {
    expect(checkParameters(FORM, {})).toEqual([]);
    expect(checkParameters(FORM, { send: true, as: 'json' })).toMatchObject([{ pointer: '/body', code: 'missing' }]);
    expect(checkParameters(FORM, { send: true, as: 'json', body: '{}' })).toEqual([]);
  });

  it('[FLD5] tell which text cannot be read, however deep', ({ expect }) => {
    const parameters = { list: [{ 'a/b': '={{ $json. }}' }, { fine: '={{ $json.a }}' }], text: '{{ not }}' };
    expect(checkParameters([], parameters)).toMatchObject([{ pointer: '/list/0/a~1b', code: 'expression' }]);
  });

  it('[FLD6] are read and written as own properties, without changing what is there', ({ expect }) => {
    const before = JSON.parse('{"a":{"__proto__":{"x":1}}}') as Parameters<typeof valueAt>[0];
    expect(valueAt(before, 'a.__proto__.x')).toBe(1);
    expect(valueAt(before, 'a.constructor')).toBeUndefined();
    const after = withValue(before, 'a.__proto__.x', 2);
    expect(JSON.stringify(after)).toBe('{"a":{"__proto__":{"x":2}}}');
    expect(JSON.stringify(before)).toBe('{"a":{"__proto__":{"x":1}}}');
    expect(withValue(after, 'a.__proto__.x', undefined)).toEqual({});
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('[FLD7] name only fields and options there are', ({ expect }) => {
    const wrong: string[] = [];
    const walk = (path: string, fields: readonly Field[]): void => {
      for (const field of fields) {
        for (const [name, values] of Object.entries(field.show ?? {})) {
          const others = fields.filter((other) => other.name === name);
          const known = new Set<unknown>(others.flatMap(({ options }) => options ?? []));
          if (others.some(({ type }) => type === 'boolean')) known.add(true).add(false);
          const unknown = values.filter((value) => !known.has(value));
          wrong.push(...unknown.map((value) => `${path}.${field.name}: ${name} ${String(value)}`));
        }
        if (field.fields) walk(`${path}.${field.name}`, field.fields);
      }
    };
    for (const { type, fields } of NODES) walk(type, fields);
    expect(wrong).toEqual([]);
  });

  it('[FLD8] map to what a locator beside them chooses', ({ expect }) => {
    const mappers = NODES.flatMap(({ fields }) =>
      fields.flatMap((field) => (field.type === 'mapper' ? [{ field, fields }] : [])),
    );
    expect(mappers.length).toBeGreaterThan(1);
    for (const { field, fields } of mappers) {
      const locator = fields.find(({ name }) => name === field.columnsOf);
      expect(locator).toMatchObject({ type: 'locator', source: field.source });
    }
  });
});
