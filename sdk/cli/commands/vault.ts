import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineCommand } from '../command.ts';
import { CliFailure, EXIT, usageError } from '../failure.ts';
import type { Cli } from '../terminal/cli.ts';

interface Rewrapping {
  rewrapped: number;
  left: number;
  closed: number;
  after?: { tenant: string; id: string };
}

/** The keys of a self-hosted deployment, the newest first. */
function keysIn(file: string): string[] {
  if (!existsSync(file)) {
    throw usageError(`There is no ${file}`, 'Give the DATA_DIR of the deployment; on Cloudflare, --deployment-key.');
  }
  return readFileSync(file, 'utf8').trim().split(/\s+/);
}

function keep(file: string, keys: readonly string[]): void {
  const draft = `${file}.tmp`;
  writeFileSync(draft, `${keys.join('\n')}\n`, { mode: 0o600, flush: true });
  renameSync(draft, file);
}

/** Walks over what lies under the deployment key until nothing lies under an older one. */
async function rewrap({ world, progress }: Cli, url: string, key: string): Promise<Rewrapping> {
  const sum: Rewrapping = { rewrapped: 0, left: 0, closed: 0 };
  for (let after: Rewrapping['after']; ;) {
    const response = await world.fetch(new URL('/internal/vault/rewrap', url).href, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-deployment-key': key },
      body: JSON.stringify(after ? { after } : {}),
      signal: world.interrupted,
    });
    if (!response.ok) {
      const hint =
        response.status === 401 ? 'The server runs with another key: restart it with the new one first.' : '';
      throw new CliFailure('vault-refused', `${url} answered ${response.status}`, hint === '' ? {} : { hint });
    }
    const part = (await response.json()) as Rewrapping;
    sum.rewrapped += part.rewrapped;
    sum.closed += part.closed;
    sum.left = part.left;
    progress(`${sum.rewrapped} data keys wrapped anew, ${sum.left} left`);
    if (!part.after) return sum;
    ({ after } = part);
  }
}

async function rotate(cli: Cli, { url, key, data }: { url: string; key?: string; data?: string }): Promise<number> {
  const file = data === undefined ? undefined : resolve(cli.world.cwd, data, 'deployment.key');
  const keys = file === undefined ? [key ?? cli.world.env['DEPLOYMENT_KEY'] ?? ''] : keysIn(file);
  const [newest = '', ...old] = keys;
  if (newest === '') {
    throw usageError('No deployment key is known', 'Give --data DIR, --deployment-key or DEPLOYMENT_KEY.');
  }
  if (file !== undefined && old.length === 0) {
    keep(file, [randomBytes(32).toString('base64url'), newest]);
    cli.emit({ step: 'added', left: null });
    cli.line(`${file} has a new key in front of the old one. Restart the server, then run this again.`);
    return EXIT.ok;
  }
  const done = await rewrap(cli, url, newest);
  if (done.left > 0) {
    throw new CliFailure('vault-closed', `${done.left} data keys lie under a key that the server does not have`, {
      hint: 'Put that key back into DEPLOYMENT_KEYS_OLD (self-host: a line of deployment.key), restart, run this again.',
    });
  }
  if (file !== undefined) keep(file, [newest]);
  cli.emit({ step: 'rewrapped', ...done });
  cli.line(
    `${done.rewrapped} data keys wrapped anew, none left. ${
      file === undefined ? 'DEPLOYMENT_KEYS_OLD can be removed.' : 'The old key was removed; the next start forgets it.'
    }`,
  );
  return EXIT.ok;
}

export const command = defineCommand({
  name: 'vault',
  summary: 'Exchange the key of a deployment while it runs',
  args: [{ name: 'ACTION', summary: 'rotate' }],
  flags: {
    data: { type: 'string', value: 'DIR', summary: 'DATA_DIR of a self-hosted deployment' },
    url: { type: 'string', value: 'URL', summary: 'The server (else MILLRACE_URL, else http://127.0.0.1:8787)' },
    'deployment-key': {
      type: 'string',
      value: 'KEY',
      summary: 'The newest key, where it is no file (else DEPLOYMENT_KEY)',
    },
  },
  examples: [
    ['millrace vault rotate --data data', 'adds a key; after a restart once more: wraps anew and removes the old one'],
    [
      'DEPLOYMENT_KEY=… millrace vault rotate --url https://flows.example.com',
      'with the old one in DEPLOYMENT_KEYS_OLD',
    ],
  ],
  server: false,
  async run(cli, { args: [action], flags }) {
    if (action !== 'rotate') throw usageError(`There is no "vault ${action}"`, 'millrace vault rotate');
    const { data, 'deployment-key': key } = flags;
    const url = flags.url ?? cli.world.env['MILLRACE_URL'] ?? 'http://127.0.0.1:8787';
    return rotate(cli, { url, ...(key === undefined ? {} : { key }), ...(data === undefined ? {} : { data }) });
  },
});
