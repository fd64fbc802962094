import { describe, it } from 'vitest';
import type { JsonObject } from '../data/item.ts';
import { faultsOf, itemOf, type Submission } from './answers.ts';
import { fieldsOf } from './fields.ts';
import type { FormPage } from './page.ts';

const pageOf = (...values: JsonObject[]): FormPage => ({
  title: 'T',
  description: '',
  button: 'Go',
  fields: fieldsOf({ values }),
  attribution: true,
});
const choices = (...options: string[]): JsonObject => ({ values: options.map((option) => ({ option })) });
const sent = (...values: (string | string[] | undefined)[]): Submission => ({
  values: new Map(values.flatMap((value, index) => (value === undefined ? [] : [[index, [value].flat()]]))),
  files: new Map(),
});
const AT = { nowMs: Date.UTC(2026, 0, 2, 3, 4, 5), zone: 'UTC' };
const NO_FILES = new Map<number, never>();

describe('questions', () => {
  it('[FRM1] come from a list or from JSON, of every kind', ({ expect }) => {
    const kinds = ['text', 'textarea', 'email', 'number', 'password', 'date', 'dropdown', 'checkbox', 'radio', 'file'];
    const listed = kinds.map((fieldType) => ({ fieldType, fieldLabel: fieldType }));
    expect(fieldsOf({ values: listed }).map(({ kind }) => kind)).toEqual(kinds);
    expect(fieldsOf(JSON.stringify(listed))).toEqual(fieldsOf(listed));
    expect(fieldsOf([{ fieldLabel: 'x' }, { fieldType: 'hiddenField', fieldName: 'h', fieldValue: 7 }])).toMatchObject([
      { kind: 'text', name: 'x' },
      { kind: 'hidden', name: 'h', initial: ['7'] },
    ]);
    expect(() => fieldsOf([{ fieldType: 'slider' }])).toThrow('A form has no "slider" fields.');
    expect(() => fieldsOf('[{')).toThrow('not a JSON list');
    expect(fieldsOf({})).toEqual([]);
    expect(fieldsOf(null)).toEqual([]);
  });

  it('[FRM9] are not without end', ({ expect }) => {
    expect(() => fieldsOf(Array.from({ length: 251 }, () => ({ fieldLabel: 'x' })))).toThrow('A page may ask 250');
    expect(() => fieldsOf([{ fieldType: 'html', html: 'x'.repeat(1_000_001) }])).toThrow('too large');
  });
});

describe('answers', () => {
  it('[FRM3] have each its fault, which says what to do', ({ expect }) => {
    const page = pageOf(
      { fieldLabel: 'a', requiredField: true },
      { fieldLabel: 'n', fieldType: 'number' },
      { fieldLabel: 'e', fieldType: 'email' },
      { fieldLabel: 'd', fieldType: 'date' },
      { fieldLabel: 'r', fieldType: 'radio', fieldOptions: choices('x', 'y') },
      {
        fieldLabel: 'c',
        fieldType: 'checkbox',
        fieldOptions: choices('x', 'y', 'z'),
        limitSelection: 'range',
        minSelections: 2,
        maxSelections: 2,
      },
      {
        fieldLabel: 'm',
        fieldType: 'dropdown',
        multiselect: true,
        fieldOptions: choices('x', 'y'),
        limitSelection: 'exact',
        numberOfSelections: 1,
      },
    );
    const bad = sent('', '1e999', 'me@', '2026-02-30', 'q', ['x'], ['x', 'y']);
    expect(faultsOf(page, bad).map(({ field, message }) => `${field} ${message}`)).toEqual([
      '0 Fill this in.',
      '1 Enter a number, such as 12 or 3.5.',
      '2 Enter an email address, such as name@example.com.',
      '3 Enter a date as year-month-day, such as 2026-03-31.',
      '4 Choose from the list.',
      '5 Choose exactly 2.',
      '6 Choose exactly 1.',
    ]);
    expect(faultsOf(page, sent('a', '1', 'me@x', '2026-02-28', 'x', ['x', 'z'], ['y']))).toEqual([]);
    expect(faultsOf(page, sent('a', '', '', '', undefined, undefined, undefined))).toEqual([]);
    expect(faultsOf(pageOf({ fieldLabel: 'a' }), sent('x'.repeat(100_001)))).toHaveLength(1);
  });

  it('[FRM3] of files have the kinds and number asked for', ({ expect }) => {
    const page = pageOf({
      fieldLabel: 'f',
      fieldType: 'file',
      multipleFiles: false,
      acceptFileTypes: '.png, image/svg+xml,video/*',
      requiredField: true,
    });
    const files = (...names: [string, string][]): Submission => ({
      values: new Map(),
      files: new Map([[0, names.map(([fileName, mimeType]) => ({ fileName, mimeType, sizeBytes: 1 }))]]),
    });
    for (const right of [
      ['A.PNG', ''],
      ['x', 'image/svg+xml'],
      ['x.bin', 'video/mp4'],
    ] as [string, string][]) {
      expect(faultsOf(page, files(right)), right.join()).toEqual([]);
    }
    expect(faultsOf(page, files(['a.png.exe', 'image/png']))[0]?.message).toContain('not of an accepted type');
    expect(faultsOf(page, files(['a.png', ''], ['b.png', '']))[0]?.message).toBe('Choose one file.');
    expect(faultsOf(page, files())[0]?.message).toBe('Choose a file.');
  });

  it('[FRM2][FRM4][FRM6] become the item', ({ expect }) => {
    const page = pageOf(
      { fieldLabel: 'Label', fieldName: 'key' },
      { fieldLabel: 'n', fieldType: 'number' },
      { fieldLabel: 'd', fieldType: 'date', formatDate: 'dd.mm.yyyy' },
      { fieldLabel: 'c', fieldType: 'checkbox', fieldOptions: choices('x', 'y') },
      { fieldLabel: 'r', fieldType: 'radio', fieldOptions: choices('x') },
      { fieldType: 'html', html: '<b>unnamed</b>' },
      { fieldType: 'html', html: '<b>named</b>', elementName: 'shown' },
      { fieldLabel: '__proto__' },
    );
    const { json } = itemOf(
      page,
      sent('v', '2.50', '2026-12-31', ['y', 'x', 'y'], undefined, undefined, undefined, 'p'),
      NO_FILES,
      { ...AT, query: { q: '1' } },
    );
    expect(Object.entries(json)).toEqual([
      ['key', 'v'],
      ['n', 2.5],
      ['d', '31.12.2026'],
      ['c', ['y', 'x']],
      ['r', null],
      ['shown', '<b>named</b>'],
      ['__proto__', 'p'],
      ['submittedAt', '2026-01-02T03:04:05.000Z'],
      ['formMode', 'production'],
      ['formQueryParameters', { q: '1' }],
    ]);
    const empty = itemOf(page, sent(undefined, '', '', undefined), NO_FILES, { ...AT, zone: 'Europe/Berlin' }).json;
    expect(empty).toMatchObject({ key: null, n: null, d: null, c: [], submittedAt: '2026-01-02T04:04:05.000+01:00' });
  });

  it('[FRM5] of files are binary and described', ({ expect }) => {
    const page = pageOf(
      { fieldLabel: 'Your CV (PDF)', fieldType: 'file', multipleFiles: false },
      { fieldLabel: 'Fotos', fieldType: 'file' },
    );
    const file = (id: string) => ({ id, mimeType: 'a/b', fileName: `${id}.x`, sizeBytes: 3 });
    const { json, binary } = itemOf(
      page,
      sent(),
      new Map([
        [0, [file('one')]],
        [1, [file('two'), file('three')]],
      ]),
      AT,
    );
    expect(Object.keys(binary ?? {})).toEqual(['Your_CV__PDF_', 'Fotos_0', 'Fotos_1']);
    expect(json['Your CV (PDF)']).toEqual({ filename: 'one.x', mimetype: 'a/b', size: 3 });
    expect(json['Fotos']).toHaveLength(2);
  });
});
