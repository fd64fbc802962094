import type { Json } from '../../../core/data/item.ts';
import { placesOf } from '../../access/places.ts';
import { area } from '../../kit/area.ts';
import type { Context } from '../../kit/context.ts';
import type { ResourceKind } from '../../kit/contract.ts';
import { contract, errors } from './contract.ts';
import { projectService } from './service.ts';
import { d1Projects } from './store.ts';

const service = ({ env, tenant, now, newId }: Context) =>
  projectService({
    store: d1Projects(env.DB, tenant),
    exists: async ({ kind, id }) => (await placesOf(env, tenant, kind as ResourceKind, id)) !== undefined,
    now,
    newId,
  });

/** Says to the audit log what was there before and after, and gives back the latter. */
async function told<T>(context: Context, work: Promise<{ before: object; after: T & object }>): Promise<T> {
  const { before, after } = await work;
  context.touched({ before: { ...before } as unknown as Json, after: { ...after } as unknown as Json });
  return after;
}

const projects = area('projects', contract, errors).handle({
  list: async (_, context) => ({ projects: await service(context).list() }),
  create: async ({ body }, context) => {
    const made = await service(context).create(body);
    context.touched({ target: made.id, after: { ...made } });
    return made;
  },
  get: ({ params }, context) => service(context).get(params.id),
  change: ({ params, body }, context) => told(context, service(context).change(params.id, body)),
  remove: async ({ params }, context) => context.touched({ before: { ...(await service(context).remove(params.id)) } }),
  createFolder: async ({ body }, context) => {
    const made = await service(context).createFolder(body);
    context.touched({ target: made.id, after: { ...made } });
    return made;
  },
  changeFolder: ({ params, body }, context) => told(context, service(context).changeFolder(params.id, body)),
  removeFolder: async ({ params }, context) =>
    context.touched({ before: { ...(await service(context).removeFolder(params.id)) } }),
  place: ({ params, body }, context) => told(context, service(context).place(params, body)),
  placement: ({ params }, context) => service(context).placement(params),
  tag: ({ params, body }, context) => told(context, service(context).tag(params, body.tags)),
  tags: async (_, context) => ({ tags: await service(context).tags() }),
});

export { projects as area };
