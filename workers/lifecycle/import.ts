import { z } from 'zod';
import { tenantPath } from '../../core/files/path.ts';
import { isNodeError } from '../../core/node/transform.ts';
import { COLUMN_TYPES } from '../../core/tables/call.ts';
import { mediaTypeOf } from '../../core/data/media-types.ts';
import type { JsonObject } from '../../core/data/item.ts';
import { REGIONS } from '../../core/environment/region.ts';
import type { Region } from '../../core/environment/region.ts';
import { tablesOf, tenantOf } from '../../durable-objects/stubs.ts';
import { publicOrigin } from '../identity/origin.ts';
import { membersOf } from '../areas/members/wiring.ts';
import { documentFrom } from '../areas/workflows/document-text.ts';
import type { Env } from '../env.ts';
import { r2Disk } from '../files/r2-disk.ts';
import type { Context } from '../kit/context.ts';
import { common, Problem } from '../kit/problem.ts';
import { valueOf } from '../kit/refusal.ts';
import { linesOf, readArchive } from './archive.ts';
import { archivedPeople } from './archived-people.ts';
import { bringPeople } from './people.ts';
import type { PeoplePorts } from './people.ts';
import { RECORDS } from './records.ts';
import type { Row } from './records.ts';

/** What came of an import, by kind. What was there already stays as it is. */
export interface Imported {
  imported: Record<string, number>;
  skipped: Record<string, number>;
  /** What somebody has to do before everything works as it did. */
  todo: { secrets: string[]; publish: { workflow: string; version: string }[] };
  /** What did not come in although it is not here, and why. */
  left: string[];
}

const Value = z.union([z.string().max(2_000_000), z.number(), z.null()]);
const RowSchema = z.record(z.string().regex(/^[a-z_]{1,40}$/), Value);
const Table = z.object({
  id: z.string().regex(/^[0-9a-zA-Z_-]{1,64}$/),
  name: z.string().min(1).max(128),
  columns: z.array(z.object({ name: z.string(), type: z.enum(COLUMN_TYPES) })).max(64),
  createdAt: z.string().max(40),
  updatedAt: z.string().max(40),
});
const ProfileSchema = z.object({ region: z.enum(REGIONS).nullish() });
/** More would be a log, not an answer. */
const MAX_LEFT = 200;
const Publications = z.array(z.object({ workflow: z.string().max(100), version: z.string().max(60) })).max(10_000);

/** Columns an export leaves out and the table wants. */
const FILLED: Readonly<Record<string, Row>> = {
  credentials: { secrets: '{}', tokens: '', key_id: '', state: 'unfinished' },
};

/** Brings an export into an organisation (LIF8). What it cannot read is refused before anything is written. */
export async function importArchive(context: Context, bytes: Uint8Array, invites: boolean): Promise<Imported> {
  const { env, tenant } = context;
  const files = readArchive(bytes);
  const done: Imported = { imported: {}, skipped: {}, todo: { secrets: [], publish: [] }, left: [] };
  const records = Object.keys(RECORDS)
    .filter((table) => RECORDS[table]?.imported === true)
    .map((table) => ({
      table,
      rows: linesOf(files, `records/${table}.ndjson`).map((row, at) => rowOf(table, row, at)),
    }));
  const tables = [...files.keys()]
    .filter((name) => /^tables\/[^/]+\.ndjson$/.test(name))
    .map((name) => tableOf(files, name));
  const paths = [...files.keys()]
    .filter((name) => name.startsWith('files/'))
    .map((name) => ({ name, path: pathOf(name) }));
  const publications = publicationsIn(files.get('publications.json'));
  const people = archivedPeople(files);
  const from = regionIn(files.get('organization.json'));

  for (const { table, rows } of records) if (rows.length > 0) await checkRows(env.DB, table, rows);
  for (const { table, rows } of records) {
    if (rows.length === 0) continue;
    const made = await insertAll(env.DB, tenant, { table, rows });
    note(done, table, { made, all: rows.length });
  }
  for (const { info, rows } of tables) await restoreTable(env, tenant, { info, rows, done });
  const disk = r2Disk(env.FILES, tenant);
  for (const { name, path } of paths) {
    const content = files.get(name) ?? new Uint8Array();
    const made = await disk.write(path, Uint8Array.from(content), { mimeType: mediaTypeOf(path), ifEtag: null });
    note(done, 'files', { made: made ? 1 : 0, all: 1 });
  }
  const brought = await bringPeople(people, peoplePorts(context, invites));
  Object.assign(done.imported, brought.imported);
  Object.assign(done.skipped, brought.skipped);
  const { region: here } = valueOf(await tenantOf(env, tenant).profile());
  const isElsewhere = from !== undefined && from !== here;
  done.left = [
    ...(isElsewhere ? [`region ${from ?? 'none'}: it is ${here ?? 'none'} here, for good`] : []),
    ...brought.left,
  ].slice(0, MAX_LEFT);
  done.todo.publish = publications;
  done.todo.secrets = [
    ...records
      .filter(({ table }) => table === 'credentials')
      .flatMap(({ rows }) => rows.map(({ id }) => `credential ${id}`)),
    ...records
      .filter(({ table }) => table === 'variables')
      .flatMap(({ rows }) => rows.filter(({ secret }) => secret !== 0))
      .map(({ environment, name }) => `variable ${environment}/${name}`),
  ];
  return done;
}

function peoplePorts(context: Context, invites: boolean): PeoplePorts {
  const { env, tenant, actor, now } = context;
  const members = membersOf(context);
  const ports = { env, tenant, held: actor.scopes, by: `${actor.kind}:${actor.id}`, nowMs: now() };
  return invites && hasAddress(context)
    ? { ...ports, invite: async (wanted) => void (await members.invite(wanted)) }
    : ports;
}

/** Whether an invitation's link can lead back here: a mail without one invites nobody. */
function hasAddress({ env, origin, headers }: Context): boolean {
  try {
    return publicOrigin(new Request(origin, { headers }), env) !== '';
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}

/** Undefined when the archive does not say. */
function regionIn(bytes: Uint8Array | undefined): Region | null | undefined {
  if (!bytes) return undefined;
  try {
    return ProfileSchema.parse(JSON.parse(new TextDecoder().decode(bytes))).region;
  } catch {
    throw invalid('organization.json', 'not an organization');
  }
}

const invalid = (name: string, detail: string): Problem =>
  common('input-invalid', { detail: `${name}: ${detail}`, hint: 'Import the file as an export gave it.' });

function rowOf(table: string, value: unknown, at: number): Row {
  const name = `records/${table}.ndjson, line ${at + 1}`;
  const parsed = RowSchema.safeParse(value);
  if (!parsed.success) throw invalid(name, parsed.error.issues[0]?.message ?? 'not a row');
  const row = parsed.data;
  // what runs must be what the editor would have taken
  const document = table === 'workflows' ? row['draft'] : table === 'workflow_versions' ? row['doc'] : undefined;
  if (document === undefined) return row;
  try {
    documentFrom(JSON.parse(String(document)));
  } catch (error) {
    if (error instanceof Problem) throw invalid(name, error.message);
    throw invalid(name, 'its document is not JSON');
  }
  return row;
}

function tableOf(files: ReadonlyMap<string, Uint8Array>, name: string) {
  const [head, ...rows] = linesOf(files, name);
  const parsed = Table.safeParse(head);
  if (!parsed.success) throw invalid(name, 'its first line is not a table');
  const areRows = rows.every((row) => typeof row === 'object' && row !== null && !Array.isArray(row));
  if (!areRows) throw invalid(name, 'a row is not an object');
  return { info: parsed.data, rows: rows as JsonObject[] };
}

function pathOf(name: string): string {
  try {
    return tenantPath(name.slice('files/'.length));
  } catch (error) {
    if (isNodeError(error)) throw invalid(name, error.message);
    throw error;
  }
}

function publicationsIn(bytes: Uint8Array | undefined) {
  try {
    return Publications.parse(JSON.parse(new TextDecoder().decode(bytes ?? new TextEncoder().encode('[]'))));
  } catch {
    throw invalid('publications.json', 'not a list of publications');
  }
}

interface Column {
  name: string;
  type: string;
  notnull: number;
  dflt_value: unknown;
}

/** What the table wants, so that a bad row is refused before anything is written. */
async function checkRows(db: D1Database, table: string, rows: readonly Row[]): Promise<void> {
  const { results } = await db.prepare(`PRAGMA table_info("${table}")`).all<Column>();
  for (const [at, row] of rows.entries()) {
    const full: Row = { ...row, ...FILLED[table] };
    for (const { name, type, notnull, dflt_value: initial } of results) {
      if (name === 'tenant_id') continue;
      const value = Object.hasOwn(full, name) ? full[name] : undefined;
      const isMissing = (value === undefined && initial === null && notnull === 1) || (value === null && notnull === 1);
      const fits = value === undefined || value === null || typeof value === (/int/i.test(type) ? 'number' : 'string');
      if (fits && !isMissing) continue;
      throw invalid(`records/${table}.ndjson, line ${at + 1}`, `${name} is missing or of the wrong kind`);
    }
  }
}

/** Inserts what is not there yet; returns how many. Only columns that the table has, and never the tenant. */
async function insertAll(
  db: D1Database,
  tenant: string,
  { table, rows }: { table: string; rows: readonly Row[] },
): Promise<number> {
  const { results } = await db.prepare(`PRAGMA table_info("${table}")`).all<Column>();
  const known = new Set(results.map(({ name }) => name));
  known.delete('tenant_id');
  let made = 0;
  for (const row of rows) {
    const full = Object.entries({ ...row, ...FILLED[table] }).filter(([name]) => known.has(name));
    const columns = ['tenant_id', ...full.map(([name]) => name)];
    const sql = `INSERT OR IGNORE INTO "${table}" (${columns.map((name) => `"${name}"`).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
    const { meta } = await db
      .prepare(sql)
      .bind(tenant, ...full.map(([, value]) => value))
      .run();
    made += meta.changes;
  }
  return made;
}

async function restoreTable(
  env: Env,
  tenant: string,
  { info, rows, done }: { info: z.output<typeof Table>; rows: JsonObject[]; done: Imported },
): Promise<void> {
  const object = tablesOf(env, tenant);
  const made = await object.restore(info);
  if (!made.ok) throw invalid(`tables/${info.id}.ndjson`, made.error.message);
  note(done, 'tables', { made: made.value ? 1 : 0, all: 1 });
  if (!made.value) return;
  for (let from = 0; from < rows.length; from += 500) {
    const part = rows.slice(from, from + 500);
    const restored = await object.restoreRows(info.id, part);
    if (!restored.ok) throw invalid(`tables/${info.id}.ndjson`, restored.error.message);
    note(done, 'rows', { made: part.length, all: part.length });
  }
}

function note(done: Imported, kind: string, { made, all }: { made: number; all: number }): void {
  done.imported[kind] = (done.imported[kind] ?? 0) + made;
  if (all > made) done.skipped[kind] = (done.skipped[kind] ?? 0) + all - made;
}
