import { homedir } from 'node:os';
import { text as textOf } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { ApiError } from '../client/index.ts';
import { COMMANDS } from './commands/index.ts';
import { CliFailure, EXIT, usageError } from './failure.ts';
import { commandHelp, overview } from './help.ts';
import { parse } from './parse.ts';
import type { World } from './terminal/cli.ts';
import { openCli } from './terminal/open.ts';
import { clean, paintFor } from './terminal/paint.ts';

/** Runs one command line. Never throws; settles with the exit code. */
export async function main(argv: readonly string[], world: World = realWorld()): Promise<number> {
  const wantsJson = argv.includes('--json');
  try {
    return await dispatch(argv, world);
  } catch (error) {
    if (world.interrupted.aborted) return EXIT.interrupted;
    return report(error, world, wantsJson);
  }
}

async function dispatch(argv: readonly string[], world: World): Promise<number> {
  const [first, ...rest] = argv;
  if (first === undefined || first === '--help' || first === '-h' || (first === 'help' && rest.length === 0)) {
    world.out(overview(COMMANDS));
    return first === undefined ? EXIT.usage : EXIT.ok;
  }
  const isHelp = first === 'help';
  const name = isHelp ? rest[0] : first;
  const command = COMMANDS.find((each) => each.name === name);
  if (!command) {
    throw usageError(`There is no command "${name}"`, `Commands: ${COMMANDS.map((each) => each.name).join(', ')}`);
  }
  const { args, flags } = parse(command, isHelp ? ['--help'] : rest);
  if (flags['help'] === true) {
    world.out(commandHelp(command));
    return EXIT.ok;
  }
  // SAFETY: parse made the values by this command's own flags.
  return command.run(openCli(world, flags['json'] === true), { args, flags: flags as never });
}

function report(error: unknown, world: World, json: boolean): number {
  const failure = failureOf(error);
  const { code, message, hint, details } = failure;
  if (json) {
    world.err(`${JSON.stringify({ error: { code, message, ...(hint === undefined ? {} : { hint }), details } })}\n`);
    return failure.exitCode;
  }
  const paint = paintFor(world.errIsTty, world.env);
  const lines = [`${paint.red('error')} ${clean(message)}`, ...details.map((detail) => `  ${clean(detail)}`)];
  if (hint !== undefined) lines.push(paint.dim(clean(hint)));
  world.err(`${lines.join('\n')}\n`);
  return failure.exitCode;
}

function failureOf(error: unknown): CliFailure {
  if (error instanceof CliFailure) return error;
  if (error instanceof ApiError) {
    const details = error.errors.map(
      ({ pointer, message, hint }) => `${pointer} ${message}${hint === undefined ? '' : ` ${hint}`}`,
    );
    const text = `${error.message} (${error.status} ${error.code}${error.requestId === undefined ? '' : `, request ${error.requestId}`})`;
    return new CliFailure(error.code, text, { exitCode: EXIT.refused, details, hint: error.hint });
  }
  if (error instanceof Error && error.message.startsWith('ENOENT')) {
    return new CliFailure('file-not-found', error.message.replace(/^ENOENT: /, ''), { exitCode: EXIT.usage });
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new CliFailure('bug', `This is a bug of the CLI, please report it: ${trace}`);
}

function realWorld(): World {
  const controller = new AbortController();
  process.once('SIGINT', () => {
    controller.abort();
    // A command that does not listen still ends.
    setTimeout(() => process.exit(EXIT.interrupted), 500).unref();
  });
  // `millrace runs | head` closes the pipe: that is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) =>
    process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.failed),
  );
  return {
    out: (chunk) => void process.stdout.write(chunk),
    err: (chunk) => void process.stderr.write(chunk),
    stdin: () => textOf(process.stdin),
    outIsTty: process.stdout.isTTY === true,
    errIsTty: process.stderr.isTTY === true,
    env: process.env,
    cwd: process.cwd(),
    home: homedir(),
    fetch: (url, init) => fetch(url, init),
    interrupted: controller.signal,
  };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = await main(process.argv.slice(2));
}
