import type { Arg, Command, Flag } from './command.ts';
import { flagsOf } from './command.ts';
import { EXIT_MEANINGS } from './failure.ts';

const columns = (rows: readonly (readonly [string, string])[]): string => {
  const width = Math.max(0, ...rows.map(([left]) => left.length)) + 2;
  return rows.map(([left, right]) => `  ${left.padEnd(width)}${right}`).join('\n');
};

function argText({ name, optional, many }: Arg): string {
  const text = many ? `${name}…` : name;
  return optional ? `[${text}]` : text;
}

function flagText(name: string, { type, short, value, choices }: Flag): string {
  const placeholder = type === 'boolean' ? '' : ` ${value ?? choices?.join('|') ?? (type === 'number' ? 'N' : 'TEXT')}`;
  return `${short === undefined ? '' : `-${short}, `}--${name}${placeholder}`;
}

function usageLine(command: Command): string {
  const flags = Object.keys(command.flags).length > 0 ? ['[options]'] : [];
  return ['millrace', command.name, ...command.args.map(argText), ...flags].join(' ');
}

/** `millrace --help`. */
export function overview(commands: readonly Command[]): string {
  return [
    'Millrace runs workflows durably: on a server, or here without one.',
    '',
    'Usage: millrace COMMAND [arguments] [options]',
    '',
    'Commands:',
    columns(commands.map((command) => [command.name, command.summary])),
    '',
    'Every command takes --help and --json.',
    '',
    'Exit codes:',
    columns(EXIT_MEANINGS.map(([code, meaning]) => [String(code), meaning])),
    '',
  ].join('\n');
}

/** `millrace COMMAND --help`. */
export function commandHelp(command: Command): string {
  const parts = [command.summary, '', `Usage: ${usageLine(command)}`];
  if (command.args.length > 0) {
    parts.push('', 'Arguments:', columns(command.args.map((arg) => [argText(arg), arg.summary])));
  }
  const flags = Object.entries(flagsOf(command)).map(([name, flag]) => [flagText(name, flag), flag.summary] as const);
  parts.push('', 'Options:', columns(flags));
  if (command.examples.length > 0) parts.push('', 'Examples:', columns(command.examples));
  return `${parts.join('\n')}\n`;
}
