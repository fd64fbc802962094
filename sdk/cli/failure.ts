/** Exit codes; `millrace --help` prints them. */
export const EXIT = {
  ok: 0,
  /** The run failed, a document is invalid, a file could not be imported. */
  failed: 1,
  /** The command line makes no sense. */
  usage: 2,
  /** The server refused. */
  refused: 3,
  /** The server cannot be reached. */
  unreachable: 4,
  interrupted: 130,
} as const;

export const EXIT_MEANINGS: readonly [number, string][] = [
  [EXIT.ok, 'done'],
  [EXIT.failed, 'the run failed, or a document or file has errors'],
  [EXIT.usage, 'the command line is wrong'],
  [EXIT.refused, 'the server refused the request'],
  [EXIT.unreachable, 'the server cannot be reached'],
  [EXIT.interrupted, 'interrupted'],
];

/** An expected failure: shown without a stack, with what to do next. */
export class CliFailure extends Error {
  readonly exitCode: number;
  readonly code: string;
  readonly hint: string | undefined;
  readonly details: readonly string[];
  constructor(
    code: string,
    message: string,
    more: { hint?: string | undefined; exitCode?: number; details?: readonly string[] } = {},
  ) {
    super(message);
    this.name = 'CliFailure';
    this.code = code;
    this.hint = more.hint;
    this.exitCode = more.exitCode ?? EXIT.failed;
    this.details = more.details ?? [];
  }
}

export const usageError = (message: string, hint?: string): CliFailure =>
  new CliFailure('usage', message, { exitCode: EXIT.usage, hint });
