import { stripVTControlCharacters } from 'node:util';

const MAX_LINES = 150;

/** What a failed command complained about, to be said again where people look first: vitest's own summary, else the last lines. */
export function complaintOf(output: string): string {
  const lines = stripVTControlCharacters(output).trimEnd().split('\n');
  const summary = lines.findIndex((line) => /^\s*⎯+ (Failed (Tests|Suites)|Unhandled Errors)\b/.test(line));
  const shown = summary < 0 ? lines.slice(-MAX_LINES) : lines.slice(summary, summary + MAX_LINES);
  return shown.join('\n');
}

/** The test files in which vitest says that something failed; none when something failed outside of them too. */
export function failedFiles(output: string): string[] {
  const told = stripVTControlCharacters(output);
  if (/^\s*⎯+ Unhandled Errors\b/m.test(told)) return [];
  const files = told.matchAll(/^\s*FAIL\s+\S+\s+(\S+\.test\.ts)\b/gm);
  return [...new Set([...files].map(([, file = '']) => file))];
}
