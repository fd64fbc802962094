import { environmentOf, PRODUCTION } from '../../core/environment/reference.ts';
import type { JsonObject } from '../../core/data/item.ts';
import { stepError } from '../../core/engine/execute.ts';
import type { Run } from '../../core/engine/run.ts';
import { type EndPage, type FirstPage, type FormPage, pageFrom } from '../../core/forms/page.ts';
import type { HttpReply } from '../../core/node/kit.ts';
import { triggerScope } from '../../core/shard/limits.ts';
import type { Watcher } from '../../core/shard/ports.ts';
import type { HookProof } from '../../core/nodes/webhook/route.ts';
import { deadline, MAX_WAIT_MS } from './deadline.ts';
import { type Desk, notFound, refuse } from './desk.ts';
import { listens, problemReply, restReply } from './hook-reply.ts';
import type { FirstView, Outcome, RunSource, SubmitCall, SubmitReply, Visit } from './protocol.ts';

/** A page whose wait has a limit does not count as rest: then it is looked for this often. */
const LOOK_AGAIN_MS = 250;
const MAX_VISIT_MS = 10_000;

/** The pages of runs: what a form or chat shows first, and what a run has to show to its visitor. */
export class Pages {
  private readonly desk: Desk;

  constructor(desk: Desk) {
    this.desk = desk;
  }

  async first(source: RunSource, node: string): Promise<Outcome<FirstView>> {
    const program = await this.desk.programs.load(source);
    const index = program?.graph.byId.get(node);
    if (!program || index === undefined) return refuse(404, 'version-unknown', 'The published version is gone.');
    try {
      const scope = triggerScope({
        program,
        node,
        items: [],
        nowMs: Date.now(),
        vars: this.desk.varsOf(program.version),
      });
      const page = program.executor(index).page?.(scope);
      if (!page) return refuse(404, 'no-page', 'This node has no page.');
      const follows = program.graph.nodes.some(({ def }) => def.type === 'form' && !def.disabled);
      return { ok: true, value: { page, follows } };
    } catch (error) {
      return refuse(500, 'page-failed', stepError(error).message);
    }
  }

  async submit({ source, node, item, key, answer }: SubmitCall): Promise<Outcome<SubmitReply>> {
    const { programs, journal } = this.desk;
    const program = await programs.load(source);
    if (!program) return refuse(404, 'version-unknown', 'The published version is gone.');
    const wait = this.desk.room();
    const held = wait ? await wait : false;
    return new Promise((resolve) => {
      const done = (run: string, reply?: HttpReply): void => {
        const value: SubmitReply = { run, token: this.desk.tokenOf(run) };
        resolve({ ok: true, value: reply === undefined ? value : { ...value, reply } });
      };
      const late = deadline(MAX_WAIT_MS, (run) =>
        done(run, problemReply(504, 'still-running', 'The run goes on.', run)),
      );
      let id = '';
      const watcher: Watcher = {};
      if (answer) {
        watcher.rest = (run) => late.met(() => done(run.id, restReply(answer, run)));
        if (listens(answer.responseMode)) watcher.reply = (reply) => late.met(() => done(id, reply));
      }
      this.desk.turn(() => {
        const request = { program, mode: 'production' as const, node, items: [item], key };
        const started = this.desk.admit(resolve, request, { watcher: answer ? watcher : undefined, held });
        if (!started) return;
        if ('duplicate' in started) {
          const { duplicate } = started;
          journal.after(() => done(duplicate));
          return;
        }
        id = started.run.id;
        if (!answer) journal.after(() => done(id));
        else if (!started.run.final) late.arm(id);
      });
    });
  }

  async visit(id: string, token: string, waitMs: number): Promise<Outcome<Visit>> {
    if (token !== this.desk.tokenOf(id)) return notFound();
    const until = Date.now() + Math.min(waitMs, MAX_VISIT_MS);
    for (;;) {
      const live = this.desk.shard.runs.get(id);
      const run = live ?? (await this.desk.past(id));
      if (!run) return notFound();
      const shown = show(run, this.desk.varsOf(run.program.version));
      const leftMs = until - Date.now();
      if (shown.kind !== 'working' || leftMs <= 0 || !live) return { ok: true, value: shown };
      await new Promise<void>((resolve) => {
        this.desk.shard.watch(id, { rest: () => resolve() });
        setTimeout(resolve, Math.min(leftMs, LOOK_AGAIN_MS));
      });
    }
  }
}

/** Waits that show a page to whoever has the run's address. */
const PAGED = new Set<string | undefined>(['form', 'approval']);

function show(run: Run, vars: JsonObject): Visit {
  const first = firstOf(run, vars);
  const state = run.active?.state;
  if (!run.final && state?.kind === 'wait' && PAGED.has(state.signal) && state.detail?.page) {
    const page = pageFrom<FormPage>(state.detail.page as JsonObject);
    const query = run.start.items[0]?.json.formQueryParameters;
    return {
      kind: 'form',
      page: page.title === '' ? { ...page, title: first?.page.title ?? run.program.graph.doc.name } : page,
      step: run.active?.index ?? 0,
      query: typeof query === 'object' && query !== null && !Array.isArray(query) ? query : {},
      ...proofOf(run, state.detail),
    };
  }
  const title = first?.page.title ?? run.program.graph.doc.name;
  if (!run.final) {
    if (state?.kind === 'wait' && state.signal !== undefined) {
      return { kind: 'call', step: run.active?.index ?? 0, ...proofOf(run, state.detail) };
    }
    return hasPages(run) ? { kind: 'working', title } : { kind: 'call' };
  }
  if (!hasPages(run)) return { kind: 'call' };
  if (run.final.status !== 'success') return { kind: 'failed', title };
  return {
    kind: 'ended',
    end: endOf(run) ?? first?.end ?? { kind: 'message', title, message: 'Your response has been recorded' },
  };
}

/** SAFETY: the wait node writes it. */
function proofOf({ program }: Run, detail: JsonObject | undefined): { proof?: HookProof } {
  if (!detail?.proof) return {};
  const proof = detail.proof as unknown as HookProof;
  const environment = environmentOf(program.version);
  return { proof: environment === PRODUCTION ? proof : { ...proof, environment } };
}

/** A run that no form started and that asked nothing has nothing to show. */
function hasPages(run: Run): boolean {
  const { nodes, byId } = run.program.graph;
  if (nodes[byId.get(run.start.node) ?? -1]?.def.type === 'form-trigger') return true;
  return run.steps.some(({ node }) => {
    const def = nodes[node]?.def;
    return (
      def?.type === 'form' || def?.type === 'approval' || (def?.type === 'wait' && def.parameters.resume === 'form')
    );
  });
}

/** The ending that ran last: each keeps its page in its context. */
function endOf(run: Run): EndPage | undefined {
  for (const { node } of run.steps.toReversed()) {
    const end = run.contexts.get(node)?.end;
    if (run.program.graph.nodes[node]?.def.type === 'form' && end) return pageFrom<EndPage>(end as JsonObject);
  }
  return undefined;
}

function firstOf(run: Run, vars: JsonObject): FirstPage | undefined {
  const { program, start } = run;
  const index = program.graph.byId.get(start.node);
  if (index === undefined || program.graph.nodes[index]?.def.type !== 'form-trigger') return undefined;
  try {
    const scope = triggerScope({ program, node: start.node, items: start.items, nowMs: start.at, vars });
    const page = program.executor(index).page?.(scope);
    return page && pageFrom<FirstPage>(page);
  } catch {
    return undefined;
  }
}
