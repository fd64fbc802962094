import { Answer } from '../../kit/answer.ts';
import { area } from '../../kit/area.ts';
import { common } from '../../kit/problem.ts';
import { contract, errors } from './contract.ts';
import { drafts } from './drafts.ts';
import { listening } from './listening.ts';
import { publishing } from './publishing.ts';
import { starting } from './starting.ts';
import { starts } from './starts.ts';
import { workflowPorts } from './wiring.ts';

const etag = (revision: number): Record<string, string> => ({ etag: `"${revision}"` });

function revisionIn(headers: Headers): number | undefined {
  const given = headers.get('if-match');
  if (given === null || given === '*') return undefined;
  const revision = Number(/^(?:W\/)?"?([0-9]{1,15})"?$/.exec(given)?.[1] ?? Number.NaN);
  if (!Number.isNaN(revision)) return revision;
  throw common('input-invalid', { detail: 'If-Match must be a revision, as ETag gave it.' });
}

const workflows = area('workflows', contract, errors).handle({
  create: async ({ body }, context) => {
    const saved = await drafts(workflowPorts(context)).create(body);
    return Answer.json(saved, { headers: { ...etag(saved.revision), location: `/v1/workflows/${saved.id}` } });
  },
  list: ({ query }, context) => drafts(workflowPorts(context)).list(query, context.reach),
  validate: ({ body }, context) => drafts(workflowPorts(context)).validate(body),
  import: ({ body }, context) => drafts(workflowPorts(context)).import(body),
  get: async ({ params }, context) => {
    const found = await drafts(workflowPorts(context)).get(params.id);
    return Answer.json(found, { headers: etag(found.revision) });
  },
  export: ({ params }, context) => drafts(workflowPorts(context)).export(params.id),
  replace: async ({ params, body }, context) => {
    const saved = await drafts(workflowPorts(context)).replace(params.id, body, revisionIn(context.headers));
    return Answer.json(saved, { headers: etag(saved.revision) });
  },
  remove: ({ params }, context) => drafts(workflowPorts(context)).remove(params.id),
  publish: ({ params, query, body }, context) =>
    publishing(workflowPorts(context)).publish(params.id, { note: body?.note ?? '', ...query }),
  promote: ({ params, body }, context) => publishing(workflowPorts(context)).promote(params.id, body),
  unpublish: ({ params, query }, context) => publishing(workflowPorts(context)).unpublish(params.id, query.environment),
  versions: async ({ params }, context) => ({ versions: await publishing(workflowPorts(context)).versions(params.id) }),
  version: ({ params }, context) => publishing(workflowPorts(context)).version(params.id, params.version),
  rollback: ({ params, query, body }, context) =>
    publishing(workflowPorts(context)).rollback(params.id, { version: body.version, ...query }),
  starts: ({ params, query }, context) => starts(workflowPorts(context)).of(params.id, query.environment),
  listen: ({ params }, context) => listening(workflowPorts(context), context.env.DEPLOYMENT_KEY).listen(params.id),
  start: async ({ params, query, body }, context) => {
    const idempotencyKey = body?.idempotencyKey ?? context.headers.get('idempotency-key') ?? undefined;
    const { kind, id } = context.actor;
    const answer = await starting(workflowPorts(context)).start(params.id, {
      ...body,
      idempotencyKey,
      waitMs: query.wait,
      by: { kind, id },
    });
    const run = answer.headers['x-millrace-run'];
    if (run !== undefined) context.touched({ run });
    return answer;
  },
});

export { workflows as area };
