import { RE2JS } from 're2js';
import { NodeError } from '../node/kit.ts';

const FLAGS: Readonly<Record<string, number>> = {
  i: RE2JS.CASE_INSENSITIVE,
  m: RE2JS.MULTILINE,
  s: RE2JS.DOTALL,
};

/**
 * Compiles `source` or `/source/flags` with RE2: linear time whatever the workflow's author or sender wrote.
 * Look-around and back-references do not exist in RE2. Throws NodeError `bad-regex`.
 */
export function compilePattern(text: string, flags = ''): RE2JS {
  const literal = /^\/(.*?)\/([gimusy]*)$/s.exec(text);
  const source = literal?.[1] ?? text;
  let bits = 0;
  for (const flag of (literal?.[2] ?? '') + flags) bits |= FLAGS[flag] ?? 0;
  try {
    return RE2JS.compile(RE2JS.translateRegExp(source), bits);
  } catch (error) {
    throw new NodeError('bad-regex', `"${source}" is not a regular expression that can be used here.`, {
      description: error instanceof Error ? error.message : String(error),
    });
  }
}

/** Tests texts against patterns; the last pattern stays compiled, since it rarely changes between items. */
export function patternTester(): (text: string, pattern: string) => boolean {
  let last: { text: string; compiled: RE2JS } | undefined;
  return (text, pattern) => {
    if (last?.text !== pattern) last = { text: pattern, compiled: compilePattern(pattern) };
    return last.compiled.test(text);
  };
}
