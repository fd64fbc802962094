import { readdir, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ApiError } from '../../client/index.ts';
import type { Client } from '../../client/index.ts';
import { defineCommand } from '../command.ts';
import { CliFailure, EXIT } from '../failure.ts';
import { contentOf, readJson } from '../local/read-file.ts';
import { connect } from '../server/connection.ts';
import type { Cli, World } from '../terminal/cli.ts';
import { clean } from '../terminal/paint.ts';

const STATUSES = ['runs', 'needs-credential', 'needs-connector', 'changed'] as const;
const LABELS = {
  runs: 'run',
  'needs-credential': 'need a credential',
  'needs-connector': 'need a connector',
  changed: 'changed',
} as const;
type Counts = Partial<Record<(typeof STATUSES)[number], number>>;

/** What became of one file. */
interface FileResult {
  file: string;
  workflows: { id?: string; name: string; report: { counts?: Counts } }[];
  problems: { code: string; message: string }[];
}

/** The file itself, or every .json file below the folder. */
async function filesOf(world: World, path: string): Promise<string[]> {
  const full = resolve(world.cwd, path);
  if (path === '-' || !(await stat(full)).isDirectory()) return [path];
  const names = await readdir(full, { recursive: true });
  return names
    .filter((name) => name.endsWith('.json') && !/(^|[/\\])(node_modules|\.)/.test(name))
    .sort()
    .map((name) => join(path, name));
}

async function importOne(world: World, file: string, client: Client | undefined): Promise<FileResult> {
  const refused = (code: string, message: string): FileResult => ({
    file,
    workflows: [],
    problems: [{ code, message }],
  });
  try {
    const json = await readJson(world, file);
    const content = contentOf(json);
    if (!client || content.kind === 'millrace') {
      const errors = content.problems.filter(({ severity }) => severity === 'error');
      if (!client || errors.length > 0) {
        const workflows = content.workflows.map(({ workflow, report }) => ({
          name: workflow.name,
          report: { ...report },
        }));
        return { file, workflows, problems: content.problems };
      }
      const { id, name } = await client.call('POST /v1/workflows', { body: json });
      return { file, workflows: [{ id, name, report: {} }], problems: content.problems };
    }
    const { workflows, problems } = await client.call('POST /v1/workflows/import', { body: json });
    // SAFETY: problems of the importer all have a code and a message.
    return { file, workflows, problems: problems as FileResult['problems'] };
  } catch (error) {
    // Only what concerns this file: an unreachable server concerns them all.
    if (error instanceof ApiError && ![401, 403, 429, 503].includes(error.status)) {
      return refused(error.code, error.message);
    }
    if (error instanceof CliFailure && error.code === 'json-invalid') return refused(error.code, error.message);
    throw error;
  }
}

const total = (results: readonly FileResult[], status: keyof Counts): number =>
  results.flatMap(({ workflows }) => workflows).reduce((sum, { report }) => sum + (report.counts?.[status] ?? 0), 0);

function show(cli: Cli, { file, workflows, problems }: FileResult): void {
  cli.emit({ file, workflows, problems });
  if (workflows.length === 0) cli.line(`${cli.paint.red('failed')} ${clean(file)}`);
  for (const { id, name, report } of workflows) {
    const counts = STATUSES.flatMap((status) =>
      report.counts?.[status] ? [`${report.counts[status]} ${LABELS[status]}`] : [],
    );
    cli.line(`${cli.paint.green(id ?? 'ok')} ${clean(name)} ${cli.paint.dim(counts.join(', '))}`);
  }
  for (const { code, message } of problems) cli.line(`  ${cli.paint.yellow(clean(`${code}: ${message}`))}`);
}

export const command = defineCommand({
  name: 'import',
  summary: 'Import n8n or Millrace files into a server',
  args: [{ name: 'PATH', summary: 'A file, or a folder with .json files; - is standard input' }],
  flags: {
    report: { type: 'string', value: 'FILE', summary: 'Write what became of every node to this file, as JSON' },
    'dry-run': { type: 'boolean', summary: 'Only say what would become of them; needs no server' },
  },
  examples: [
    ['millrace import backup/ --report report.json', 'a whole backup of n8n'],
    ['millrace import flow.json --dry-run', 'what of it would run'],
  ],
  server: true,
  async run(cli, { args: [path = ''], flags }) {
    const client = flags['dry-run'] ? undefined : connect(cli, flags);
    const files = await filesOf(cli.world, path);
    if (files.length === 0) throw new CliFailure('import-empty', `There is no .json file in ${path}`);
    const results: FileResult[] = [];
    for (const file of files) {
      cli.progress(`${results.length + 1} of ${files.length}: ${clean(file)}`);
      const result = await importOne(cli.world, file, client);
      results.push(result);
      show(cli, result);
    }
    if (flags.report !== undefined) {
      await writeFile(resolve(cli.world.cwd, flags.report), `${JSON.stringify(results, undefined, 2)}\n`);
    }
    const failed = results.filter(({ workflows }) => workflows.length === 0).length;
    const count = results.reduce((sum, { workflows }) => sum + workflows.length, 0);
    const nodes = STATUSES.map((status) => `${total(results, status)} ${LABELS[status]}`).join(', ');
    cli.line(
      `${count} workflows from ${files.length} files${failed > 0 ? `, ${failed} failed` : ''}. Nodes: ${nodes}.`,
    );
    return failed > 0 ? EXIT.failed : EXIT.ok;
  },
});
