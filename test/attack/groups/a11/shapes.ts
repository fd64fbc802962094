const repeated = (text: string, count: number, separator = ''): string =>
  Array.from({ length: count }, () => text).join(separator);

/** Bodies that cost a careless reader more than they cost to send. Made when needed: some are megabytes. */
export const BODIES: readonly (readonly [about: string, make: () => string])[] = [
  ['arrays 100,000 deep', () => '['.repeat(100_000) + ']'.repeat(100_000)],
  ['arrays 100,000 deep, unclosed', () => '['.repeat(100_000)],
  ['objects 100,000 deep', () => `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
  ['arrays and objects 50,000 deep', () => `${'[{"a":'.repeat(50_000)}1${'}]'.repeat(50_000)}`],
  ['600,000 keys', () => `{${Array.from({ length: 600_000 }, (_, n) => `"k${n}":0`).join(',')}}`],
  [
    '250,000 keys that look alike',
    () => `{${Array.from({ length: 250_000 }, (_, n) => `"${'a'.repeat(20)}${n}":0`).join(',')}}`,
  ],
  ['a list of 4,000,000', () => `[${repeated('0', 4_000_000, ',')}]`],
  ['a number of 1,000,000 digits', () => `{"a":${'9'.repeat(1_000_000)}}`],
  ['an exponent of 100,000 digits', () => `{"a":1e${'9'.repeat(100_000)}}`],
  ['a text of 9 MiB', () => JSON.stringify({ a: 'x'.repeat(9 * 1024 * 1024) })],
  ['a text of 1,000,000 escapes', () => `{"a":"${'\\u0041'.repeat(1_000_000)}"}`],
  ['a key of 5 MiB', () => `{"${'k'.repeat(5 * 1024 * 1024)}":1}`],
  ['the same key 100,000 times', () => `{${repeated('"a":1', 100_000, ',')}}`],
  ['11 MiB of blanks', () => ' '.repeat(11 * 1024 * 1024)],
  ['10 MiB of open quotes', () => '"'.repeat(10 * 1024 * 1024)],
  ['backslashes without end', () => `"${'\\'.repeat(2_000_001)}`],
  ['20 MiB', () => JSON.stringify({ a: 'x'.repeat(20 * 1024 * 1024) })],
  ['100 MiB', () => 'x'.repeat(100 * 1024 * 1024)],
];

/** Requests whose head is the attack. */
export const HEADS: readonly (readonly [about: string, path: string, headers: Record<string, string>])[] = [
  ['an address of 15,000 characters', `/v1/runs?text=${'x'.repeat(15_000)}`, {}],
  ['5,000 parameters', `/v1/runs?${Array.from({ length: 5_000 }, (_, n) => `p${n}`).join('&')}`.slice(0, 15_000), {}],
  ['the same parameter 4,000 times', `/v1/runs?${repeated('a=', 4_000, '&')}`.slice(0, 15_000), {}],
  ['a path of 5,000 parts', `/v1/${repeated('a/', 5_000)}`, {}],
  ['a page of -1', '/v1/runs?limit=-1', {}],
  ['a page of 0', '/v1/runs?limit=0', {}],
  ['a page of 1,000,000,000', '/v1/runs?limit=1000000000', {}],
  ['a page of 1e99', '/v1/runs?limit=1e99', {}],
  ['a page of half', '/v1/runs?limit=0.5', {}],
  ['a page of NaN', '/v1/audit?limit=NaN', {}],
  ['a cursor of 3,900 characters', `/v1/runs?cursor=${'A'.repeat(3_900)}`, {}],
  ['a wait of a year', '/v1/runs/run_0_1_1?wait=999999m', {}],
  ['2,000 statuses', `/v1/runs?status=${repeated('error', 2_000, ',')}`, {}],
  ['a cookie of 12,000 characters', '/v1/runs', { cookie: `a=${'x'.repeat(12_000)}` }],
  ['1,500 cookies', '/v1/runs', { cookie: repeated('a=1', 1_500, '; ') }],
  ['a key of 10,000 characters', '/v1/runs', { authorization: `Bearer mr_local_${'x'.repeat(10_000)}` }],
  ['a range of the whole', '/v1/audit', { range: 'bytes=0-,0-,0-,0-,0-,0-' }],
];

/** Expressions and texts on which matching goes wrong. */
export const PATTERNS: readonly (readonly [about: string, expression: string])[] = [
  ['nested quantifiers', '={{ ("a".repeat(40) + "!").match(/^(a+)+$/) }}'],
  ['alternatives that overlap', '={{ ("a".repeat(40) + "!").match(/^(a|aa)+$/) }}'],
  ['nested groups', '={{ ("x".repeat(60) + "y").match(/(x+x+)+z/) }}'],
  [
    'backtracking of a mail pattern',
    '={{ ("a".repeat(60) + "@").match(/^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}$/) }}',
  ],
  ['counted repetition', '={{ "a".repeat(5000).match(/(a{1,1000}){1,1000}b/) }}'],
  ['replace with growth', '={{ "a".repeat(100000).replaceAll("a", "b".repeat(100000)) }}'],
  ['repeat', '={{ "a".repeat(2**30) }}'],
  ['padding', '={{ "a".padEnd(2**30, "b") }}'],
  ['join of holes', '={{ Array(2**30).join("a") }}'],
  ['list of lists', '={{ Array.from({length: 10000000}, (x, i) => i).map(x => [x, x, x]) }}'],
];
