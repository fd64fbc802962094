import { environmentOf, versionIn } from '../../../core/environment/reference.ts';
import type { Json } from '../../../core/data/item.ts';
import type { ControlCall, RunHead, RunnerRpc, RunView } from '../../../durable-objects/runner/protocol.ts';
import { runnerOf } from '../../../durable-objects/stubs.ts';
import { decide } from '../../access/decide.ts';
import { workflowsWithin } from '../../access/places.ts';
import { runnerOfRun } from '../../access/run-place.ts';
import { Answer } from '../../kit/answer.ts';
import { area } from '../../kit/area.ts';
import type { Context } from '../../kit/context.ts';
import type { AnyRoute } from '../../kit/contract.ts';
import { itemsFrom } from '../../kit/items.ts';
import { problemsOf } from '../../kit/problem.ts';
import { valueOf } from '../../kit/refusal.ts';
import { routesOf } from '../../kit/route-table.ts';
import { contract, errors } from './contract.ts';
import { answerOf } from './answer.ts';
import { followRuns } from './following.ts';
import { listRuns } from './listing.ts';
import { answerWith } from './stored-file.ts';

const problem = problemsOf(errors);

/** The runner that holds a run. Its id says which; one of another tenant's is simply not found there. */
async function runnerFor(id: string, { env, tenant }: Context): Promise<RunnerRpc> {
  const runner = await runnerOfRun(env, tenant, id);
  if (!runner) throw unknown();
  return runner;
}

const unknown = () => problem('run-unknown', { hint: 'GET /v1/runs lists the runs of this tenant.' });

/** What of a view is not for all who may read the run. */
const RESTRICTED = ['resumeUrls', 'calledBy', 'errorRun', 'errorOf'] as const satisfies (keyof RunView)[];

/**
 * A run as its reader may see it. An address that continues a run is a key to it: who may not do that by the API does not
 * get one either. Other runs that it belongs to are named to those who may see them.
 */
async function asSeen(text: string, id: string, context: Context): Promise<string> {
  if (!RESTRICTED.some((key) => text.includes(`"${key}"`))) return text;
  // SAFETY: the protocol says that this is the JSON text of a RunView.
  const view = JSON.parse(text) as RunView;
  const { calledBy, errorRun, errorOf } = view;
  if (view.resumeUrls && !(await may(contract.answer, id, context))) delete view.resumeUrls;
  if (calledBy && !(await may(contract.get, calledBy.run, context))) delete view.calledBy;
  if (errorRun !== undefined && !(await may(contract.get, errorRun, context))) delete view.errorRun;
  if (errorOf !== undefined && !(await may(contract.get, errorOf, context))) delete view.errorOf;
  return JSON.stringify(view);
}

const may = (route: AnyRoute, id: string, { env, actor }: Context): Promise<boolean> =>
  decide(env, actor, route, { params: { id }, query: new URLSearchParams() }).then(
    () => true,
    () => false,
  );

async function control(id: string, call: ControlCall, context: Context): Promise<Json> {
  const runner = await runnerFor(id, context);
  return valueOf(await runner.control(id, call));
}

// SAFETY: the protocol says that every order but `rerun` and `migrate` is answered with the run's new head.
const headAfter = async (id: string, call: ControlCall, context: Context) =>
  Answer.jsonText(JSON.stringify(await control(id, call, context)));

const runs = area('runs', contract, errors).handle({
  list: async ({ query }, context) => {
    const { status, workflow, trigger, mode, startedBy, version, waitingFor, minTook, maxTook, ...rest } = query;
    const { environment, idle, since, until, text, limit, cursor } = rest;
    const filter = {
      ...(status && { status }),
      ...(workflow && { workflow }),
      ...(trigger && { trigger }),
      ...(mode && { mode }),
      ...(startedBy && { startedBy }),
      ...(version && { version }),
      ...(environment && { environment }),
      ...(waitingFor && { waitingFor }),
      ...(minTook !== undefined && { minTookMs: minTook }),
      ...(maxTook !== undefined && { maxTookMs: maxTook }),
      ...(idle && { idle }),
      ...(since !== undefined && { sinceMs: since }),
      ...(until !== undefined && { untilMs: until }),
      ...(text && { text }),
      ...(context.reach !== 'everywhere' && { workflows: await workflowsWithin(context) }),
    };
    const ports = {
      runner: (shard: number) => runnerOf(context.env, context.tenant, shard),
      shards: async () => (await routesOf(context.env, context.tenant)).shards,
      now: context.now,
    };
    return listRuns(ports, filter, { limit, cursor });
  },
  follow: async (_, context) => {
    const { env, tenant } = context;
    const { shards } = await routesOf(env, tenant);
    const runners = Array.from({ length: shards }, (__, shard) => runnerOf(env, tenant, shard));
    const workflows = context.reach === 'everywhere' ? undefined : await workflowsWithin(context);
    const stream = await followRuns(runners, workflows);
    if (stream) return Answer.stream(stream);
    throw problem('too-many-readers', {
      hint: 'Ask GET /v1/runs every few seconds instead.',
      headers: { 'retry-after': '60' },
    });
  },
  get: async ({ params, query }, context) => {
    const runner = await runnerFor(params.id, context);
    const view = valueOf(await runner.view(params.id, query.wait));
    return Answer.jsonText(await asSeen(view, params.id, context));
  },
  called: async ({ params, query }, context) => {
    const { step, limit, cursor } = query;
    const runner = await runnerFor(params.id, context);
    const call = { limit, ...(step !== undefined && { step }), ...(cursor !== undefined && { after: Number(cursor) }) };
    const { runs: all, next } = valueOf(await runner.called(params.id, call));
    const seen = context.reach === 'everywhere' ? undefined : new Set(await workflowsWithin(context));
    const shown = all.filter(({ workflow }) => !seen || seen.has(workflow)).map((run) => ({ ...run }));
    return next === undefined ? { runs: shown } : { runs: shown, cursor: String(next) };
  },
  file: async ({ params }, context) => {
    const runner = await runnerFor(params.id, context);
    const found = await runner.file(params.id, params.file);
    if (!found.ok && found.error.code !== 'file-unknown') throw unknown();
    const { env, tenant } = context;
    const answer = found.ok && (await answerWith(found.value, { files: env.FILES, tenant }));
    if (!answer) {
      throw problem('file-unknown', { hint: 'GET /v1/runs/{id} shows the files of its items, each with its id.' });
    }
    context.touched({ target: `${params.id}/${params.file}` });
    return answer;
  },
  cancel: ({ params, body }, context) => {
    const reason = body?.reason;
    return headAfter(params.id, { kind: 'cancel', ...(reason === undefined ? {} : { reason }) }, context);
  },
  pause: ({ params }, context) => headAfter(params.id, { kind: 'pause' }, context),
  resume: ({ params }, context) => headAfter(params.id, { kind: 'resume' }, context),
  rerun: async ({ params, body }, context) => {
    const { node, wait } = body ?? {};
    const { kind, id } = context.actor;
    const call = { ...(node === undefined ? {} : { node }), ...(wait === undefined ? {} : { waitMs: wait }) };
    // SAFETY: the protocol says that `rerun` is answered with the new run's id.
    const made = (await control(params.id, { kind: 'rerun', by: { kind, id }, ...call }, context)) as { run: string };
    context.touched({ run: made.run });
    return Answer.jsonText(JSON.stringify(made));
  },
  resolve: ({ params, body }, context) => {
    const { step, decision, items } = body;
    const done = items === undefined ? {} : { items: itemsFrom(items) };
    return headAfter(params.id, { kind: 'resolve', step, decision, ...done }, context);
  },
  answer: async ({ params, body }, context) => {
    const runner = await runnerFor(params.id, context);
    // SAFETY: the protocol says that this is the JSON text of a RunView.
    const view = JSON.parse(valueOf(await runner.view(params.id))) as RunView;
    return headAfter(params.id, answerOf(view, body, context.actor.id), context);
  },
  migrate: async ({ params, body }, context) => {
    const runner = await runnerFor(params.id, context);
    const { workflow, version } = JSON.parse(valueOf(await runner.view(params.id))) as RunHead;
    const source = { workflow, version: versionIn(body.version, environmentOf(version)) };
    const dryRun = body.dryRun === undefined ? {} : { dryRun: body.dryRun };
    return headAfter(params.id, { kind: 'migrate', source, ...dryRun }, context);
  },
  events: async ({ params }, context) => {
    const runner = await runnerFor(params.id, context);
    const stream = await runner.fetch(new Request(`https://runner/events?run=${params.id}`));
    if (stream.status === 404) throw unknown();
    return Answer.stream(stream);
  },
});

export { runs as area };
