import { parseArgs } from 'node:util';
import type { Command, Flag } from './command.ts';
import { flagsOf } from './command.ts';
import { usageError } from './failure.ts';

type Value = string | number | boolean | (string | number | boolean)[];
export interface Parsed {
  args: string[];
  flags: Record<string, Value | undefined>;
}

/** Reads a command's arguments. @throws CliFailure with exit code 2. */
export function parse(command: Command, argv: readonly string[]): Parsed {
  const known = flagsOf(command);
  const hint = `See: millrace ${command.name} --help`;
  const options = Object.fromEntries(
    Object.entries(known).map(([name, { type, short, many }]) => [
      name,
      {
        type: type === 'boolean' ? ('boolean' as const) : ('string' as const),
        ...(short === undefined ? {} : { short }),
        ...(many ? { multiple: true } : {}),
      },
    ]),
  );
  let values: Record<string, string | boolean | (string | boolean)[] | undefined>;
  let positionals: string[];
  try {
    ({ values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true }));
  } catch (error) {
    const [message = ''] = error instanceof Error ? error.message.split('. ') : [];
    throw usageError(message, hint);
  }
  const flags = Object.create(null) as Parsed['flags'];
  for (const [name, value] of Object.entries(values)) {
    const flag = known[name];
    if (!flag || value === undefined) continue;
    flags[name] = Array.isArray(value)
      ? value.map((each) => read(name, flag, each, hint))
      : read(name, flag, value, hint);
  }
  if (flags['help'] !== true) checkArgs(command, positionals, hint);
  return { args: positionals, flags };
}

function read(name: string, flag: Flag, value: string | boolean, hint: string): string | number | boolean {
  if (typeof value === 'boolean') return value;
  if (flag.choices && !flag.choices.includes(value)) {
    throw usageError(`--${name} must be one of ${flag.choices.join(', ')}, not "${value}"`, hint);
  }
  if (flag.type !== 'number') return value;
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number) || number < 0) {
    throw usageError(`--${name} must be a number from 0, not "${value}"`, hint);
  }
  return number;
}

function checkArgs(command: Command, given: readonly string[], hint: string): void {
  const missing = command.args.find((arg, index) => !arg.optional && index >= given.length);
  if (missing) throw usageError(`${missing.name} is missing: ${missing.summary}`, hint);
  const takesMany = command.args.at(-1)?.many === true;
  const extra = given[command.args.length];
  if (extra !== undefined && !takesMany) throw usageError(`"${extra}" is one argument too many`, hint);
}
