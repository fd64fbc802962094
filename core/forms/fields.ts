import { parseRelaxed } from '../conditions/index.ts';
import type { Json, JsonObject } from '../data/item.ts';
import { NodeError } from '../node/kit.ts';
import { isObject, objectsOf } from '../nodes/field-list.ts';
import type { FieldKind, FormField } from './page.ts';

/** More questions, choices or text than anybody answers: the page is journaled and sent whole. */
const MAX_FIELDS = 250;
const MAX_OPTIONS = 2_000;
const MAX_PAGE_CHARS = 1_000_000;

const KINDS: ReadonlyMap<string, FieldKind> = new Map([
  ['text', 'text'],
  ['textarea', 'textarea'],
  ['email', 'email'],
  ['url', 'url'],
  ['number', 'number'],
  ['password', 'password'],
  ['date', 'date'],
  ['dropdown', 'dropdown'],
  ['checkbox', 'checkbox'],
  ['radio', 'radio'],
  ['file', 'file'],
  ['hiddenField', 'hidden'],
  ['html', 'html'],
]);

const text = (value: Json | undefined): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);

/** The questions in a node's parameters, expressions resolved: a list, or JSON that says the same. */
export function fieldsOf(raw: Json | undefined): FormField[] {
  const entries = listOf(raw);
  if (entries.length > MAX_FIELDS) {
    throw new NodeError('form-too-large', `A page may ask ${MAX_FIELDS} questions; this one has ${entries.length}.`, {
      description: 'Split it over several Form nodes.',
    });
  }
  const fields = entries.map(fieldOf);
  if (JSON.stringify(fields).length > MAX_PAGE_CHARS) {
    throw new NodeError('form-too-large', 'The texts and choices of this page are too large.', {
      description: 'Shorten them, or put what is long behind a link.',
    });
  }
  return fields;
}

function listOf(raw: Json | undefined): JsonObject[] {
  if (isObject(raw)) return objectsOf(raw.values);
  const parsed = typeof raw === 'string' ? parseRelaxed(raw) : raw;
  if (Array.isArray(parsed)) return objectsOf(parsed);
  if (raw === undefined || raw === null || raw === '') return [];
  throw new NodeError('bad-json', 'The questions of the form are not a JSON list.', {
    description: 'Give a list such as [{"fieldLabel": "Name", "requiredField": true}].',
  });
}

function fieldOf(entry: JsonObject, index: number): FormField {
  const kind = KINDS.get(text(entry.fieldType) || 'text');
  if (!kind) {
    throw new NodeError('unknown-field-type', `A form has no "${text(entry.fieldType).slice(0, 80)}" fields.`, {
      description: `Use one of: ${[...KINDS.keys()].join(', ')}.`,
    });
  }
  const label = text(entry.fieldLabel);
  const named = text(kind === 'html' ? (entry.elementName ?? entry.fieldName) : entry.fieldName);
  const name = kind === 'html' ? named : named || label || `field-${index}`;
  const options = optionsOf(entry.fieldOptions);
  const field: FormField = {
    kind,
    name,
    label: label || named,
    required: entry.requiredField === true && kind !== 'html' && kind !== 'hidden',
    placeholder: text(entry.placeholder),
    initial: initialOf(kind === 'hidden' ? entry.fieldValue : entry.defaultValue),
    options,
    multiple: isMultiple(kind, entry),
  };
  if (field.multiple && kind !== 'file') Object.assign(field, limitsOf(entry));
  if (kind === 'file') field.accept = acceptOf(text(entry.acceptFileTypes));
  if (kind === 'date') field.format = formatOf(text(entry.formatDate));
  if (kind === 'html') field.html = text(entry.html);
  return field;
}

function isMultiple(kind: FieldKind, entry: JsonObject): boolean {
  if (kind === 'checkbox') return true;
  if (kind === 'dropdown') return entry.multiselect === true;
  return kind === 'file' && entry.multipleFiles !== false;
}

function optionsOf(raw: Json | undefined): string[] {
  const entries = objectsOf(isObject(raw) ? raw.values : raw);
  if (entries.length > MAX_OPTIONS) {
    throw new NodeError('form-too-large', `A question may have ${MAX_OPTIONS} choices.`);
  }
  return entries.map((entry) => text(entry.option)).filter((option) => option !== '');
}

const initialOf = (raw: Json | undefined): string[] =>
  (Array.isArray(raw) ? raw : [raw]).map((value) => text(value)).filter((value) => value !== '');

function limitsOf(entry: JsonObject): { least?: number; most?: number } {
  const count = (value: Json | undefined): number | undefined => {
    const number = Math.floor(Number(value));
    return Number.isFinite(number) && number > 0 ? number : undefined;
  };
  const exact = count(entry.numberOfSelections);
  const least =
    entry.limitSelection === 'exact'
      ? exact
      : entry.limitSelection === 'range'
        ? count(entry.minSelections)
        : undefined;
  const most =
    entry.limitSelection === 'exact'
      ? exact
      : entry.limitSelection === 'range'
        ? count(entry.maxSelections)
        : undefined;
  return { ...(least === undefined ? {} : { least }), ...(most === undefined ? {} : { most }) };
}

/** `pdf, .png` means `.pdf,.png`; types such as `image/*` stay. */
const acceptOf = (written: string): string =>
  written
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => (part.includes('/') || part.startsWith('.') || part === '*' ? part : `.${part}`))
    .join(',');

/** `mm/dd/yyyy` as people write it: there are no minutes in a date. */
const formatOf = (written: string): string =>
  written.replaceAll('m', 'M').replaceAll('Y', 'y').replaceAll('D', 'd') || 'yyyy-MM-dd';
