import { LIBRARIES } from './libraries.ts';

/** Globals and members that an isolate has only with Node's API, and our helpers that are made of them. */
const MENTIONS =
  /Buffer|BinaryData|\bprocess\b|(?<!['"`])\bglobal(?:This)?\b|\b(?:set|clear)Immediate\b|\.(?:un)?ref\(|\bhelpers\b|\bfetch\b|\bimport\s*\(/;
const REQUIRE = /\brequire\b(?:\s*\(\s*(['"`])([^'"`]*)\1\s*\))?/g;

/**
 * Whether code can be looking for what Node has. Making that ready is more than half of a new isolate's time, and most
 * code only computes.
 */
export const mentionsNode = (code: string): boolean =>
  MENTIONS.test(code) || [...code.matchAll(REQUIRE)].some(([, , name]) => !Object.hasOwn(LIBRARIES, name ?? ''));
