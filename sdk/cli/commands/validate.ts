import { defineCommand } from '../command.ts';
import { CliFailure, EXIT } from '../failure.ts';
import { contentOf, problemText, readJson } from '../local/read-file.ts';
import type { FileContent } from '../local/read-file.ts';
import type { Cli } from '../terminal/cli.ts';
import { clean } from '../terminal/paint.ts';

function show(cli: Cli, file: string, { kind, workflows, problems }: FileContent, ok: boolean): void {
  const names = workflows.map(({ workflow }) => `${workflow.name}, ${workflow.nodes.length} nodes`).join('; ');
  cli.line(
    `${ok ? cli.paint.green('ok') : cli.paint.red('invalid')} ${clean(file)} ${cli.paint.dim(clean(`${kind}: ${names || 'nothing usable'}`))}`,
  );
  for (const problem of problems) {
    const mark = problem.severity === 'error' ? cli.paint.red('error') : cli.paint.yellow('warning');
    cli.line(`  ${mark} ${clean(problemText(problem))}`);
  }
  for (const { report } of workflows) {
    for (const node of report?.nodes ?? []) {
      if (node.status !== 'runs') {
        cli.line(`  ${cli.paint.yellow(node.status)} ${clean(`${node.name} (${node.type}): ${node.reason ?? ''}`)}`);
      }
    }
  }
}

export const command = defineCommand({
  name: 'validate',
  summary: 'List everything wrong with workflow files, without a server',
  args: [{ name: 'FILE', summary: 'Millrace or n8n workflow; - is standard input', many: true }],
  flags: {},
  examples: [['millrace validate flows/*.json', 'exit code 1 when one has an error']],
  server: false,
  async run(cli, { args }) {
    let failed = 0;
    for (const file of args) {
      try {
        const content = contentOf(await readJson(cli.world, file));
        const ok = content.workflows.length > 0 && !content.problems.some(({ severity }) => severity === 'error');
        if (!ok) failed++;
        show(cli, file, content, ok);
        const reports = content.workflows.flatMap(({ report }) => report ?? []);
        cli.emit({
          file,
          ok,
          kind: content.kind,
          workflows: content.workflows.length,
          problems: content.problems,
          reports,
        });
      } catch (error) {
        // One unreadable file must not hide the others.
        if (!(error instanceof CliFailure)) throw error;
        failed++;
        cli.line(`${cli.paint.red('invalid')} ${clean(error.message)}`);
        cli.emit({
          file,
          ok: false,
          problems: [{ path: '', code: error.code, message: error.message, severity: 'error' }],
        });
      }
    }
    return failed > 0 ? EXIT.failed : EXIT.ok;
  },
});
