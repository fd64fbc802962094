import { RE2JS } from 're2js';
import { NodeError } from '../node/kit.ts';

const MAX_PATTERN_CHARS = 1000;
const WILD = /[*?[{!]/;

export interface Glob {
  /** All matching paths begin with it. */
  prefix: string;
  matches(path: string): boolean;
}

/** True when a path is a pattern rather than the name of one file. */
export const isGlob = (path: string): boolean => WILD.test(path);

/**
 * `*` and `?` stay within a folder, `**` does not, `[abc]` is one of, `{a,b}` either. Matched in linear time.
 * @throws NodeError `bad-pattern`.
 */
export function globOf(pattern: string): Glob {
  if (pattern.length > MAX_PATTERN_CHARS) throw new NodeError('bad-pattern', 'The pattern of paths is too long.');
  const literal = pattern.slice(0, Math.max(0, pattern.search(WILD)));
  try {
    const compiled = RE2JS.compile(expressionOf(pattern));
    return {
      prefix: WILD.test(pattern) ? literal.slice(0, literal.lastIndexOf('/') + 1) : pattern,
      matches: (path) => compiled.matches(path),
    };
  } catch {
    throw new NodeError('bad-pattern', `${JSON.stringify(pattern)} is no pattern of paths.`);
  }
}

function expressionOf(pattern: string): string {
  let made = '';
  let depth = 0;
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at] as string;
    const rest = pattern.slice(at);
    if (rest.startsWith('**/')) {
      made += '(?:[^/]+/)*';
      at += 2;
    } else if (rest.startsWith('**')) {
      made += '.*';
      at += 1;
    } else if (char === '*') made += '[^/]*';
    else if (char === '?') made += '[^/]';
    else if (char === '[') {
      const set = /^\[(!|\^)?(\]?[^\]/]*)\]/.exec(rest);
      if (!set) {
        made += '\\[';
        continue;
      }
      made += `[${set[1] ? '^/' : ''}${(set[2] ?? '').replace(/[\\[\]^&]/g, String.raw`\$&`)}]`;
      at += set[0].length - 1;
    } else if (char === '{') {
      made += '(?:';
      depth += 1;
    } else if (char === '}' && depth > 0) {
      made += ')';
      depth -= 1;
    } else if (char === ',' && depth > 0) made += '|';
    else made += RE2JS.quote(char);
  }
  return made + ')'.repeat(depth);
}
