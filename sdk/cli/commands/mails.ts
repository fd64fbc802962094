import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineCommand } from '../command.ts';
import { CliFailure, EXIT, usageError } from '../failure.ts';

interface WaitingMail {
  id: string;
  to: string;
  subject: string;
  text: string;
  createdAt: number;
  attempts: number;
  failure: string | null;
}

/** Of a self-hosted deployment: the first line of its file. */
function keyIn(file: string): string {
  if (!existsSync(file)) {
    throw usageError(`There is no ${file}`, 'Give the DATA_DIR that the deployment was started with: --data DIR.');
  }
  return readFileSync(file, 'utf8').trim().split(/\s+/)[0] ?? '';
}

export const command = defineCommand({
  name: 'mails',
  summary: 'Read mails that wait: all of them where no mail server is set',
  args: [],
  flags: {
    data: { type: 'string', value: 'DIR', summary: 'Folder of a self-hosted deployment (else DATA_DIR, else data)' },
    url: { type: 'string', value: 'URL', summary: 'The server (else MILLRACE_URL, else http://127.0.0.1:8787)' },
    to: { type: 'string', value: 'EMAIL', summary: 'Only those to this address' },
  },
  examples: [['millrace mails --to ada@example.com', 'shows the link to confirm an address with']],
  server: false,
  async run(cli, { flags }) {
    const { world } = cli;
    const key =
      world.env['DEPLOYMENT_KEY'] ??
      keyIn(resolve(world.cwd, flags.data ?? (world.env['DATA_DIR'] || 'data'), 'deployment.key'));
    const url = flags.url ?? world.env['MILLRACE_URL'] ?? 'http://127.0.0.1:8787';
    const answer = await world.fetch(new URL('/internal/mails', url).href, {
      method: 'GET',
      headers: { 'x-deployment-key': key },
      signal: world.interrupted,
    });
    if (!answer.ok) {
      throw new CliFailure('mails-refused', `${url} answered ${answer.status}`, {
        hint: 'Is that the server of this data folder?',
      });
    }
    const { mails } = (await answer.json()) as { mails: WaitingMail[] };
    const wanted = flags.to?.toLowerCase();
    const shown = mails.filter(({ to }) => wanted === undefined || to.toLowerCase() === wanted);
    for (const mail of shown) {
      cli.emit({ ...mail });
      const failed = mail.failure === null ? '' : `\nFailed:  ${mail.attempts} times, last: ${mail.failure}`;
      cli.line(
        `To:      ${mail.to}\nSubject: ${mail.subject}\nDate:    ${new Date(mail.createdAt).toUTCString()}${failed}\n\n${mail.text}`,
      );
    }
    if (shown.length === 0) cli.line('No mail waits.');
    return EXIT.ok;
  },
});
