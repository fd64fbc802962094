import { meterOf, runnerOf } from '../../../durable-objects/stubs.ts';
import { runnerOfRun } from '../../access/run-place.ts';
import { queueMail } from '../../mail/outbox.ts';
import { d1Members } from '../../members/store.ts';
import { Answer } from '../../kit/answer.ts';
import { area, subscription } from '../../kit/area.ts';
import type { Context } from '../../kit/context.ts';
import { problemsOf } from '../../kit/problem.ts';
import { valueOf } from '../../kit/refusal.ts';
import { newSink, refuseMore } from '../../vault/new-sink.ts';
import { routesOf } from '../../kit/route-table.ts';
import { amountsOf } from './amounts.ts';
import { contract, errors } from './contract.ts';
import { limitReached } from './events.ts';
import { notify } from './notify.ts';
import { usageService } from './service.ts';

const problem = problemsOf(errors);

const service = ({ env, tenant, now }: Context) =>
  usageService({
    meter: meterOf(env, tenant),
    now,
    async settle() {
      const { shards } = await routesOf(env, tenant);
      const runners = Array.from({ length: shards }, (_, shard) => runnerOf(env, tenant, shard));
      await Promise.all(runners.map((runner) => runner.settle()));
    },
  });

const usage = area('usage', contract, errors).handle(
  {
    now: async (_, context) => {
      const { env, tenant } = context;
      await meterOf(env, tenant).gauge('members', await d1Members(env.DB, tenant).count());
      return service(context).now();
    },
    series: ({ query }, context) => service(context).series(query),
    workflows: ({ query }, context) => service(context).workflows(query),
    export: async ({ query }, context) => {
      const text = await service(context).csv(query);
      const headers = {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="usage.csv"',
      };
      return Answer.stream(new Response(text, { headers }), { headers });
    },
    run: async ({ params }, { env, tenant }) => {
      const unknown = () => problem('run-unknown', { hint: 'GET /v1/runs lists the runs of this tenant.' });
      const runner = await runnerOfRun(env, tenant, params.id);
      if (!runner) throw unknown();
      const outcome = await runner.cost(params.id);
      if (!outcome.ok && outcome.error.status === 404) throw unknown();
      const { run, workflow, counts, nodes } = valueOf(outcome);
      const shownNodes = nodes.map(({ node, ms, counts: own }) => ({ node, ms, amounts: amountsOf(own) }));
      return { run, workflow, amounts: amountsOf(counts), nodes: shownNodes };
    },
    notices: ({ query }, context) => service(context).notices(query.limit),
    sinks: async (_, { env, tenant }) => ({ sinks: await meterOf(env, tenant).sinks() }),
    addSink: async ({ body }, context) => {
      const meter = meterOf(context.env, context.tenant);
      refuseMore(await meter.sinks());
      const { id, secret } = await newSink(context, body.url);
      await meter.addSink({ id, url: body.url });
      context.touched({ target: id, after: { url: body.url } });
      return { id, url: body.url, secret };
    },
    removeSink: async ({ params }, context) => {
      if (!(await meterOf(context.env, context.tenant).removeSink(params.id))) {
        throw problem('sink-unknown', { hint: 'GET /v1/usage/sinks lists them.' });
      }
      context.touched({ before: { id: params.id } });
    },
  },
  [
    subscription(limitReached, (notice, { env, tenant }) =>
      notify(tenant, notice, {
        members: d1Members(env.DB, tenant),
        mail: async (message) => (await queueMail(env, message)).sent,
      }),
    ),
  ],
);

export { usage as area };
