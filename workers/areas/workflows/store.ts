import { and, desc, eq, isNull, lt, or, sql, type SQL } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import type { Reach } from '../../../core/access/grant.ts';
import { workflows, workflowVersions } from './tables.ts';

export interface StoredWorkflow {
  id: string;
  name: string;
  draft: string;
  revision: number;
  createdAt: number;
  updatedAt: number;
  createdBy: string | null;
}

export type StoredHead = Omit<StoredWorkflow, 'draft'>;

interface StoredVersion {
  version: number;
  doc: string;
  note: string;
  createdAt: number;
}

/** Where a page of the list ended. */
export interface Position {
  updatedAt: number;
  id: string;
}

/** A list of ids as one parameter: D1 takes a hundred at most. */
const idsWithin = (reach: Reach, kind: string): string =>
  JSON.stringify(reach === 'everywhere' ? [] : reach.filter((place) => place.kind === kind).map((place) => place.id));

function within(reach: Reach) {
  if (reach === 'everywhere') return undefined;
  const single = sql`${workflows.id} IN (SELECT value FROM json_each(${idsWithin(reach, 'workflow')}))`;
  const projects = sql`SELECT value FROM json_each(${idsWithin(reach, 'project')})`;
  return or(single, sql`${workflows.id} IN (${placedIn(sql`project_id IN (${projects})`)})`);
}

/** Ids of the tenant's workflows whose placement (area projects) is so. */
const placedIn = (where: SQL): SQL =>
  sql`SELECT resource_id FROM placements WHERE tenant_id = "workflows"."tenant_id" AND kind = 'workflow' AND ${where}`;

/** What a list is narrowed to. */
export interface Narrowing {
  project?: string | undefined;
  folder?: string | undefined;
  tag?: string | undefined;
  /** In the name, whatever its case. */
  text?: string | undefined;
  /** Only these, or all but these. */
  live?: { ids: readonly string[]; isWanted: boolean } | undefined;
}

/** Where a workflow lies (area projects). */
export interface Place {
  id: string;
  project: string | null;
  folder: string | null;
  tags: string[];
}

function narrowed({ project, folder, tag, text, live }: Narrowing) {
  const among = live && sql`${workflows.id} IN (SELECT value FROM json_each(${JSON.stringify(live.ids)}))`;
  const tagged = sql`SELECT resource_id FROM tags WHERE tenant_id = "workflows"."tenant_id" AND kind = 'workflow' AND tag = ${tag}`;
  return and(
    project === undefined ? undefined : sql`${workflows.id} IN (${placedIn(sql`project_id = ${project}`)})`,
    folder === undefined ? undefined : sql`${workflows.id} IN (${placedIn(sql`folder_id = ${folder}`)})`,
    tag === undefined ? undefined : sql`${workflows.id} IN (${tagged})`,
    among && (live.isWanted ? among : sql`NOT ${among}`),
    text === undefined ? undefined : sql`instr(lower(${workflows.name}), lower(${text})) > 0`,
  );
}

export type WorkflowStore = ReturnType<typeof d1Workflows>;

/** Workflows of one tenant. Deleted ones are invisible except for their versions, which runs still need. */
export function d1Workflows(db: D1Database, tenant: string) {
  const orm = drizzle(db);
  const { id, name, draft, revision, createdAt, updatedAt, createdBy } = workflows;
  const head = { id, name, revision, createdAt, updatedAt, createdBy };
  const mine = and(eq(workflows.tenantId, tenant), isNull(workflows.deletedAt));
  const one = (workflow: string) => and(mine, eq(id, workflow));
  const versionsOf = (workflow: string) =>
    and(eq(workflowVersions.tenantId, tenant), eq(workflowVersions.workflowId, workflow));
  const version = {
    version: workflowVersions.version,
    doc: workflowVersions.doc,
    note: workflowVersions.note,
    createdAt: workflowVersions.createdAt,
  };

  return {
    /** Does nothing when that id was ever used. */
    async add(workflow: StoredWorkflow): Promise<void> {
      await orm
        .insert(workflows)
        .values({ tenantId: tenant, ...workflow })
        .onConflictDoNothing();
    },
    async get(workflow: string): Promise<StoredWorkflow | undefined> {
      const rows = await orm
        .select({ ...head, draft })
        .from(workflows)
        .where(one(workflow));
      return rows[0];
    },
    async head(workflow: string): Promise<StoredHead | undefined> {
      const rows = await orm.select(head).from(workflows).where(one(workflow));
      return rows[0];
    },
    /** Only what lies within `reach`. */
    list(
      limit: number,
      reach: Reach,
      { after, ...by }: Narrowing & { after?: Position | undefined } = {},
    ): Promise<StoredHead[]> {
      const rest = after && or(lt(updatedAt, after.updatedAt), and(eq(updatedAt, after.updatedAt), lt(id, after.id)));
      return orm
        .select(head)
        .from(workflows)
        .where(and(mine, within(reach), narrowed(by), rest))
        .orderBy(desc(updatedAt), desc(id))
        .limit(limit);
    },
    /** Writes only while the revision is still `ifRevision` (when given); undefined when it was not. */
    async replace(change: { id: string; name: string; draft: string; atMs: number; ifRevision?: number }) {
      const guard = change.ifRevision === undefined ? undefined : eq(revision, change.ifRevision);
      const rows = await orm
        .update(workflows)
        .set({ name: change.name, draft: change.draft, updatedAt: change.atMs, revision: sql`${revision} + 1` })
        .where(and(one(change.id), guard))
        .returning(head);
      return rows[0];
    },
    async remove(workflow: string, atMs: number): Promise<boolean> {
      const rows = await orm.update(workflows).set({ deletedAt: atMs }).where(one(workflow)).returning({ id });
      return rows.length > 0;
    },
    /** Where these lie; one that lies nowhere and has no tags is left out. */
    async places(ids: readonly string[]): Promise<Map<string, Place>> {
      const given = JSON.stringify(ids);
      const among = `tenant_id = ? AND kind = 'workflow' AND resource_id IN (SELECT value FROM json_each(?))`;
      const [placed, tagged] = await db.batch<Record<string, string | null>>([
        db
          .prepare(
            `SELECT resource_id AS id, project_id AS project, folder_id AS folder FROM placements WHERE ${among}`,
          )
          .bind(tenant, given),
        db.prepare(`SELECT resource_id AS id, tag FROM tags WHERE ${among} ORDER BY tag`).bind(tenant, given),
      ]);
      const places = new Map<string, Place>();
      const at = (workflow: string): Place => {
        const known = places.get(workflow) ?? { id: workflow, project: null, folder: null, tags: [] };
        places.set(workflow, known);
        return known;
      };
      for (const { id: workflow, project, folder } of placed?.results ?? []) {
        Object.assign(at(workflow ?? ''), { project, folder });
      }
      for (const { id: workflow, tag } of tagged?.results ?? []) at(workflow ?? '').tags.push(tag ?? '');
      return places;
    },
    async version(workflow: string, number: number): Promise<StoredVersion | undefined> {
      const where = and(versionsOf(workflow), eq(workflowVersions.version, number));
      const rows = await orm.select(version).from(workflowVersions).where(where);
      return rows[0];
    },
    async latestVersion(workflow: string): Promise<StoredVersion | undefined> {
      const newest = desc(workflowVersions.version);
      const rows = await orm
        .select(version)
        .from(workflowVersions)
        .where(versionsOf(workflow))
        .orderBy(newest)
        .limit(1);
      return rows[0];
    },
    versions(workflow: string): Promise<Omit<StoredVersion, 'doc'>[]> {
      const { doc: _, ...rest } = version;
      const newest = desc(workflowVersions.version);
      return orm.select(rest).from(workflowVersions).where(versionsOf(workflow)).orderBy(newest).limit(1_000);
    },
    /** False when that number exists already: somebody published at the same time. */
    async addVersion(workflow: string, added: StoredVersion): Promise<boolean> {
      const rows = await orm
        .insert(workflowVersions)
        .values({ tenantId: tenant, workflowId: workflow, ...added })
        .onConflictDoNothing()
        .returning({ version: workflowVersions.version });
      return rows.length > 0;
    },
  };
}
