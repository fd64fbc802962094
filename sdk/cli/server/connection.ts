import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '../../client/index.ts';
import { createClient } from '../../client/index.ts';
import { CliFailure, EXIT, usageError } from '../failure.ts';
import type { Cli, World } from '../terminal/cli.ts';

export interface Connection {
  url: string;
  key: string;
}

const fileOf = ({ env, home }: World): string =>
  join(env['XDG_CONFIG_HOME'] || join(home, '.config'), 'millrace', 'config.json');

/** Keeps server and key for later commands; readable by its owner only. Returns the file's path. */
export function store(world: World, connection: Connection): string {
  const path = fileOf(world);
  mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 });
  writeFileSync(path, `${JSON.stringify(connection, undefined, 2)}\n`, { mode: 0o600 });
  // The mode above counts for new files only.
  chmodSync(path, 0o600);
  return path;
}

function stored(world: World): Partial<Connection> {
  const path = fileOf(world);
  if (!existsSync(path)) return {};
  try {
    const { url, key } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    return { ...(typeof url === 'string' ? { url } : {}), ...(typeof key === 'string' ? { key } : {}) };
  } catch {
    throw usageError(`${path} is damaged`, 'Log in again: millrace login --url URL --key KEY');
  }
}

/** Where to, and as whom: flags before environment before what `login` stored. @throws CliFailure when nothing says. */
export function connectionOf(world: World, flags: { url?: string; key?: string }): Connection {
  const kept = stored(world);
  const url = flags.url ?? world.env['MILLRACE_URL'] ?? kept.url;
  const key = flags.key ?? world.env['MILLRACE_KEY'] ?? kept.key;
  if (url === undefined || key === undefined) {
    throw usageError(
      `No ${url === undefined ? 'server' : 'API key'} is known`,
      'Run `millrace login --url URL --key KEY`, or set MILLRACE_URL and MILLRACE_KEY. `npm start` prints both.',
    );
  }
  if (!URL.canParse(url) || !/^https?:/.test(url)) throw usageError(`"${url}" is not an http address`);
  return { url, key };
}

export function clientFor(world: World, { url, key }: Connection): Client {
  return createClient({
    url,
    apiKey: key,
    fetch: async (address, init) => {
      try {
        return await world.fetch(address, { signal: world.interrupted, ...init });
      } catch (error) {
        if (world.interrupted.aborted) throw error;
        const { cause, message } = error as Error;
        const why = cause instanceof Error && cause.message !== '' ? cause.message : message;
        const hint = 'Is it running, and is the address right? `npm start` starts one here.';
        throw new CliFailure('unreachable', `${url} cannot be reached: ${why}`, { exitCode: EXIT.unreachable, hint });
      }
    },
  });
}

export const connect = ({ world }: Cli, flags: { url?: string; key?: string }): Client =>
  clientFor(world, connectionOf(world, flags));
