import { defineCommand } from '../command.ts';
import { EXIT, usageError } from '../failure.ts';
import { connect } from '../server/connection.ts';
import { runRow } from '../server/show.ts';
import { rows } from '../terminal/paint.ts';

const PAGE = 200;
const STATUSES = ['queued', 'running', 'waiting', 'paused', 'success', 'error', 'canceled', 'superseded'] as const;
type Status = (typeof STATUSES)[number];

function statusesOf(given: readonly string[]): Status[] {
  return given
    .flatMap((each) => each.split(','))
    .map((name) => {
      const status = STATUSES.find((each) => each === name.trim());
      if (!status) throw usageError(`There is no status "${name}"`, `Statuses: ${STATUSES.join(', ')}`);
      return status;
    });
}

export const command = defineCommand({
  name: 'runs',
  summary: 'List runs, newest first',
  args: [],
  flags: {
    status: { type: 'string', value: 'STATUS', summary: `One or several of ${STATUSES.join(', ')}`, many: true },
    workflow: { type: 'string', value: 'ID', summary: 'Only of this workflow' },
    text: { type: 'string', value: 'TEXT', summary: 'Only with this text in id, workflow or error' },
    limit: { type: 'number', summary: 'At most so many (50)' },
  },
  examples: [
    ['millrace runs --status error --limit 10', 'what went wrong lately'],
    ['millrace runs --status waiting,paused --json', 'for a script'],
  ],
  server: true,
  async run(cli, { flags }) {
    const client = connect(cli, flags);
    const limit = flags.limit ?? 50;
    const filter = {
      ...(flags.status ? { status: statusesOf(flags.status) } : {}),
      ...(flags.workflow === undefined ? {} : { workflow: flags.workflow }),
      ...(flags.text === undefined ? {} : { text: flags.text }),
    };
    const table: string[][] = [];
    let cursor: string | undefined;
    do {
      const query = {
        ...filter,
        limit: Math.max(1, Math.min(PAGE, limit - table.length)),
        ...(cursor === undefined ? {} : { cursor }),
      };
      const page = await client.call('GET /v1/runs', { query });
      for (const run of page.runs) {
        cli.emit(run);
        table.push(runRow(run, cli.paint));
      }
      cursor = page.cursor;
    } while (cursor !== undefined && table.length < limit);
    for (const line of rows(table)) cli.line(line);
    if (table.length === 0) cli.note('No such runs.');
    return EXIT.ok;
  },
});
