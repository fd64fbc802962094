import type { Json, JsonObject } from '../../data/item.ts';
import type { HttpFormat } from '../../http/request.ts';
import type { CompileKit } from '../../node/kit.ts';

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Own property by dotted path; undefined when any part is missing. */
export function at(value: Json | undefined, path: string): Json | undefined {
  let here = value;
  for (const key of path.split('.')) {
    if (!isObject(here) || !Object.hasOwn(here, key)) return undefined;
    here = here[key];
  }
  return here;
}

export const textOf = (value: Json | undefined): string =>
  value === undefined || value === null
    ? ''
    : typeof value === 'string'
      ? value
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value);

/** A list of `{name, value, …}` rows as n8n keeps them. */
export function rowsOf(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** Paths of one family of versions. Versions 1 and 2 used other names for the same things. */
export interface Shape {
  modern: boolean;
  method: string;
  query: string;
  headers: string;
  body: string;
}

export const shapeOf = (version: number): Shape =>
  version >= 3
    ? {
        modern: true,
        method: 'method',
        query: 'queryParameters.parameters',
        headers: 'headerParameters.parameters',
        body: 'bodyParameters.parameters',
      }
    : {
        modern: false,
        method: 'requestMethod',
        query: 'queryParametersUi.parameter',
        headers: 'headerParametersUi.parameter',
        body: 'bodyParametersUi.parameter',
      };

/** Response settings, whatever the version calls them. */
export interface ResponseShape {
  format: HttpFormat;
  full: boolean;
  neverError: boolean;
  /** Key of text results and binary field of files. */
  property: string;
  /** Whether an array becomes one item each. */
  split: boolean;
}

const FORMATS: ReadonlySet<string> = new Set(['autodetect', 'json', 'text', 'file']);

export function responseShape(kit: CompileKit): ResponseShape {
  const modern = kit.node.version >= 3;
  const read = (path: string): Json | undefined => kit.raw(modern ? `options.response.response.${path}` : path);
  const asked = textOf(modern ? read('responseFormat') : (kit.raw('responseFormat') ?? 'json'));
  const format = asked === 'string' ? 'text' : asked;
  const property = textOf(modern ? read('outputPropertyName') : kit.raw('dataPropertyName'));
  return {
    format: FORMATS.has(format) ? (format as HttpFormat) : 'autodetect',
    full: (modern ? read('fullResponse') : kit.raw('options.fullResponse')) === true,
    neverError: (modern ? read('neverError') : kit.raw('options.ignoreResponseCode')) === true,
    property: property || 'data',
    split: modern || kit.raw('options.splitIntoItems') === true,
  };
}
