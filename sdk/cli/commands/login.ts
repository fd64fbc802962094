import { defineCommand } from '../command.ts';
import { EXIT, usageError } from '../failure.ts';
import { clientFor, connectionOf, store } from '../server/connection.ts';

export const command = defineCommand({
  name: 'login',
  summary: 'Remember a server and an API key',
  args: [],
  flags: {},
  examples: [
    ['millrace login --url http://127.0.0.1:8787 --key mr_local_…', 'the key that `npm start` prints'],
    ['millrace login --url https://flows.example.com --key - < key.txt', 'the key stays out of the shell history'],
  ],
  server: true,
  async run(cli, { flags }) {
    const key = flags.key === '-' ? (await cli.world.stdin()).trim() : flags.key;
    if (key === '') throw usageError('There is no key on standard input');
    const connection = connectionOf(cli.world, { ...flags, ...(key === undefined ? {} : { key }) });
    // A wrong key is better found now than by the next command.
    const tenant = await clientFor(cli.world, connection).call('GET /v1/tenant');
    const path = store(cli.world, connection);
    cli.line(`Logged in to ${connection.url} as tenant ${tenant.id}. Stored in ${path}`);
    cli.emit({ url: connection.url, tenant: tenant.id, file: path });
    return EXIT.ok;
  },
});
