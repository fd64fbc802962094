import type { Payload } from './payload.ts';
import { PROOF, SOURCE } from './payload.ts';

interface Spelling {
  name: string;
  about: string;
  /** Reads a member of `object`, by the name given in clear text. */
  read(object: string, key: string): string;
}

const quote = (text: string): string => JSON.stringify(text);
const codes = (key: string): string => [...key].map((char) => char.charCodeAt(0)).join(', ');
const hex = (key: string): string =>
  [...key].map((char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`).join('');
const unicode = (key: string): string => `\\u${key.charCodeAt(0).toString(16).padStart(4, '0')}${key.slice(1)}`;
const halves = (key: string): [string, string] => [key.slice(0, 4), key.slice(4)];
const bracket = (object: string, inner: string): string => `(${object})[${inner}]`;

/** Ways to write one member access, each of which a filter over source text has overlooked somewhere. */
const SPELLINGS: readonly Spelling[] = [
  { name: 'dot', about: 'plain member', read: (o, k) => `(${o}).${k}` },
  { name: 'bracket', about: 'quoted member', read: (o, k) => bracket(o, quote(k)) },
  {
    name: 'template',
    about: 'key from a template literal',
    read: (o, k) => bracket(o, `\`${halves(k)[0]}\${"${halves(k)[1]}"}\``),
  },
  { name: 'concat', about: 'key from concatenation', read: (o, k) => bracket(o, halves(k).map(quote).join(' + ')) },
  {
    name: 'char-codes',
    about: 'key from character codes',
    read: (o, k) => bracket(o, `String.fromCharCode(${codes(k)})`),
  },
  { name: 'hex-escape', about: 'key with \\x escapes', read: (o, k) => bracket(o, `"${hex(k)}"`) },
  { name: 'unicode-name', about: 'identifier with a unicode escape', read: (o, k) => `(${o}).${unicode(k)}` },
  { name: 'unicode-key', about: 'key with a unicode escape', read: (o, k) => bracket(o, `"${unicode(k)}"`) },
  {
    name: 'brace-escape',
    about: 'key with a \\u{} escape',
    read: (o, k) => bracket(o, `"\\u{${k.charCodeAt(0).toString(16)}}${k.slice(1)}"`),
  },
  { name: 'array-key', about: 'key wrapped in an array', read: (o, k) => bracket(o, `[${quote(k)}]`) },
  { name: 'nested-array-key', about: 'key wrapped in arrays', read: (o, k) => bracket(o, `[[[${quote(k)}]]]`) },
  {
    name: 'to-string-key',
    about: 'object key with toString',
    read: (o, k) => bracket(o, `{toString: () => ${quote(k)}}`),
  },
  {
    name: 'value-of-key',
    about: 'object key with valueOf only',
    read: (o, k) => bracket(o, `{toString: null, valueOf: () => ${quote(k)}}`),
  },
  {
    name: 'two-faced-key',
    about: 'key that answers differently the second time',
    read: (o, k) => `(() => { let n = 0; return (${o})[{toString: () => n++ > 0 ? ${quote(k)} : "lengths"}] })()`,
  },
  {
    name: 'two-faced-check',
    about: 'key that is harmless when looked at by in',
    read: (o, k) =>
      `(() => { let n = 0; const k = {toString: () => n++ < 1 ? "a" : ${quote(k)}}; k + ""; return (${o})[k] })()`,
  },
  { name: 'join', about: 'key joined from letters', read: (o, k) => bracket(o, `${quote(k)}.split("").join("")`) },
  {
    name: 'reverse',
    about: 'key written backwards',
    read: (o, k) => bracket(o, `${quote([...k].reverse().join(''))}.split("").reverse().join("")`),
  },
  { name: 'base64', about: 'key decoded from base64', read: (o, k) => bracket(o, `atob(${quote(btoa(k))})`) },
  {
    name: 'url',
    about: 'key decoded from a URL',
    read: (o, k) =>
      bracket(o, `decodeURIComponent("${[...k].map((c) => `%${c.charCodeAt(0).toString(16)}`).join('')}")`),
  },
  { name: 'json', about: 'key parsed from JSON', read: (o, k) => bracket(o, `JSON.parse('"${k}"')`) },
  {
    name: 'own-key',
    about: 'key listed from an object',
    read: (o, k) => bracket(o, `Object.keys({${quote(k)}: 1})[0]`),
  },
  { name: 'replace', about: 'key made by replace', read: (o, k) => bracket(o, `"${k}!".replace("!", "")`) },
  {
    name: 'data',
    about: 'key that comes with the item',
    read: (o, k) => bracket(o, `$json.keys[${k === 'constructor' ? 0 : k === '__proto__' ? 1 : 2}]`),
  },
  { name: 'optional', about: 'optional member', read: (o, k) => `(${o})?.${k}` },
  { name: 'optional-bracket', about: 'optional quoted member', read: (o, k) => `(${o})?.[${quote(k)}]` },
  { name: 'destructure', about: 'destructured member', read: (o, k) => `(({${k}: x}) => x)(${o})` },
  {
    name: 'destructure-computed',
    about: 'destructured by a computed key',
    read: (o, k) => `(({[${halves(k).map(quote).join(' + ')}]: x}) => x)(${o})`,
  },
  {
    name: 'destructure-array-key',
    about: 'destructured by an array as key',
    read: (o, k) => `(({[[${quote(k)}]]: x}) => x)(${o})`,
  },
  {
    name: 'destructure-default',
    about: 'destructured in a parameter default',
    read: (o, k) => `((a, {${k}: x} = a) => x)(${o})`,
  },
  {
    name: 'destructure-for',
    about: 'destructured by for-of',
    read: (o, k) => `(() => { for (const {${k}: x} of [${o}]) return x })()`,
  },
  {
    name: 'destructure-assign',
    about: 'destructured by assignment',
    read: (o, k) => `(() => { let x; ({${k}: x} = ${o}); return x })()`,
  },
  {
    name: 'destructure-catch',
    about: 'destructured by catch',
    read: (o, k) => `(() => { try { throw ${o} } catch ({${k}: x}) { return x } })()`,
  },
  { name: 'rest', about: 'what rest destructuring collects', read: (o, k) => `(({...x}) => x[${quote(k)}])(${o})` },
  { name: 'spread', about: 'what a spread copies', read: (o, k) => `({...(${o})})[${quote(k)}]` },
  { name: 'callback', about: 'inside a callback', read: (o, k) => `[${o}].map((x) => x[${quote(k)}])[0]` },
  { name: 'reducer', about: 'a path walked by reduce', read: (o, k) => `[${quote(k)}].reduce((x, k) => x[k], ${o})` },
  { name: 'comma', about: 'key after a comma', read: (o, k) => bracket(o, `("a", ${quote(k)})`) },
  { name: 'ternary', about: 'key chosen by a condition', read: (o, k) => bracket(o, `true ? ${quote(k)} : ""`) },
  {
    name: 'assigned',
    about: 'key assigned while it is used',
    read: (o, k) => `(() => { let k; return (${o})[k = ${quote(k)}] })()`,
  },
  { name: 'pluck', about: 'read by n8n’s pluck', read: (o, k) => `[${o}].pluck(${quote(k)})[0]` },
  { name: 'get', about: 'read by get() where there is one', read: (o, k) => `(${o}).get(${quote(k)})` },
];

interface Start {
  name: string;
  code: string;
}

/** Values to start from: everything that has a host object behind it. */
export const STARTS: readonly Start[] = [
  { name: 'text', code: '""' },
  { name: 'number', code: '1' },
  { name: 'boolean', code: 'true' },
  { name: 'list', code: '[]' },
  { name: 'object', code: '({})' },
  { name: 'arrow', code: '(() => 1)' },
  { name: 'function', code: '(function () {})' },
  { name: 'regex', code: '/x/' },
  { name: 'date', code: 'new Date(0)' },
  { name: 'map', code: 'new Map()' },
  { name: 'set', code: 'new Set()' },
  { name: 'error', code: 'new Error("x")' },
  { name: 'json', code: '$json' },
  { name: 'input', code: '$input' },
  { name: 'node', code: '$("start")' },
  { name: 'now', code: '$now' },
  { name: 'luxon', code: 'DateTime' },
  { name: 'math', code: 'Math' },
  { name: 'method', code: '[].map' },
  { name: 'static', code: 'Object.keys' },
  { name: 'global', code: 'parseInt' },
  { name: 'helper', code: '$if' },
];

/** What reading `key` of a start gives when it is nobody's: nothing. A match object and the like are no start. */
function reads(key: string, spelling: Spelling, start: Start): Payload {
  return {
    id: `A1/${key.replaceAll('_', '')}/${spelling.name}/${start.name}`,
    about: `${key} of ${start.name}: ${spelling.about}`,
    code: spelling.read(start.code, key),
  };
}

/** The whole way: the constructor of the constructor, called with source text. */
function runs(spelling: Spelling, start: Start): Payload {
  const inner = spelling.read(spelling.read(start.code, 'constructor'), 'constructor');
  return {
    id: `A1/function/${spelling.name}/${start.name}`,
    about: `Function by way of ${start.name}: ${spelling.about}`,
    code: `${inner}(${JSON.stringify(SOURCE)})()`,
  };
}

/** Every spelling on some starts, every start in some spellings: the cross would say little more. */
export function spelled(): Payload[] {
  const made: Payload[] = [];
  for (const [at, spelling] of SPELLINGS.entries()) {
    for (const [from, start] of STARTS.entries()) {
      if ((at + from) % 3 === 0 || start.name === 'text' || start.name === 'object') made.push(runs(spelling, start));
      else if ((at + from) % 3 === 1) made.push(reads('constructor', spelling, start));
      else if (from % 2 === 0) made.push(reads('__proto__', spelling, start));
      else made.push(reads('prototype', spelling, start));
    }
  }
  return made;
}

export { PROOF };
