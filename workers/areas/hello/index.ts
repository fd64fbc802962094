import { area } from '../../kit/area.ts';
import type { JobContext } from '../../kit/context.ts';
import { contract, errors } from './contract.ts';
import { noteAdded } from './events.ts';
import { helloService } from './service.ts';
import { d1Notes } from './store.ts';

/** The edge of the area: the only place where bindings become ports. */
const service = (context: JobContext) =>
  helloService({
    notes: d1Notes(context.env.DB, context.tenant),
    now: context.now,
    newId: context.newId,
    announce: (event) => context.emit(noteAdded, event),
  });

export const helloArea = area('hello', contract, errors).handle({
  create: ({ body }, context) => service(context).create(body.text),
  list: async ({ query }, context) => ({ notes: await service(context).list(query.limit) }),
  remove: ({ params }, context) => service(context).remove(params.id),
});

export { helloArea as area };
