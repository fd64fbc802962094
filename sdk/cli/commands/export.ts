import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { defineCommand } from '../command.ts';
import { EXIT } from '../failure.ts';
import { connect } from '../server/connection.ts';
import { clean } from '../terminal/paint.ts';

export const command = defineCommand({
  name: 'export',
  summary: 'Write a workflow as an n8n file',
  args: [{ name: 'ID', summary: 'The workflow, as `millrace workflows` lists it' }],
  flags: { out: { type: 'string', short: 'o', value: 'FILE', summary: 'Where to; default: standard output' } },
  examples: [['millrace export wf_abc -o flow.json', 'an import that was not edited comes back equal to its file']],
  server: true,
  async run(cli, { args: [id = ''], flags }) {
    const file = await connect(cli, flags).call('GET /v1/workflows/{id}/export', { params: { id } });
    const text = JSON.stringify(file, undefined, 2);
    if (flags.out === undefined) {
      cli.emit(file);
      cli.line(text);
      return EXIT.ok;
    }
    await writeFile(resolve(cli.world.cwd, flags.out), `${text}\n`);
    cli.emit({ file: flags.out });
    cli.line(`Wrote ${clean(flags.out)}.`);
    return EXIT.ok;
  },
});
