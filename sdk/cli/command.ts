import type { Cli } from './terminal/cli.ts';

export interface Flag {
  type: 'string' | 'boolean' | 'number';
  short?: string;
  /** Placeholder of the value in help, e.g. `FILE`. */
  value?: string;
  summary: string;
  choices?: readonly string[];
  /** May be given several times; the value is then a list. */
  many?: boolean;
}

export interface Arg {
  name: string;
  summary: string;
  optional?: boolean;
  /** Takes all that follow; only the last may. */
  many?: boolean;
}

type ValueOf<F extends Flag> = F['type'] extends 'boolean' ? boolean : F['type'] extends 'number' ? number : string;
type FlagValues<F extends Readonly<Record<string, Flag>>> = {
  readonly [K in keyof F]?: F[K] extends { many: true } ? ValueOf<F[K]>[] : ValueOf<F[K]>;
};

/** Only a command with `server: true` is given these. */
interface ServerValues {
  readonly url?: string;
  readonly key?: string;
}

/** A command as data: parsing and `--help` derive from it. */
interface Shape<F extends Readonly<Record<string, Flag>>> {
  name: string;
  summary: string;
  args: readonly Arg[];
  flags: F;
  examples: readonly [line: string, summary: string][];
  /** Talks to a server: takes --url and --key as well. */
  server: boolean;
  /** Settles with the exit code. Throws CliFailure and ApiError, which main words. */
  run(cli: Cli, given: { args: readonly string[]; flags: FlagValues<F> & ServerValues }): Promise<number>;
}

export type Command = Shape<Readonly<Record<string, Flag>>>;

export function defineCommand<const F extends Readonly<Record<string, Flag>>>(shape: Shape<F>): Command {
  // SAFETY: parse.ts makes the values by these very flags, so the narrower parameter is what arrives.
  return shape as unknown as Command;
}

const GLOBAL_FLAGS = {
  json: { type: 'boolean', summary: 'Print JSON, one document a line' },
  help: { type: 'boolean', short: 'h', summary: 'Show help' },
} as const satisfies Record<string, Flag>;

const SERVER_FLAGS = {
  url: { type: 'string', value: 'URL', summary: 'The server (else MILLRACE_URL, else what `login` stored)' },
  key: { type: 'string', value: 'KEY', summary: 'The API key (else MILLRACE_KEY, else what `login` stored)' },
} as const satisfies Record<string, Flag>;

/** All flags a command takes, global ones included. Null prototype: names come from the command line. */
export function flagsOf(command: Command): Record<string, Flag> {
  const all = Object.create(null) as Record<string, Flag>;
  return Object.assign(all, command.flags, command.server ? SERVER_FLAGS : {}, GLOBAL_FLAGS);
}
