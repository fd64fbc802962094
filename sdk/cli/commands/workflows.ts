import { defineCommand } from '../command.ts';
import { EXIT } from '../failure.ts';
import { connect } from '../server/connection.ts';
import { moment } from '../server/show.ts';
import { clean, rows } from '../terminal/paint.ts';

const PAGE = 200;

export const command = defineCommand({
  name: 'workflows',
  summary: 'List workflows, last changed first',
  args: [],
  flags: { limit: { type: 'number', summary: 'At most so many (50)' } },
  examples: [['millrace workflows --json | head -1', 'the one changed last']],
  server: true,
  async run(cli, { flags }) {
    const client = connect(cli, flags);
    const limit = flags.limit ?? 50;
    const table: string[][] = [];
    let cursor: string | undefined;
    do {
      const query = {
        limit: Math.max(1, Math.min(PAGE, limit - table.length)),
        ...(cursor === undefined ? {} : { cursor }),
      };
      const page = await client.call('GET /v1/workflows', { query });
      for (const workflow of page.workflows) {
        cli.emit(workflow);
        const state =
          workflow.published === null ? cli.paint.dim('draft') : cli.paint.green(`version ${workflow.published}`);
        table.push([workflow.id, clean(workflow.name), state, moment(workflow.updatedAt)]);
      }
      cursor = page.cursor;
    } while (cursor !== undefined && table.length < limit);
    for (const line of rows(table)) cli.line(line);
    if (table.length === 0) cli.note('No workflows yet. Bring some: millrace import FILE');
    return EXIT.ok;
  },
});
