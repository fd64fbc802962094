import { httpRequestBy } from './http.ts';
import type { Outside } from './outside.ts';
import { Refusal } from './refusal.ts';
import type { CodeItem, Data } from './types.ts';

/** Types of names that code commonly gives its files; others need the third argument. */
const TYPES: { readonly [extension: string]: string } = {
  csv: 'text/csv',
  gif: 'image/gif',
  html: 'text/html',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  json: 'application/json',
  pdf: 'application/pdf',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain',
  xml: 'application/xml',
  zip: 'application/zip',
};

const typeOf = (fileName: string | undefined): string | undefined => {
  const extension = /\.([a-z0-9]+)$/.exec(fileName?.toLowerCase() ?? '')?.[1];
  return extension !== undefined && Object.hasOwn(TYPES, extension) ? TYPES[extension] : undefined;
};

const unavailable = (name: string) => (): never => {
  throw new Refusal(
    'credential-denied',
    `helpers.${name} is refused: code never holds credentials. Use an HTTP Request node`,
  );
};

/** `this.helpers`, `$helpers`: files of the run, and requests where the node may send them. */
export function helpersFor(outside: Outside, items: readonly CodeItem[]): { [name: string]: unknown } {
  const httpRequest = httpRequestBy(outside);

  const getBinaryDataBuffer = async (itemIndex: unknown, property: unknown = 'data'): Promise<Uint8Array> => {
    const name = String(property);
    const item = items[Number(itemIndex)];
    if (!item) throw new Error(`There is no item ${String(itemIndex)}`);
    const files = item.binary ?? {};
    const file = Object.hasOwn(files, name) ? files[name] : undefined;
    if (typeof file !== 'object' || file === null || Array.isArray(file)) {
      throw new Error(`Item ${String(itemIndex)} has no file '${name}'`);
    }
    return Buffer.from(String(await outside.wish({ kind: 'read', file })), 'base64');
  };

  const prepareBinaryData = async (content: unknown, fileName?: string, mimeType?: string): Promise<Data> => {
    const bytes = typeof content === 'string' ? Buffer.from(content) : Buffer.from(content as Uint8Array);
    return outside.wish({
      kind: 'write',
      data: bytes.toString('base64'),
      mimeType: mimeType ?? typeOf(fileName) ?? 'application/octet-stream',
      ...(fileName === undefined ? {} : { fileName }),
    });
  };

  return {
    httpRequest,
    request: httpRequest,
    getBinaryDataBuffer,
    prepareBinaryData,
    setBinaryDataBuffer: async (about: { fileName?: string; mimeType?: string }, bytes: Uint8Array) => ({
      ...about,
      ...((await prepareBinaryData(bytes, about.fileName, about.mimeType)) as object),
    }),
    binaryToBuffer: async (content: Uint8Array) => Buffer.from(content),
    binaryToString: async (content: Uint8Array) => Buffer.from(content).toString('utf8'),
    returnJsonArray: (data: object | object[]) =>
      (Array.isArray(data) ? data : [data]).map((json: object) => ({ json })),
    httpRequestWithAuthentication: unavailable('httpRequestWithAuthentication'),
    requestWithAuthentication: unavailable('requestWithAuthentication'),
    requestOAuth1: unavailable('requestOAuth1'),
    requestOAuth2: unavailable('requestOAuth2'),
  };
}
