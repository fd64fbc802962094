import { mediaTypeOf } from '../../../core/data/media-types.ts';
import { splitPath } from '../../../core/files/path.ts';
import { r2Disk } from '../../files/r2-disk.ts';
import { roomFor } from '../../files/room.ts';
import { Answer } from '../../kit/answer.ts';
import { area } from '../../kit/area.ts';
import type { Context } from '../../kit/context.ts';
import { contract, errors } from './contract.ts';
import { filesService } from './service.ts';
import { r2Shelf } from './shelf.ts';

const service = ({ env, tenant }: Context) =>
  filesService({
    disk: r2Disk(env.FILES, tenant, (bytes) => roomFor(env, tenant, bytes)),
    shelf: r2Shelf(env.FILES, tenant),
  });

const files = area('files', contract, errors).handle({
  list: ({ query }, context) => service(context).list(query),
  download: async ({ query }, context) => {
    const { path, bytes, etag } = await service(context).download(query.path);
    const name = encodeURIComponent(splitPath(path).name).replaceAll("'", '%27');
    // Never shown in place: what a tenant stored may be a page.
    const headers = { 'content-disposition': `attachment; filename*=UTF-8''${name}`, etag: JSON.stringify(etag) };
    return Answer.stream(new Response(bytes, { headers: { 'content-type': mediaTypeOf(path) } }), { headers });
  },
  upload: ({ query, body }, context) =>
    service(context).upload(query.path, body as Uint8Array<ArrayBuffer>, query.ifEtag),
  remove: ({ query }, context) => service(context).remove(query.path),
});

export { files as area };
