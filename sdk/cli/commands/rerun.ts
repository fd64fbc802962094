import { defineCommand } from '../command.ts';
import { EXIT } from '../failure.ts';
import { connect } from '../server/connection.ts';

export const command = defineCommand({
  name: 'rerun',
  summary: 'Start a run again, from a node on',
  args: [{ name: 'RUN', summary: 'The run to repeat' }],
  flags: { node: { type: 'string', value: 'ID', summary: 'Id of the node to start at; default: the one that failed' } },
  examples: [
    ['millrace rerun run_0_3_1', 'from where it failed'],
    ['millrace rerun run_0_3_1 --node send --json', 'from a node on; all before keep their outcomes'],
  ],
  server: true,
  async run(cli, { args: [id = ''], flags }) {
    const body = flags.node === undefined ? {} : { node: flags.node };
    const started = await connect(cli, flags).call('POST /v1/runs/{id}/rerun', { params: { id }, body });
    cli.emit(started);
    cli.line(`Started ${started.run}. Follow it: millrace tail ${started.run}`);
    return EXIT.ok;
  },
});
