import type { AnyRoute, Schema } from '../../workers/kit/contract.ts';
import type { Ask, Heard, RouteCase, Sent } from './route.ts';
import { bodyFor, jsonSchemaOf, queryFor } from './sample.ts';
import type { Case } from './walks.ts';

const text = (): string => 'fuzz';
const JSON_TYPE = { 'content-type': 'application/json' };

/** What no schema of ours asks for, and some that one might take. */
const VALUES: readonly (readonly [name: string, value: unknown])[] = [
  ['null', null],
  ['false', false],
  ['number', 42],
  ['negative', -1],
  ['huge-number', 1e308],
  ['unsafe-integer', 2 ** 53],
  ['empty', ''],
  ['huge-text', 'x'.repeat(100_000)],
  ['unicode', '\u0000\u202e\u{1f4a9}\ufffe'],
  ['half-pair', '\ud800'],
  ['proto', '__proto__'],
  ['constructor', 'constructor'],
  ['traversal', '../../../etc/passwd'],
  ['expression', '={{ $env.SECRET }}'],
  ['list', [[]]],
  ['long-list', Array.from({ length: 5_000 }, () => 0)],
  ['object', { path: '/etc/passwd', href: 'file:///etc/passwd', type: 'Buffer', data: [1] }],
];

const deep = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

/** Texts that are no JSON, or not what a careful reader takes for JSON. */
const TEXTS: readonly (readonly [name: string, body: string | Uint8Array])[] = [
  ['empty', ''],
  ['truncated', '{"a":'],
  ['trailing', '{} {}'],
  ['single-quotes', "{'a':1}"],
  ['nan', '{"a":NaN}'],
  ['comment', '{/**/}'],
  ['bom', '\ufeff{}'],
  ['not-utf8', new Uint8Array([123, 34, 255, 254, 34, 58, 49, 125])],
  ['duplicate', '{"a":1,"a":2}'],
  ['duplicate-escaped', '{"a":1,"\\u0061":2}'],
  ['depth-10000', deep(10_000)],
  ['depth-objects', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
  ['proto', '{"__proto__":{"polluted":true}}'],
  ['constructor', '{"constructor":{"prototype":{"polluted":true}}}'],
  ['big-integer', `{"a":${'9'.repeat(5_000)}}`],
  ['many-keys', `{${Array.from({ length: 260_000 }, (_, n) => `"${n}":0`).join(',')}}`],
];

const TYPES = [
  'application/xml',
  'multipart/form-data; boundary=x',
  'text/html',
  'application/x-www-form-urlencoded',
  '*/*',
];
const NAMES = [
  '..',
  '%00',
  '%2e%2e%2f',
  '__proto__',
  'constructor',
  "' OR 1=1 --",
  '\u202e\u{1f4a9}',
  'x'.repeat(5_000),
];

async function fits(schema: Schema, value: unknown): Promise<boolean> {
  return !((await schema['~standard'].validate(value)) as { issues?: unknown }).issues;
}

/** Why an answer is not one that a caller can act on; undefined when it is. */
function faultIn({ status, headers, json, text: body }: Heard, isRefusal: boolean): string | undefined {
  const shown = `${status} ${body.slice(0, 300)}`;
  if (status >= 500) return `failed: ${shown}`;
  if (headers.get('x-content-type-options') !== 'nosniff') return `has no security headers: ${shown}`;
  if (isRefusal && status < 400) return `was taken: ${shown}`;
  if (status < 400) return undefined;
  if (headers.get('content-type') !== 'application/problem+json') return `is no problem: ${shown}`;
  if (typeof json?.['code'] !== 'string') return `has no code: ${shown}`;
  const errors = json['errors'] as { pointer?: unknown }[] | undefined;
  if (errors && !errors.every(({ pointer }) => typeof pointer === 'string')) return `has no pointer: ${shown}`;
  if (typeof json['hint'] !== 'string' && !errors?.length) return `says not what to do: ${shown}`;
  return undefined;
}

/** Every way to send a route what it does not declare. `asker` makes an owner of an organisation of their own. */
export async function* fuzz(routes: readonly RouteCase[], asker: () => Promise<Ask>): AsyncGenerator<Case> {
  for (const { area, name, route } of routes) {
    // An organisation for each: what a route takes may end it.
    const ask = await asker();
    for await (const { what, sent, isRefusal } of tries(route)) {
      const answer = await ask(route.key, sent);
      yield { id: `fuzz/${area}.${name}/${what}`, about: route.key, why: faultIn(answer, isRefusal) };
    }
  }
}

interface Try {
  what: string;
  sent: Sent;
  /** The contract's own schema says no. */
  isRefusal: boolean;
}

async function* tries(route: AnyRoute): AsyncGenerator<Try> {
  const query = queryFor(route, text);
  const body = bodyFor(route, text);
  const sent: Sent = { query, ...(body === undefined ? {} : { body }) };
  for (const value of route.path.includes('{') ? NAMES : []) {
    const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, each = '']) => each);
    const params = Object.fromEntries(names.map((each) => [each, value]));
    yield { what: `path/${value.slice(0, 12)}`, sent: { ...sent, params }, isRefusal: false };
  }
  yield { what: 'query/unknown', sent: { ...sent, query: { ...query, 'no-such-parameter': '1' } }, isRefusal: true };
  for (const name of route.query ? Object.keys(jsonSchemaOf(route.query).properties ?? {}) : []) {
    for (const value of ['', '-1', 'NaN', '1e99', '\u{1f4a9}', '__proto__', '[object Object]', 'x'.repeat(8_000)]) {
      const next = { ...query, [name]: value };
      const isRefusal = route.query !== undefined && !(await fits(route.query, next));
      yield { what: `query/${name}/${value.slice(0, 12)}`, sent: { ...sent, query: next }, isRefusal };
    }
  }
  if (route.body && route.accepts === 'json' && route.method !== 'GET') yield* bodies(route, route.body, body, query);
}

async function* bodies(
  route: AnyRoute,
  schema: Schema,
  body: unknown,
  query: Record<string, string>,
): AsyncGenerator<Try> {
  for (const [name, value] of TEXTS) {
    const takesDuplicates = route.duplicateKeys === 'last-wins' && name.startsWith('duplicate');
    const isRefusal = !takesDuplicates && !['empty', 'bom', 'big-integer', 'proto', 'constructor'].includes(name);
    yield { what: `text/${name}`, sent: { query, body: value, headers: JSON_TYPE }, isRefusal };
  }
  for (const type of TYPES) {
    const sent = { query, body: JSON.stringify(body), headers: { 'content-type': type } };
    yield { what: `type/${type.slice(0, 24)}`, sent, isRefusal: true };
  }
  for (const [name, value] of VALUES) {
    yield {
      what: `body/${name}`,
      sent: { query, body: jsonText(value), headers: JSON_TYPE },
      isRefusal: !(await fits(schema, value)),
    };
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return;
  const extra = { ...body, 'no such field': 1 };
  yield { what: 'field/unknown', sent: { query, body: extra }, isRefusal: !(await fits(schema, extra)) };
  const fields = new Set([...Object.keys(body), ...Object.keys(jsonSchemaOf(schema).properties ?? {})]);
  for (const field of fields) {
    for (const [name, value] of VALUES) {
      const next = { ...body, [field]: value };
      const isRefusal = !(await fits(schema, next));
      yield { what: `field/${field}/${name}`, sent: { query, body: jsonText(next), headers: JSON_TYPE }, isRefusal };
    }
  }
}

const jsonText = (value: unknown): string => JSON.stringify(value);
