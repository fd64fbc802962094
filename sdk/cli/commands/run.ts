import { resolve } from 'node:path';
import type { Json } from '../../../core/data/item.ts';
import type { Program } from '../../../core/engine/program.ts';
import { compileProgram } from '../../../core/engine/program.ts';
import type { Run } from '../../../core/engine/run.ts';
import { publicItem, waitingFor } from '../../../core/engine/view.ts';
import type { Workflow } from '../../../core/graph/document.ts';
import { lastItems, startNode } from '../../../core/shard/calls.ts';
import type { RunRequest } from '../../../core/shard/memory-host.ts';
import { defineCommand } from '../command.ts';
import { CliFailure, EXIT, usageError } from '../failure.ts';
import { CodeRunner } from '../local/code.ts';
import { performer } from '../local/effects.ts';
import type { LocalOptions } from '../local/host.ts';
import { runLocally } from '../local/host.ts';
import { itemsFrom } from '../local/items.ts';
import { contentOf, problemText, readJson } from '../local/read-file.ts';
import { REGISTRY } from '../local/registry.ts';
import { stepLine } from '../server/show.ts';
import type { Cli, World } from '../terminal/cli.ts';
import { paintStatus } from '../terminal/paint.ts';

/** The one workflow of a file. @throws CliFailure with everything that is wrong. */
async function workflowIn(world: World, file: string): Promise<Workflow> {
  const { workflows, problems } = contentOf(await readJson(world, file));
  const [first, second] = workflows;
  if (!first) {
    const details = problems.map(problemText);
    throw new CliFailure('document-invalid', `${file} holds no workflow that can run`, {
      details,
      hint: `millrace validate ${file}`,
    });
  }
  if (second) throw usageError(`${file} holds ${workflows.length} workflows; a local run takes one`, 'Split the file.');
  return first.workflow;
}

const programOf = (workflow: string, doc: Workflow): Program =>
  compileProgram({ workflow, version: 'local', doc, registry: REGISTRY });

/** Id of the node a run starts at. */
function startOf(program: Program, wanted: string | undefined): string {
  if (wanted === undefined) {
    const first = startNode(program, []);
    if (first === undefined) throw new CliFailure('no-node', 'The workflow has no node to start at');
    return first;
  }
  const { byName, byId, nodes } = program.graph;
  const found = nodes[byName.get(wanted) ?? byId.get(wanted) ?? -1];
  if (!found) {
    const names = nodes.map(({ def }) => JSON.stringify(def.name)).slice(0, 30);
    throw usageError(`There is no node "${wanted}"`, `Nodes: ${names.join(', ')}`);
  }
  return found.def.id;
}

function finish(cli: Cli, run: Run): number {
  const items = lastItems(run).map(publicItem);
  const { status } = run;
  const waits = waitingFor(run);
  const err = run.final?.err;
  cli.emit({
    event: 'end',
    status,
    ...(waits === undefined ? {} : { waitingFor: waits }),
    ...(err ? { error: err } : {}),
    items,
  });
  if (status === 'success') {
    cli.line(
      JSON.stringify(
        items.map(({ json }) => json),
        undefined,
        2,
      ),
    );
    return EXIT.ok;
  }
  if (!run.final) {
    const message = `The run waits for ${waits ?? 'something'}, which a local run cannot get`;
    throw new CliFailure('run-waits', message, { hint: 'Import it into a server and publish it there.' });
  }
  cli.line(`${paintStatus(cli.paint, status)} after ${run.steps.length} steps`);
  const node = run.program.graph.nodes[run.program.graph.byId.get(err?.n ?? '') ?? -1]?.def.name;
  const message = `${node === undefined ? '' : `"${node}": `}${err?.message ?? status}`;
  throw new CliFailure(err?.code ?? status, message, { hint: err?.description });
}

export const command = defineCommand({
  name: 'run',
  summary: 'Run a workflow file here, without a server',
  args: [{ name: 'FILE', summary: 'Millrace or n8n workflow; - is standard input' }],
  flags: {
    input: {
      type: 'string',
      short: 'i',
      value: 'FILE',
      summary: 'JSON that the first node gets: an object, or a list of them; - is standard input',
    },
    node: { type: 'string', short: 'n', value: 'NAME', summary: 'Node to start at; default: the trigger' },
    files: {
      type: 'string',
      value: 'FOLDER',
      summary: 'Folder that file nodes read and write instead of the tenant’s files; default: files',
    },
    pinned: { type: 'boolean', summary: 'Use pinned data instead of running pinned nodes' },
    with: {
      type: 'string',
      value: 'FILE',
      summary: 'Workflow that this one calls, found by its name or file',
      many: true,
    },
  },
  examples: [
    ['millrace run flow.json', 'with one empty item'],
    ['echo \'{"id":7}\' | millrace run flow.json --input -', 'with an item from elsewhere'],
    ['millrace run flow.json --node "Edit Fields" --json', 'from a node on, one JSON document a step'],
  ],
  server: false,
  async run(cli, { args: [file = ''], flags }) {
    const { world } = cli;
    if (file === '-' && flags.input === '-') {
      throw usageError('Only one of workflow and input can come from standard input');
    }
    const program = programOf('local', await workflowIn(world, file));
    const callable = new Map<string, Program>();
    for (const path of flags.with ?? []) {
      const doc = await workflowIn(world, path);
      const called = programOf(doc.name, doc);
      callable.set(doc.name, called).set(path, called);
    }
    const node = startOf(program, flags.node);
    const items = flags.input === undefined ? undefined : itemsFrom((await readJson(world, flags.input)) as Json);
    const code = new CodeRunner((url, init) => world.fetch(url, init));
    const options: LocalOptions = {
      perform: performer({
        send: (url, init) => world.fetch(url, init),
        code,
        filesFolder: resolve(world.cwd, flags.files ?? 'files'),
      }),
      find: (name) => callable.get(name),
      interrupted: world.interrupted,
      onStep(run, step) {
        const def = run.program.graph.nodes[step.node]?.def;
        const status = step.error ? 'error' : 'success';
        const { durationMs, outputs, error } = step;
        cli.emit({
          event: 'step',
          run: run.id,
          index: step.index,
          node: def?.name,
          type: def?.type,
          status,
          durationMs,
          error,
          outputs: outputs.map((each) => each && each.map(publicItem)),
        });
        cli.line(stepLine({ name: def?.name ?? '', status, durationMs, outputs, error: error?.message }, cli.paint));
      },
    };
    try {
      const request: RunRequest = { node, mode: 'manual', pinned: flags.pinned === true, ...(items && { items }) };
      return finish(cli, await runLocally(program, request, options));
    } finally {
      code.close();
    }
  },
});
