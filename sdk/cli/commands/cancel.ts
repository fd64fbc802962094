import { defineCommand } from '../command.ts';
import { EXIT } from '../failure.ts';
import { connect } from '../server/connection.ts';
import { paintStatus } from '../terminal/paint.ts';

export const command = defineCommand({
  name: 'cancel',
  summary: 'Cancel a run, for good',
  args: [{ name: 'RUN', summary: 'The run, as `millrace runs` lists it' }],
  flags: { reason: { type: 'string', value: 'TEXT', summary: 'Why; kept with the run' } },
  examples: [["millrace cancel run_0_3_1 --reason 'wrong list'", '']],
  server: true,
  async run(cli, { args: [id = ''], flags }) {
    const body = flags.reason === undefined ? {} : { reason: flags.reason };
    const head = await connect(cli, flags).call('POST /v1/runs/{id}/cancel', { params: { id }, body });
    cli.emit(head);
    cli.line(`${head.id} is ${paintStatus(cli.paint, head.status)}.`);
    return EXIT.ok;
  },
});
