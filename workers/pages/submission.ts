import type { BinaryRef } from '../../core/data/item.ts';
import type { Submission } from '../../core/forms/answers.ts';
import { filePart } from '../hooks/files.ts';
import type { FilePlace } from '../hooks/files.ts';
import { MAX_FILE_BYTES } from '../hooks/payload.ts';
import { MAX_JSON_BYTES, readBytes } from '../kit/body.ts';
import { common } from '../kit/problem.ts';

export interface Sent extends Submission {
  /** The names the page gave this submission and its step. */
  key: string;
  step: number | undefined;
  /** Puts the files away; only once nothing is wrong with the answers. */
  store(place: FilePlace): Promise<Map<number, BinaryRef[]>>;
}

const MAX_PARTS = 3_000;
const FIELD = /^field-(\d{1,3})$/;
const KEY = /^[A-Za-z0-9_-]{8,64}$/;

/** Reads what a browser posts. Foreign fields are ignored; files nobody chose are no files. */
export async function readSubmission(request: Request): Promise<Sent> {
  const parts = await partsOf(request);
  const values = new Map<number, string[]>();
  const files = new Map<number, File[]>();
  let key = '';
  let step: number | undefined;
  for (const [name, value] of parts) {
    if (name === 'submission' && typeof value === 'string') key = value;
    if (name === 'step' && typeof value === 'string' && /^\d{1,9}$/.test(value)) step = Number(value);
    const index = Number(FIELD.exec(name)?.[1] ?? Number.NaN);
    if (Number.isNaN(index)) continue;
    if (typeof value === 'string') push(values, index, value.replaceAll('\r\n', '\n'));
    else if (value.size > 0 || value.name !== '') push(files, index, plainlyNamed(value));
  }
  const about = ({ name, type, size }: File) => ({ fileName: name, mimeType: type, sizeBytes: size });
  return {
    key: KEY.test(key) ? key : crypto.randomUUID(),
    step,
    values,
    files: new Map([...files].map(([index, list]) => [index, list.map(about)])),
    async store(place) {
      const stored = new Map<number, BinaryRef[]>();
      for (const [index, list] of files) {
        // SAFETY: filePart makes BinaryRefs.
        for (const file of list) push(stored, index, (await filePart(file, place)) as unknown as BinaryRef);
      }
      return stored;
    },
  };
}

const MAX_NAME_CHARS = 255;

/** A file by its last name: no browser sends a path, and what writes it somewhere must not follow one. */
function plainlyNamed(file: File): File {
  // oxlint-disable-next-line no-control-regex -- control characters are what is taken out
  const last = (file.name.split(/[/\\]/).at(-1) ?? '').replaceAll(/[\u0000-\u001f\u007f]/g, '').trim();
  const name = last.replace(/^\.+$/, '').slice(-MAX_NAME_CHARS) || 'file';
  return name === file.name ? file : new File([file], name, { type: file.type });
}

function push<T>(map: Map<number, T[]>, index: number, value: T): void {
  const list = map.get(index);
  if (list) list.push(value);
  else map.set(index, [value]);
}

async function partsOf(request: Request): Promise<[string, File | string][]> {
  const type = request.headers.get('content-type') ?? '';
  const isMultipart = /^multipart\/form-data\b/i.test(type);
  if (!isMultipart && !/^application\/x-www-form-urlencoded\b/i.test(type)) {
    throw common('media-type-unsupported', { hint: 'Send the form as a browser does.' });
  }
  const bytes = await readBytes(request, isMultipart ? MAX_FILE_BYTES : MAX_JSON_BYTES);
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData().catch(() => {
    throw common('input-invalid', { detail: 'The form cannot be read.' });
  });
  const parts = [...form.entries()] as [string, File | string][];
  if (parts.length > MAX_PARTS) throw common('input-invalid', { detail: `A form may have ${MAX_PARTS} parts.` });
  return parts;
}
