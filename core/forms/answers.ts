import { DateTime } from 'luxon';
import type { BinaryRef, Item, Json, JsonObject } from '../data/item.ts';
import { putOwn } from '../data/path.ts';
import type { FormField, FormPage } from './page.ts';
import { ENGLISH, type FaultWords } from './words.ts';

/** What a browser sent for a page, by the field's number. */
export interface Submission {
  values: ReadonlyMap<number, readonly string[]>;
  files: ReadonlyMap<number, readonly SentFile[]>;
}

export interface SentFile {
  fileName: string;
  mimeType: string;
  sizeBytes: number;
}

/** `field`: number of the field that is wrong. */
export interface Fault {
  field: number;
  message: string;
}

const MAX_TEXT_CHARS = 100_000;
const MAX_FILES = 20;
/** No quantifier meets another one: linear. What may be an address, not what is one. */
const EMAIL = /^[^\s@]{1,64}@[^\s@]{1,255}$/;

/** Everything that is wrong with the answers, in the order of the page. */
export function faultsOf(page: FormPage, sent: Submission, words: FaultWords = ENGLISH): Fault[] {
  return page.fields.flatMap((field, index) => {
    const message =
      field.kind === 'file'
        ? fileFault(field, sent.files.get(index) ?? [], words)
        : textFault(field, sent.values.get(index) ?? [], words);
    return message === undefined ? [] : [{ field: index, message }];
  });
}

function textFault(field: FormField, sent: readonly string[], words: FaultWords): string | undefined {
  const values = sent.filter((value) => value !== '');
  if (field.kind === 'html') return undefined;
  if (field.kind === 'hidden') return values.some(isLong) ? words.hiddenLong : undefined;
  if (values.length === 0) return field.required ? missing(field, words) : undefined;
  if (values.some(isLong)) return words.long(MAX_TEXT_CHARS);
  const [value = ''] = values;
  switch (field.kind) {
    case 'number':
      return value.trim() !== '' && Number.isFinite(Number(value)) ? undefined : words.number;
    case 'email':
      return EMAIL.test(value) ? undefined : words.email;
    case 'url':
      return /^https?:\/\/\S+$/i.test(value) ? undefined : words.url;
    case 'date':
      return parseDay(value).isValid ? undefined : words.date;
    case 'dropdown':
    case 'radio':
    case 'checkbox':
      return choiceFault(field, values, words);
    default:
      return undefined;
  }
}

function choiceFault(field: FormField, values: readonly string[], words: FaultWords): string | undefined {
  if (values.some((value) => !field.options.includes(value))) return words.fromList;
  if (!field.multiple) return values.length > 1 ? words.chooseOne : undefined;
  const { least = 0, most = Number.POSITIVE_INFINITY } = field;
  const count = new Set(values).size;
  if (count >= least && count <= most) return undefined;
  return words.choose(field.least, field.most);
}

const isLong = (value: string): boolean => value.length > MAX_TEXT_CHARS;

function missing({ kind }: FormField, words: FaultWords): string {
  if (kind === 'dropdown' || kind === 'radio') return words.chooseOne;
  return kind === 'checkbox' ? words.chooseSome : words.fill;
}

function fileFault(field: FormField, files: readonly SentFile[], words: FaultWords): string | undefined {
  if (files.length === 0) return field.required ? words.chooseFile : undefined;
  if (files.length > (field.multiple ? MAX_FILES : 1)) {
    return field.multiple ? words.mostFiles(MAX_FILES) : words.oneFile;
  }
  const accept = (field.accept ?? '').split(',').filter(Boolean);
  const wrong = files.find((file) => accept.length > 0 && !accept.some((each) => fits(each, file)));
  return wrong && words.wrongType(JSON.stringify(wrong.fileName), accept.join(', '));
}

function fits(accept: string, { fileName, mimeType }: SentFile): boolean {
  const wanted = accept.toLowerCase();
  if (wanted === '*' || wanted === '*/*') return true;
  if (wanted.startsWith('.')) return fileName.toLowerCase().endsWith(wanted);
  const type = mimeType.toLowerCase();
  return wanted.endsWith('/*') ? type.startsWith(wanted.slice(0, -1)) : type.split(';')[0] === wanted;
}

const parseDay = (value: string): DateTime => DateTime.fromFormat(value, 'yyyy-MM-dd', { zone: 'UTC' });

interface Circumstances {
  nowMs: number;
  /** Zone of `submittedAt`. */
  zone: string;
  /** Query of the form's address. */
  query?: JsonObject;
}

/** The item a page gives, once nothing is wrong with the answers. `stored`: where the files lie, by field. */
export function itemOf(
  page: FormPage,
  sent: Submission,
  stored: ReadonlyMap<number, readonly BinaryRef[]>,
  { nowMs, zone, query }: Circumstances,
): Item {
  const json: JsonObject = {};
  const binary: Record<string, BinaryRef> = Object.create(null) as Record<string, BinaryRef>;
  for (const [index, field] of page.fields.entries()) {
    if (field.name === '') continue;
    if (field.kind === 'file') {
      const files = stored.get(index) ?? [];
      keepFiles(binary, field, files);
      putOwn(json, field.name, aboutFiles(field, files));
    } else {
      putOwn(
        json,
        field.name,
        field.kind === 'html' ? (field.html ?? '') : answerOf(field, sent.values.get(index) ?? []),
      );
    }
  }
  json.submittedAt = DateTime.fromMillis(nowMs, { zone }).toISO() ?? new Date(nowMs).toISOString();
  json.formMode = 'production';
  if (query && Object.keys(query).length > 0) json.formQueryParameters = query;
  return Object.keys(binary).length > 0 ? { json, binary: { ...binary } } : { json };
}

function answerOf(field: FormField, values: readonly string[]): Json {
  if (field.multiple) return [...new Set(values.filter((value) => value !== ''))];
  const [value] = values;
  if (value === undefined) return field.kind === 'hidden' ? (field.initial[0] ?? null) : null;
  if (field.kind === 'number') return value === '' ? null : Number(value);
  if (field.kind === 'date') return value === '' ? null : parseDay(value).toFormat(field.format ?? 'yyyy-MM-dd');
  return value;
}

/** A lone file has the field's name, several are numbered; what no property can be called is an underscore. */
function keepFiles(binary: Record<string, BinaryRef>, field: FormField, files: readonly BinaryRef[]): void {
  const name = (field.name || field.label).replaceAll(/\W/g, '_') || 'file';
  for (const [index, file] of files.entries()) binary[files.length === 1 ? name : `${name}_${index}`] = file;
}

function aboutFiles(field: FormField, files: readonly BinaryRef[]): Json {
  const about = files.map(({ fileName = '', mimeType, sizeBytes = 0 }): JsonObject => ({
    filename: fileName,
    mimetype: mimeType,
    size: sizeBytes,
  }));
  return field.multiple ? about : (about[0] ?? null);
}
