import { decimalText } from '../text/decimal.ts';
/** A file as an item holds it: bytes inline as base64, or stored under an id. */
export interface FileRef {
  mimeType?: string;
  fileName?: string;
  sizeBytes?: number;
  data?: string;
  id?: string;
}

const TEXTS = ['mimeType', 'fileName', 'data', 'id'] as const;

/** What stands where a file belongs, as far as it is one: code may have put anything there. */
export function fileRefOf(value: unknown): FileRef {
  const held: Partial<Record<keyof FileRef, unknown>> = typeof value === 'object' && value !== null ? value : {};
  const file: FileRef = typeof held.sizeBytes === 'number' ? { sizeBytes: held.sizeBytes } : {};
  for (const key of TEXTS) {
    const text = held[key];
    if (typeof text === 'string') file[key] = text;
  }
  return file;
}

/** How a file can be looked at. What is a program in disguise (`page`, `drawing`, `markdown`) is shown where none runs. */
export type FileKind =
  | 'picture'
  | 'drawing'
  | 'page'
  | 'markdown'
  | 'table'
  | 'json'
  | 'text'
  | 'sound'
  | 'film'
  | 'pdf';

const KINDS: readonly (readonly [pattern: RegExp, kind: FileKind])[] = [
  [/^image\/(?:png|jpeg|gif|webp|bmp|avif|x-icon)$/, 'picture'],
  [/^image\/svg\+xml$/, 'drawing'],
  [/^(?:text\/html|application\/xhtml\+xml)$/, 'page'],
  [/^text\/(?:x-)?markdown$/, 'markdown'],
  [/^(?:text|application)\/csv$/, 'table'],
  [/^application\/(?:[\w.+-]+\+)?json$/, 'json'],
  [/^(?:text\/|application\/(?:xml|javascript|jsonl|yaml)$)/, 'text'],
  [/^audio\/(?:mpeg|mp4|ogg|wav|x-wav|webm|aac|flac)$/, 'sound'],
  [/^video\/(?:mp4|webm|ogg)$/, 'film'],
  [/^application\/pdf$/, 'pdf'],
];

/** Undefined: nothing a browser shows safely. */
export function kindOf({ mimeType = '' }: FileRef): FileKind | undefined {
  const type = mimeType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return KINDS.find(([pattern]) => pattern.test(type))?.[1];
}

/** The type of what kind a blob gets: never one that a browser would run. */
export const blobType = (file: FileRef, kind: FileKind): string =>
  kind === 'picture' || kind === 'sound' || kind === 'film' || kind === 'drawing'
    ? (file.mimeType?.split(';', 1)[0]?.trim().toLowerCase() ?? '')
    : 'text/plain';

/** @throws Error when it is not base64. */
export const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));

const UNITS = ['B', 'KB', 'MB', 'GB'];

export function sizeText(bytes: number): string {
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), UNITS.length - 1);
  return `${decimalText(bytes / 1000 ** power)} ${UNITS[power]}`;
}
