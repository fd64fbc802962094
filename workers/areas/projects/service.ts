import { problemsOf } from '../../kit/problem.ts';
import { errors } from './contract.ts';
import type { Folder, Placement, Project } from './contract.ts';
import type { FolderRow, ProjectRow, ProjectStore, Resource } from './store.ts';

const MAX_PROJECTS = 500;
const MAX_FOLDERS = 1_000;

const problem = problemsOf(errors);
const unknownProject = () => problem('project-unknown', { hint: 'GET /v1/projects lists them.' });
const unknownFolder = () =>
  problem('folder-unknown', { hint: 'GET /v1/projects/{id} lists the folders of a project.' });

interface ProjectPorts {
  store: ProjectStore;
  exists(resource: Resource): Promise<boolean>;
  now(): number;
  newId(prefix: string): string;
}

export function projectService({ store, exists, now, newId }: ProjectPorts) {
  async function project(id: string): Promise<ProjectRow> {
    const found = await store.get(id);
    if (!found) throw unknownProject();
    return found;
  }

  async function folder(id: string): Promise<FolderRow> {
    const found = await store.folder(id);
    if (!found) throw unknownFolder();
    return found;
  }

  async function shown(row: ProjectRow): Promise<Project> {
    return { ...row, workflows: (await store.counts('workflow')).get(row.id) ?? 0 };
  }

  async function known(resource: Resource): Promise<void> {
    if (await exists(resource)) return;
    throw problem('resource-unknown', { detail: `There is no such ${resource.kind}.` });
  }

  async function placement(resource: Resource): Promise<Placement> {
    const [at, tags] = await Promise.all([store.placement(resource), store.tagsOf(resource)]);
    const { kind, id } = resource as Pick<Placement, 'kind' | 'id'>;
    return { kind, id, project: at?.project ?? null, folder: at?.folder ?? null, tags };
  }

  return {
    async list(): Promise<Project[]> {
      const [rows, counts] = await Promise.all([store.list(), store.counts('workflow')]);
      return rows.map((row) => ({ ...row, workflows: counts.get(row.id) ?? 0 }));
    },
    async create({ name, description }: { name: string; description: string }): Promise<Project> {
      if ((await store.list()).length >= MAX_PROJECTS) throw problem('projects-full');
      const row = { id: newId('proj'), name, description, createdAt: now() };
      await store.add(row);
      return { ...row, workflows: 0 };
    },
    async get(id: string): Promise<Project & { folders: Folder[] }> {
      return { ...(await shown(await project(id))), folders: await store.folders(id) };
    },
    async change(id: string, change: { name?: string | undefined; description?: string | undefined }) {
      const before = await project(id);
      await store.change(id, change);
      return { before, after: await shown(await project(id)) };
    },
    async remove(id: string): Promise<ProjectRow> {
      const before = await project(id);
      if (!(await store.isEmpty(id))) throw problem('project-not-empty', { hint: 'Move what is in it first.' });
      await store.remove(id);
      return before;
    },
    async createFolder(wanted: { project: string; parent: string | null; name: string }): Promise<Folder> {
      await project(wanted.project);
      if (wanted.parent !== null && (await folder(wanted.parent)).project !== wanted.project) throw unknownFolder();
      if ((await store.folders(wanted.project)).length >= MAX_FOLDERS) throw problem('projects-full');
      const row = { id: newId('fold'), ...wanted, createdAt: now() };
      await store.addFolder(row);
      return row;
    },
    async changeFolder(id: string, change: { name?: string | undefined; parent?: string | null | undefined }) {
      const before = await folder(id);
      const parentId = change.parent === undefined ? before.parent : change.parent;
      const all = new Map((await store.folders(before.project)).map((each) => [each.id, each]));
      if (parentId !== null && !all.has(parentId)) throw unknownFolder();
      for (let at = parentId; at !== null; at = all.get(at)?.parent ?? null) {
        if (at === id) throw problem('folder-in-itself');
      }
      await store.changeFolder(id, { name: change.name ?? before.name, parentId });
      return { before, after: await folder(id) };
    },
    async removeFolder(id: string): Promise<FolderRow> {
      const before = await folder(id);
      if (!(await store.isFolderEmpty(id))) throw problem('folder-not-empty', { hint: 'Move what is in it first.' });
      await store.removeFolder(id);
      return before;
    },
    async place(resource: Resource, to: { project: string | null; folder: string | null }) {
      await known(resource);
      const before = await placement(resource);
      if (to.project === null) await store.unplace(resource);
      else {
        await project(to.project);
        if (to.folder !== null && (await folder(to.folder)).project !== to.project) throw unknownFolder();
        await store.place(resource, { project: to.project, folder: to.folder });
      }
      return { before, after: await placement(resource) };
    },
    async placement(resource: Resource): Promise<Placement> {
      await known(resource);
      return placement(resource);
    },
    async tag(resource: Resource, tags: readonly string[]) {
      await known(resource);
      const before = await placement(resource);
      await store.tag(resource, [...new Set(tags)]);
      return { before, after: await placement(resource) };
    },
    tags: () => store.allTags(),
  };
}
