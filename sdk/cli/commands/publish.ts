import { defineCommand } from '../command.ts';
import { EXIT } from '../failure.ts';
import { connect } from '../server/connection.ts';
import { moment } from '../server/show.ts';

export const command = defineCommand({
  name: 'publish',
  summary: 'Make the draft of a workflow the version that takes triggers',
  args: [{ name: 'ID', summary: 'The workflow, as `millrace workflows` lists it' }],
  flags: { note: { type: 'string', value: 'TEXT', summary: 'What changed' } },
  examples: [["millrace publish wf_abc --note 'Ask twice'", 'with a note for the list of versions']],
  server: true,
  async run(cli, { args: [id = ''], flags }) {
    const body = flags.note === undefined ? {} : { note: flags.note };
    const published = await connect(cli, flags).call('POST /v1/workflows/{id}/publish', { params: { id }, body });
    cli.emit(published);
    cli.line(`Published version ${published.version}.`);
    for (const { method, url } of published.hooks) cli.line(`  ${cli.paint.bold(method)} ${url}`);
    for (const { next, zone } of published.schedules) {
      const [first] = next;
      if (first !== undefined) cli.line(`  next at ${moment(first)} (schedule in ${zone})`);
    }
    return EXIT.ok;
  },
});
