import { compileProgram } from './compile/program.ts';
import { ExpressionError } from './error.ts';
import { parseSegment } from './parse.ts';
import { split } from './split.ts';

export interface Segment {
  code: string;
  /** Offset of the code in the parameter text as written. */
  position: number;
  /** Why it cannot run, and where; absent when it compiles. */
  error?: { code: string; message: string; position: number };
}

/** The `{{ }}` segments of a parameter text, each compiled for itself. Never throws. */
export function segmentsOf(text: string): Segment[] {
  if (!text.startsWith('=')) return [];
  return split(text.slice(1), 1).flatMap((part): Segment[] => {
    if (part.kind === 'text') return [];
    const segment = { code: part.code, position: part.start };
    try {
      const { program, offset } = parseSegment(part.code, part.start);
      compileProgram(program, offset);
      return [segment];
    } catch (error) {
      const known = error instanceof ExpressionError ? error : undefined;
      const message = error instanceof Error ? error.message : String(error);
      return [
        { ...segment, error: { code: known?.code ?? 'limit', message, position: known?.position ?? part.start } },
      ];
    }
  });
}
