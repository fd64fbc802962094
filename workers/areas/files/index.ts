import { mediaTypeOf } from '../../../core/data/media-types.ts';
import { splitPath } from '../../../core/files/path.ts';
import { r2Disk } from '../../files/r2-disk.ts';
import { roomFor } from '../../files/room.ts';
import { Answer } from '../../kit/answer.ts';
import { area } from '../../kit/area.ts';
import type { Context } from '../../kit/context.ts';
import { sha256Hex } from '../../kit/digest.ts';
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
  upload: async ({ query, body }, context) => {
    const bytes = body as Uint8Array<ArrayBuffer>;
    const stored = await service(context).upload(query.path, bytes, query.ifEtag);
    context.touched({ target: stored.path, after: { ...stored, sha256: await sha256Hex(bytes) } });
    return stored;
  },
  remove: async ({ query }, context) => {
    const path = await service(context).remove(query.path);
    context.touched({ target: path, before: { path } });
  },
});

export { files as area };
