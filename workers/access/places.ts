import { and, eq, isNull, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import type { Place } from '../../core/access/grant.ts';
import { tablesOf } from '../../durable-objects/stubs.ts';
import { credentials } from '../areas/credentials/tables.ts';
import { workflows } from '../areas/workflows/tables.ts';
import type { Env } from '../env.ts';
import type { Context } from '../kit/context.ts';
import type { ResourceKind } from '../kit/contract.ts';
import { runnerOfRun } from './run-place.ts';

type Find = (env: Env, tenant: string, id: string) => Promise<readonly Place[] | undefined>;

const workflow: Find = async (env, tenant, id) => {
  const where = and(eq(workflows.tenantId, tenant), eq(workflows.id, id), isNull(workflows.deletedAt));
  const [row] = await drizzle(env.DB).select({ id: workflows.id }).from(workflows).where(where);
  return row && withProject(env, tenant, { kind: 'workflow', id });
};

/** Something and the project it lies in: a grant may be about either. */
async function withProject(env: Env, tenant: string, place: Place): Promise<readonly Place[]> {
  const select = 'SELECT project_id AS project FROM placements WHERE tenant_id = ? AND kind = ? AND resource_id = ?';
  const row = await env.DB.prepare(select).bind(tenant, place.kind, place.id).first<{ project: string }>();
  return row ? [place, { kind: 'project', id: row.project }] : [place];
}

/** Ids of one kind that lie in projects of a reach; what a list adds to those named singly. */
export async function placedWithin(
  { env, tenant, reach }: Pick<Context, 'env' | 'tenant' | 'reach'>,
  kind: ResourceKind,
): Promise<ReadonlySet<string>> {
  if (reach === 'everywhere') throw new Error('Everything is no list');
  const projects = JSON.stringify(reach.filter((place) => place.kind === 'project').map(({ id }) => id));
  const select =
    'SELECT resource_id AS id FROM placements WHERE tenant_id = ? AND kind = ? AND project_id IN (SELECT value FROM json_each(?))';
  const { results } = await env.DB.prepare(select).bind(tenant, kind, projects).all<{ id: string }>();
  return new Set([...results.map(({ id }) => id), ...reach.filter((place) => place.kind === kind).map(({ id }) => id)]);
}

/** The workflows a reach holds, those in its projects included: whose runs somebody may see. */
export async function workflowsWithin({ env, tenant, reach }: Pick<Context, 'env' | 'tenant' | 'reach'>) {
  if (reach === 'everywhere') throw new Error('Everything is no list');
  const ids = [...(await placedWithin({ env, tenant, reach }, 'workflow'))];
  const listed = sql`${workflows.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`;
  const where = and(eq(workflows.tenantId, tenant), isNull(workflows.deletedAt), listed);
  return (await drizzle(env.DB).select({ id: workflows.id }).from(workflows).where(where)).map(({ id }) => id);
}

/** A run lies where its workflow lies; one whose workflow was deleted lies nowhere. */
const run: Find = async (env, tenant, id) => {
  const view = await (await runnerOfRun(env, tenant, id))?.view(id);
  return view?.ok ? workflow(env, tenant, (JSON.parse(view.value) as { workflow: string }).workflow) : undefined;
};

const credential: Find = async (env, tenant, id) => {
  const where = and(eq(credentials.tenantId, tenant), eq(credentials.id, id));
  const [row] = await drizzle(env.DB).select({ id: credentials.id }).from(credentials).where(where);
  return row && withProject(env, tenant, { kind: 'credential', id });
};

const table: Find = async (env, tenant, id) =>
  (await tablesOf(env, tenant).list()).some((each) => each.id === id)
    ? withProject(env, tenant, { kind: 'table', id })
    : undefined;

const FINDERS: Readonly<Record<ResourceKind, Find>> = {
  workflow,
  run,
  credential,
  table,
  project: async (env, tenant, id) => {
    const select = 'SELECT 1 AS there FROM projects WHERE tenant_id = ? AND id = ?';
    return (await env.DB.prepare(select).bind(tenant, id).first()) ? [{ kind: 'project', id }] : undefined;
  },
};

/** Where a resource lies, itself first: what a grant can be about. Undefined when there is no such resource. */
export const placesOf = (env: Env, tenant: string, kind: ResourceKind, id: string): ReturnType<Find> =>
  FINDERS[kind](env, tenant, id);
