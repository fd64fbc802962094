import { ExpressionError } from '../error.ts';
import { parseSegment } from '../parse.ts';
import { split } from '../split.ts';
import { Findings, type Dynamic, type Read } from './findings.ts';
import { readProgram } from './reader.ts';

export interface Analysis {
  /** Names of the nodes referred to. */
  nodes: string[];
  /** Everything read, with where it comes from. */
  reads: Read[];
  /** The paths of `reads` in the input's json, dotted. */
  fields: string[];
  /** Names read from `$vars`. */
  vars: string[];
  /** Dotted paths read from `$secrets`. */
  secrets: string[];
  /** True when `$env` is mentioned. */
  env: boolean;
  /** What is read by a name only known at run time: the lists above are not complete then. */
  dynamic: Dynamic[];
  error?: { message: string; position: number };
}

const unique = (values: readonly string[]): string[] => [...new Set(values.filter((value) => value !== ''))];

/** What a parameter text refers to, without running it. Never throws; a syntax error is in `error`. */
export function analyze(text: string): Analysis {
  const found = new Findings();
  let error: Analysis['error'];
  for (const part of text.startsWith('=') ? split(text.slice(1), 1) : []) {
    if (part.kind === 'text') continue;
    try {
      const { program, offset } = parseSegment(part.code, part.start);
      readProgram(program, offset, found);
    } catch (cause) {
      const position = cause instanceof ExpressionError ? cause.position : undefined;
      error ??= { message: cause instanceof Error ? cause.message : String(cause), position: position ?? part.start };
    }
  }
  const { reads } = found;
  const dotted = (of: Read['of']): string[] =>
    unique(reads.filter((read) => read.of === of && read.node === undefined).map((read) => read.path.join('.')));
  return {
    nodes: [...found.nodes],
    reads,
    fields: dotted('json'),
    vars: unique(reads.filter((read) => read.of === 'vars').map(({ path }) => path[0] ?? '')),
    secrets: dotted('secrets'),
    env: found.env,
    dynamic: found.dynamic,
    ...(error ? { error } : {}),
  };
}
