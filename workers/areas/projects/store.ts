import { and, asc, count, eq, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { folders, placements, projects, tags } from './tables.ts';

export type ProjectStore = ReturnType<typeof d1Projects>;
export interface ProjectRow {
  id: string;
  name: string;
  description: string;
  createdAt: number;
}
export interface FolderRow {
  id: string;
  project: string;
  parent: string | null;
  name: string;
  createdAt: number;
}
export interface Resource {
  kind: string;
  id: string;
}

/** Projects, folders, placements and tags of one tenant. */
export function d1Projects(db: D1Database, tenant: string) {
  const orm = drizzle(db);
  const { id, name, description, createdAt } = projects;
  const project = (key: string) => and(eq(projects.tenantId, tenant), eq(id, key));
  const folder = (key: string) => and(eq(folders.tenantId, tenant), eq(folders.id, key));
  const placed = (of: Resource) =>
    and(eq(placements.tenantId, tenant), eq(placements.kind, of.kind), eq(placements.resourceId, of.id));
  const tagged = (of: Resource) => and(eq(tags.tenantId, tenant), eq(tags.kind, of.kind), eq(tags.resourceId, of.id));
  const row = { id, name, description, createdAt };
  const folderRow = {
    id: folders.id,
    project: folders.projectId,
    parent: folders.parentId,
    name: folders.name,
    createdAt: folders.createdAt,
  };
  const inProject = (key: string) => and(eq(placements.tenantId, tenant), eq(placements.projectId, key));

  return {
    list: (): Promise<ProjectRow[]> =>
      orm.select(row).from(projects).where(eq(projects.tenantId, tenant)).orderBy(asc(name), asc(id)),
    get: async (key: string): Promise<ProjectRow | undefined> =>
      (await orm.select(row).from(projects).where(project(key)))[0],
    async add(made: ProjectRow): Promise<void> {
      await orm.insert(projects).values({ tenantId: tenant, ...made });
    },
    async change(key: string, change: { name?: string | undefined; description?: string | undefined }): Promise<void> {
      const set = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      if (Object.keys(set).length > 0) await orm.update(projects).set(set).where(project(key));
    },
    async remove(key: string): Promise<void> {
      await orm.delete(folders).where(and(eq(folders.tenantId, tenant), eq(folders.projectId, key)));
      await orm.delete(projects).where(project(key));
    },
    async counts(kind?: string): Promise<Map<string, number>> {
      const mine = eq(placements.tenantId, tenant);
      const where = kind === undefined ? mine : and(mine, eq(placements.kind, kind));
      const rows = await orm
        .select({ project: placements.projectId, n: count() })
        .from(placements)
        .where(where)
        .groupBy(placements.projectId);
      return new Map(rows.map(({ project: key, n }) => [key, n]));
    },
    isEmpty: async (key: string): Promise<boolean> =>
      (await orm.select({ n: count() }).from(placements).where(inProject(key)))[0]?.n === 0,

    folders: (key: string): Promise<FolderRow[]> =>
      orm
        .select(folderRow)
        .from(folders)
        .where(and(eq(folders.tenantId, tenant), eq(folders.projectId, key)))
        .orderBy(asc(folders.name), asc(folders.id)),
    folder: async (key: string): Promise<FolderRow | undefined> =>
      (await orm.select(folderRow).from(folders).where(folder(key)))[0],
    async addFolder({ project: projectId, parent: parentId, ...made }: FolderRow): Promise<void> {
      await orm.insert(folders).values({ tenantId: tenant, projectId, parentId, ...made });
    },
    async changeFolder(key: string, change: { name: string; parentId: string | null }): Promise<void> {
      await orm.update(folders).set(change).where(folder(key));
    },
    async removeFolder(key: string): Promise<void> {
      await orm.delete(folders).where(folder(key));
    },
    async isFolderEmpty(key: string): Promise<boolean> {
      const [[inside], [below]] = await Promise.all([
        orm
          .select({ n: count() })
          .from(placements)
          .where(and(eq(placements.tenantId, tenant), eq(placements.folderId, key))),
        orm
          .select({ n: count() })
          .from(folders)
          .where(and(eq(folders.tenantId, tenant), eq(folders.parentId, key))),
      ]);
      return inside?.n === 0 && below?.n === 0;
    },

    async placement(of: Resource): Promise<{ project: string; folder: string | null } | undefined> {
      const found = { project: placements.projectId, folder: placements.folderId };
      return (await orm.select(found).from(placements).where(placed(of)))[0];
    },
    async place({ kind, id: resourceId }: Resource, at: { project: string; folder: string | null }): Promise<void> {
      const set = { projectId: at.project, folderId: at.folder };
      await orm
        .insert(placements)
        .values({ tenantId: tenant, kind, resourceId, ...set })
        .onConflictDoUpdate({ target: [placements.tenantId, placements.kind, placements.resourceId], set });
    },
    async unplace(of: Resource): Promise<void> {
      await orm.delete(placements).where(placed(of));
    },

    tagsOf: async (of: Resource): Promise<string[]> =>
      (await orm.select({ tag: tags.tag }).from(tags).where(tagged(of)).orderBy(asc(tags.tag))).map(({ tag }) => tag),
    async tag(of: Resource, wanted: readonly string[]): Promise<void> {
      await orm.delete(tags).where(tagged(of));
      const rows = wanted.map((tag) => ({ tenantId: tenant, kind: of.kind, resourceId: of.id, tag }));
      if (rows.length > 0) await orm.insert(tags).values(rows).onConflictDoNothing();
    },
    allTags: (): Promise<{ tag: string; uses: number }[]> =>
      orm
        .select({ tag: tags.tag, uses: sql<number>`count(*)` })
        .from(tags)
        .where(eq(tags.tenantId, tenant))
        .groupBy(tags.tag)
        .orderBy(asc(tags.tag)),
  };
}
