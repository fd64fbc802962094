/** What programs of the plain part of the language are made of: see plain.ts. */
export const NUMBER_LEAVES = [
  '0',
  '1',
  '2',
  '-1',
  '3',
  '10',
  '0.5',
  '1e3',
  '255',
  '-7.25',
  'NaN',
  'Infinity',
  '2 ** 31',
  '$json.n',
];
export const STRING_LEAVES = [
  '""',
  '"a"',
  '"abc"',
  '"Hello, World"',
  '" pad "',
  '"12"',
  '"1e2"',
  '"ß"',
  '"éx"',
  '"a-b-c"',
  '"aXbXc"',
  '$json.s',
];
export const BOOLEAN_LEAVES = ['true', 'false', '$json.t'];
export const OBJECT_LEAVES = ['({})', '({ a: 1, b: "x" })', '$json.o', '({ n: 5, s: "q", "x y": null })'];
export const FIELDS = ['a', 'b', 'n', 's', 'x y'];
export const PATTERNS = [
  '/a/',
  '/[a-c]+/g',
  '/\\d+/g',
  '/(l+)o/',
  '/\\s/g',
  '/^[a-z]/',
  '/\\S+/g',
  '/[^\\s,]+/g',
  '/x|X/gi',
  '/(?<first>[a-z])(?<second>[a-z])?/',
];
