import { describe, it } from 'vitest';
import { type Schema, sentOf, startOf, variantsOf } from './schema.ts';

const GRANT: Schema = {
  type: 'object',
  properties: {
    to: {
      type: 'object',
      properties: { kind: { type: 'string', enum: ['member', 'service'] }, id: { type: 'string' } },
      required: ['kind', 'id'],
    },
    on: {
      anyOf: [
        { type: 'object', properties: { kind: { const: 'organization' } }, required: ['kind'] },
        {
          type: 'object',
          properties: { kind: { enum: ['project', 'workflow'] }, id: { type: 'string' } },
          required: ['kind', 'id'],
        },
      ],
    },
    endsAt: { type: 'integer', description: 'Epoch milliseconds' },
    remark: { type: 'string' },
    role: { default: 'viewer', anyOf: [{ type: 'string' }, { type: 'null' }] },
    tags: { type: 'array', items: { type: 'string' }, default: [] },
  },
  required: ['to', 'on'],
};

describe('a form of a schema', () => {
  it('begins with defaults and the first of several shapes', ({ expect }) => {
    expect(startOf(GRANT)).toEqual({
      to: { kind: 'member', id: undefined },
      on: { kind: 'organization' },
      role: 'viewer',
      tags: [],
    });
  });

  it('knows the property that tells shapes apart, and the shape of each choice', ({ expect }) => {
    const variants = variantsOf(GRANT.properties?.['on'] ?? {});
    expect(variants?.by).toBe('kind');
    expect(variants?.options).toEqual(['organization', 'project', 'workflow']);
    expect(Object.keys(variants?.of('workflow')?.properties ?? {})).toEqual(['kind', 'id']);
    expect(variants?.of('__proto__')).toBeUndefined();
  });

  it('sends what was filled in: no empty text, nothing where nothing may stand, no blank lines', ({ expect }) => {
    const typed = {
      to: { kind: 'service', id: 'sa_1' },
      on: { kind: 'organization', id: 'of another shape' },
      endsAt: '',
      remark: '',
      role: '',
      tags: ['a', '', 'b'],
    };
    expect(sentOf(GRANT, typed)).toEqual({
      to: { kind: 'service', id: 'sa_1' },
      on: { kind: 'organization' },
      role: null,
      tags: ['a', 'b'],
    });
  });

  it('keeps an empty text that is required: the server says what is missing', ({ expect }) => {
    expect(sentOf(GRANT, { to: { kind: 'member', id: '' }, on: {} })).toMatchObject({ to: { id: '' } });
  });
});
