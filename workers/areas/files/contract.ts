import { z } from 'zod';
import { MAX_FILE_BYTES } from '../../../core/node/file-limits.ts';
import { route } from '../../kit/contract.ts';

export const errors = {
  'file-unknown': { status: 404, title: 'There is no such file' },
  'path-invalid': { status: 400, title: 'This is no path of a file' },
  'cursor-invalid': { status: 400, title: 'The cursor is not one of ours' },
  'file-changed': { status: 412, title: 'The file is not what you expect' },
  'storage-full': { status: 403, title: 'The plan allows no more storage' },
  'file-too-large': { status: 413, title: 'The file is too large to be handed over' },
} as const;

export const StoredFile = z.strictObject({
  path: z.string().describe('Relative, with `/`: reports/march.csv'),
  sizeBytes: z.number().int(),
  mimeType: z.string().describe('By the extension'),
  modifiedAt: z.number().int().describe('Epoch milliseconds'),
  etag: z.string().describe('Changes with the content'),
});
export type StoredFile = z.output<typeof StoredFile>;

const Path = z.string().min(1).max(1_000).describe('reports/march.csv');

export const contract = {
  list: route({
    method: 'GET',
    path: '/v1/files',
    summary: 'List files by path',
    scope: 'files:read',
    cost: 2,
    query: z.strictObject({
      prefix: z.string().max(1_000).describe('Only paths that begin with it').optional(),
      limit: z.coerce.number().int().min(1).max(1_000).default(100),
      cursor: z.string().max(6_000).describe('As the page before gave it').optional(),
    }),
    output: z.strictObject({ files: z.array(StoredFile), cursor: z.string().optional() }),
    errors: ['path-invalid', 'cursor-invalid'],
  }),
  download: route({
    method: 'GET',
    path: '/v1/files/content',
    summary: 'Download a file',
    scope: 'files:read',
    cost: 2,
    answers: 'bytes',
    query: z.strictObject({ path: Path }),
    output: z.void(),
    errors: ['file-unknown', 'path-invalid', 'file-too-large'],
  }),
  upload: route({
    method: 'PUT',
    path: '/v1/files/content',
    summary: 'Store a file: the body is its content',
    scope: 'files:write',
    cost: 5,
    accepts: 'bytes',
    maxBytes: MAX_FILE_BYTES,
    query: z.strictObject({
      path: Path,
      ifEtag: z
        .string()
        .max(200)
        .describe('Only if the file still has this etag; `none`: only if there is no such file')
        .optional(),
    }),
    body: z.instanceof(Uint8Array),
    output: z.strictObject({ path: z.string(), sizeBytes: z.number().int(), mimeType: z.string() }),
    errors: ['path-invalid', 'file-changed', 'storage-full'],
  }),
  remove: route({
    method: 'DELETE',
    path: '/v1/files/content',
    summary: 'Delete a file',
    scope: 'files:write',
    cost: 2,
    status: 204,
    answers: 'empty',
    query: z.strictObject({ path: Path }),
    output: z.void(),
    errors: ['file-unknown', 'path-invalid'],
  }),
};
