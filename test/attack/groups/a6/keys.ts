/**
 * What a polluted prototype would carry. The first would switch off every node, the second make each give its input on:
 * a product that reads either from a prototype answers the next call wrongly, and says so by itself.
 */
export const POLLUTION = { disabled: true, onError: 'continue', polluted: 'yes' } as const;

const json = JSON.stringify(POLLUTION);

/** Bodies whose keys mean a prototype to careless code. */
export const BODIES: readonly (readonly [about: string, text: string])[] = [
  ['__proto__', `{"__proto__":${json}}`],
  ['constructor.prototype', `{"constructor":{"prototype":${json}}}`],
  ['__proto__ below', `{"a":{"__proto__":${json}}}`],
  ['__proto__ in a list', `{"list":[{"__proto__":${json}}]}`],
  ['__proto__ of __proto__', `{"__proto__":{"__proto__":${json}}}`],
  ['__proto__ by escape', `{"\\u005f\\u005fproto\\u005f\\u005f":${json}}`],
  ['__proto__ as a list', `{"__proto__":[${json}]}`],
  ['__proto__ as null', '{"__proto__":null}'],
  ['prototype', `{"prototype":${json}}`],
  ['dotted', `{"__proto__.disabled":true,"constructor.prototype.disabled":true}`],
  ['bracketed', `{"__proto__[disabled]":true,"constructor[prototype][disabled]":true}`],
  ['methods', '{"toString":1,"valueOf":2,"hasOwnProperty":3,"toJSON":4,"then":5}'],
  ['getters', '{"__defineGetter__":1,"__lookupGetter__":2,"__defineSetter__":3}'],
  ['item keys', `{"json":{"__proto__":${json}},"binary":{"__proto__":${json}},"pairedItem":{"__proto__":${json}}}`],
];

/** Query strings and forms; `v` is there so that a workflow has something to read. */
export const QUERIES: readonly string[] = [
  '__proto__[disabled]=true',
  '__proto__.disabled=true',
  '__proto__=1',
  '__proto__[]=1',
  'constructor[prototype][disabled]=true',
  'constructor.prototype.disabled=true',
  'a[__proto__][disabled]=true',
  'a[constructor][prototype][disabled]=true',
  '__proto__[toString]=1',
  '__proto__%5Bdisabled%5D=true',
  'toString=1&valueOf=2&hasOwnProperty=3',
  '__proto__=1&__proto__=2',
];

/** Names for nodes, fields, headers, files. */
export const NAMES: readonly string[] = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '__proto__.disabled',
  'constructor.prototype.disabled',
  '__proto__[disabled]',
];
