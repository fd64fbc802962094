import type { Runtime } from '../runtime.ts';
import { Builtin, Namespace, statics } from '../value/callable.ts';
import { toFunction, toStr } from '../value/coerce.ts';
import { typeFault } from '../value/error-value.ts';
import { iterate } from '../value/iterate.ts';
import { isPlain } from '../value/plain.ts';
import { View } from '../value/view.ts';

/** Longer ones are no addresses. */
const MAX_URL = 100_000;

function urlText(rt: Runtime, value: unknown): string {
  const text = toStr(rt, value);
  if (text.length > MAX_URL) throw typeFault('The URL is too long');
  rt.charge(16 + (text.length >> 4));
  return text;
}

type Run = (rt: Runtime, params: URLSearchParams, args: readonly unknown[]) => unknown;

const METHODS: ReadonlyMap<string, Run> = new Map<string, Run>([
  ['append', (rt, params, [name, value]) => params.append(toStr(rt, name), toStr(rt, value))],
  ['delete', (rt, params, [name]) => params.delete(toStr(rt, name))],
  ['entries', (_rt, params) => [...params].map((pair) => [...pair])],
  [
    'forEach',
    (rt, params, [fn]) => {
      const call = toFunction(fn).repeated(rt);
      for (const [name, value] of params) call(value, name, undefined);
    },
  ],
  ['get', (rt, params, [name]) => params.get(toStr(rt, name))],
  ['getAll', (rt, params, [name]) => params.getAll(toStr(rt, name))],
  ['has', (rt, params, [name]) => params.has(toStr(rt, name))],
  ['keys', (_rt, params) => [...params].map(([name]) => name)],
  ['set', (rt, params, [name, value]) => params.set(toStr(rt, name), toStr(rt, value))],
  ['sort', (_rt, params) => params.sort()],
  ['toString', (_rt, params) => String(params)],
  ['values', (_rt, params) => [...params].map(([, value]) => value)],
]);

/** `URLSearchParams`. Always of the expression's own making, so changing one needs no copy. */
class SearchParamsView extends View {
  readonly params: URLSearchParams;

  constructor(params: URLSearchParams) {
    super();
    this.params = params;
  }

  member(_rt: Runtime, key: string): unknown {
    if (key === 'size') return [...this.params].length;
    const run = METHODS.get(key);
    return (
      run &&
      new Builtin(key, (rt, args) => {
        // Each call may write all of it anew.
        const length = String(this.params).length;
        rt.charge(4 + (length >> 4));
        for (const arg of args) if (typeof arg === 'string') rt.room(length + arg.length);
        return run(rt, this.params, args);
      })
    );
  }

  override text(): string {
    return String(this.params);
  }

  override list(): readonly unknown[] {
    return [...this.params].map((pair) => [...pair]);
  }
}

const PARTS = new Set('hash host hostname href origin password pathname port protocol search username'.split(' '));

/** `URL`. */
class UrlView extends View {
  readonly #url: URL;
  readonly #search: SearchParamsView;

  constructor(url: URL) {
    super();
    this.#url = url;
    this.#search = new SearchParamsView(url.searchParams);
  }

  member(_rt: Runtime, key: string): unknown {
    if (key === 'searchParams') return this.#search;
    if (key === 'toString' || key === 'toJSON') return new Builtin(key, () => this.#url.href);
    return PARTS.has(key) ? this.#url[key as 'href'] : undefined;
  }

  override text(): string {
    return this.#url.href;
  }

  override json(): string {
    return this.#url.href;
  }
}

function parseUrl(rt: Runtime, [text, base]: readonly unknown[]): UrlView {
  try {
    return new UrlView(new URL(urlText(rt, text), base === undefined ? undefined : urlText(rt, base)));
  } catch {
    throw typeFault('Invalid URL');
  }
}

function searchParams(rt: Runtime, [source]: readonly unknown[]): SearchParamsView {
  const params = new URLSearchParams();
  const pairs: (readonly unknown[])[] = [];
  if (source instanceof SearchParamsView || Array.isArray(source)) {
    for (const pair of iterate(rt, source)) {
      if (!Array.isArray(pair)) throw typeFault('URLSearchParams needs pairs');
      pairs.push(pair);
    }
  } else if (isPlain(source)) pairs.push(...Object.entries(source));
  else return new SearchParamsView(new URLSearchParams(source === undefined ? '' : urlText(rt, source)));
  for (const [name, value] of pairs) params.append(urlText(rt, name), urlText(rt, value));
  return new SearchParamsView(params);
}

export const urlNamespace = new Namespace('URL', {
  construct: parseUrl,
  owns: (value) => value instanceof UrlView,
  members: statics({
    canParse: (rt, [text, base]) => URL.canParse(urlText(rt, text), base === undefined ? undefined : urlText(rt, base)),
  }),
});

export const searchParamsNamespace = new Namespace('URLSearchParams', {
  construct: searchParams,
  owns: (value) => value instanceof SearchParamsView,
});
