import { z } from 'zod';
import { route } from '../../kit/contract.ts';

export const errors = {
  'project-unknown': { status: 404, title: 'There is no such project' },
  'folder-unknown': { status: 404, title: 'There is no such folder' },
  'resource-unknown': { status: 404, title: 'There is no such thing to put anywhere' },
  'project-not-empty': { status: 409, title: 'The project is not empty' },
  'folder-not-empty': { status: 409, title: 'The folder is not empty' },
  'folder-in-itself': { status: 409, title: 'A folder cannot lie in itself' },
  'projects-full': { status: 409, title: 'There are too many projects or folders' },
} as const;

const Name = z.string().trim().min(1).max(100);
const Moment = z.number().int().describe('Epoch milliseconds');
export const Kind = z.enum(['workflow', 'credential', 'table']);
const id = z.strictObject({ id: z.string().max(100) });
const resource = z.strictObject({ kind: Kind, id: z.string().max(100) });

const Project = z.strictObject({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  createdAt: Moment,
  workflows: z.number().int().describe('How many lie in it'),
});
const Folder = z.strictObject({
  id: z.string(),
  project: z.string(),
  parent: z.string().nullable(),
  name: z.string(),
  createdAt: Moment,
});
const Placement = z.strictObject({
  kind: Kind,
  id: z.string(),
  project: z.string().nullable(),
  folder: z.string().nullable(),
  tags: z.array(z.string()),
});
export type Project = z.output<typeof Project>;
export type Folder = z.output<typeof Folder>;
export type Placement = z.output<typeof Placement>;

export const contract = {
  list: route({
    method: 'GET',
    path: '/v1/projects',
    summary: 'List projects by name',
    scope: 'projects:read',
    cost: 2,
    output: z.strictObject({ projects: z.array(Project) }),
    errors: [],
  }),
  create: route({
    method: 'POST',
    path: '/v1/projects',
    summary: 'Make a project',
    scope: 'projects:write',
    cost: 3,
    body: z.strictObject({ name: Name, description: z.string().max(1_000).default('') }),
    output: Project,
    errors: ['projects-full'],
  }),
  get: route({
    method: 'GET',
    path: '/v1/projects/{id}',
    summary: 'Read a project with its folders',
    scope: 'projects:read',
    cost: 2,
    params: id,
    resource: { kind: 'project', param: 'id' },
    output: Project.extend({ folders: z.array(Folder) }),
    errors: ['project-unknown'],
  }),
  change: route({
    method: 'PATCH',
    path: '/v1/projects/{id}',
    summary: 'Rename or describe a project',
    scope: 'projects:write',
    cost: 3,
    params: id,
    resource: { kind: 'project', param: 'id' },
    body: z.strictObject({ name: Name.optional(), description: z.string().max(1_000).optional() }),
    output: Project,
    errors: ['project-unknown'],
  }),
  remove: route({
    method: 'DELETE',
    path: '/v1/projects/{id}',
    summary: 'Remove an empty project with its folders',
    scope: 'projects:write',
    cost: 3,
    status: 204,
    answers: 'empty',
    params: id,
    resource: { kind: 'project', param: 'id' },
    output: z.void(),
    errors: ['project-unknown', 'project-not-empty'],
  }),
  createFolder: route({
    method: 'POST',
    path: '/v1/folders',
    summary: 'Make a folder in a project or in another folder',
    scope: 'projects:write',
    cost: 3,
    body: z.strictObject({
      project: z.string().max(100),
      parent: z.string().max(100).nullable().default(null),
      name: Name,
    }),
    example: { project: '{projects}', name: '{text}' },
    output: Folder,
    errors: ['project-unknown', 'folder-unknown', 'projects-full'],
  }),
  changeFolder: route({
    method: 'PATCH',
    path: '/v1/folders/{id}',
    summary: 'Rename a folder, or move it within its project',
    scope: 'projects:write',
    cost: 3,
    params: id,
    body: z.strictObject({ name: Name.optional(), parent: z.string().max(100).nullable().optional() }),
    output: Folder,
    errors: ['folder-unknown', 'folder-in-itself'],
  }),
  removeFolder: route({
    method: 'DELETE',
    path: '/v1/folders/{id}',
    summary: 'Remove an empty folder',
    scope: 'projects:write',
    cost: 3,
    status: 204,
    answers: 'empty',
    params: id,
    output: z.void(),
    errors: ['folder-unknown', 'folder-not-empty'],
  }),
  place: route({
    method: 'PUT',
    path: '/v1/placements/{kind}/{id}',
    summary: 'Move a workflow, credential or data table into a project or folder, or out of any',
    scope: 'projects:write',
    cost: 3,
    params: resource,
    body: z.strictObject({
      project: z.string().max(100).nullable(),
      folder: z.string().max(100).nullable().default(null),
    }),
    output: Placement,
    errors: ['resource-unknown', 'project-unknown', 'folder-unknown'],
  }),
  placement: route({
    method: 'GET',
    path: '/v1/placements/{kind}/{id}',
    summary: 'Where something lies, with its tags',
    scope: 'projects:read',
    cost: 1,
    params: resource,
    output: Placement,
    errors: ['resource-unknown'],
  }),
  tag: route({
    method: 'PUT',
    path: '/v1/tags/{kind}/{id}',
    summary: 'Replace the tags of a workflow, credential or data table',
    scope: 'projects:write',
    cost: 3,
    params: resource,
    body: z.strictObject({ tags: z.array(z.string().trim().min(1).max(50)).max(20) }),
    output: Placement,
    errors: ['resource-unknown'],
  }),
  tags: route({
    method: 'GET',
    path: '/v1/tags',
    summary: 'List all tags with how often they are used',
    scope: 'projects:read',
    cost: 2,
    output: z.strictObject({ tags: z.array(z.strictObject({ tag: z.string(), uses: z.number().int() })) }),
    errors: [],
  }),
};
