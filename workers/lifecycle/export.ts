import type { TableInfo } from '../../core/tables/call.ts';
import { auditOf, runnerOf, tablesOf, tenantOf } from '../../durable-objects/stubs.ts';
import type { Env } from '../env.ts';
import { filesPrefix } from '../files/r2-disk.ts';
import { valueOf } from '../kit/refusal.ts';
import { d1Members } from '../members/store.ts';
import type { Member } from '../members/store.ts';
import { RECORDS, rowsOf } from './records.ts';
import { tenantTables } from './rows.ts';
import { type Entry, zipStream } from './zip.ts';

export const EXPORT_FORMAT = 'millrace.export/1';

const encoder = new TextEncoder();
const bytesOf = (value: unknown): Uint8Array<ArrayBuffer> =>
  encoder.encode(JSON.stringify(value)) as Uint8Array<ArrayBuffer>;
/** Lines are joined up to this before they go on. */
const CHUNK_CHARS = 64 * 1024;

/** An organisation as one zip archive (LIF7), streamed: nothing of it lies in memory but what is being written. */
export function exportTenant(env: Env, tenant: string): ReadableStream<Uint8Array> {
  const leftOut: string[] = [];
  return zipStream(entriesOf(env, tenant, leftOut), (entries) =>
    bytesOf({ format: EXPORT_FORMAT, organization: tenant, exportedAt: Date.now(), leftOut, entries }),
  );
}

async function* entriesOf(env: Env, tenant: string, leftOut: string[]): AsyncGenerator<Entry> {
  const registry = tenantOf(env, tenant);
  const profile = valueOf(await registry.profile());
  yield { name: 'organization.json', chunks: whole(profile) };
  yield { name: 'publications.json', chunks: whole(await registry.allPublications()) };
  yield { name: 'keys.json', chunks: whole(await registry.listKeys()) };
  yield { name: 'people.ndjson', chunks: lines(peopleLines(env, tenant)) };
  for (const table of await tenantTables(env.DB)) {
    const decision = RECORDS[table];
    if (!decision || decision.skip !== undefined) leftOut.push(`${table}: ${decision?.skip ?? 'not decided'}`);
    else yield { name: `records/${table}.ndjson`, chunks: lines(rowsOf(env.DB, tenant, table)) };
  }
  for (const info of await tablesOf(env, tenant).list()) {
    yield { name: `tables/${info.id}.ndjson`, chunks: lines(tableLines(env, tenant, info)) };
  }
  yield* filesOf(env, tenant);
  yield { name: 'audit.ndjson', chunks: lines(auditLines(env, tenant)) };
  yield { name: 'runs.ndjson', chunks: lines(runLines(env, tenant, profile.shards)) };
}

async function* whole(value: unknown): AsyncGenerator<Uint8Array> {
  yield bytesOf(value);
}

async function* lines(values: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  let text = '';
  for await (const value of values) {
    text += `${JSON.stringify(value)}\n`;
    if (text.length < CHUNK_CHARS) continue;
    yield encoder.encode(text);
    text = '';
  }
  if (text !== '') yield encoder.encode(text);
}

/** First what the table is, then its rows. */
async function* tableLines(env: Env, tenant: string, info: TableInfo): AsyncGenerator<unknown> {
  yield info;
  const tables = tablesOf(env, tenant);
  for (let after = 0; ;) {
    const rows = await tables.dump(info.id, after, 500);
    yield* rows;
    const last = rows.at(-1);
    if (!last) return;
    after = Number(last['id']);
  }
}

/** Members with their names and addresses, which the rows of memberships do not have. */
async function* peopleLines(env: Env, tenant: string): AsyncGenerator<unknown> {
  const members = d1Members(env.DB, tenant);
  for (let last: Member | undefined; ;) {
    const page = await members.list(500, last);
    yield* page;
    last = page.at(-1);
    if (!last) return;
  }
}

async function* filesOf(env: Env, tenant: string): AsyncGenerator<Entry> {
  const prefix = filesPrefix(tenant);
  for (let cursor: string | undefined; ;) {
    const page = await env.FILES.list({ prefix, ...(cursor === undefined ? {} : { cursor }) });
    for (const { key } of page.objects) {
      const object = await env.FILES.get(key);
      if (object) yield { name: `files/${key.slice(prefix.length)}`, chunks: object.body };
    }
    if (!page.truncated) return;
    cursor = page.cursor;
  }
}

async function* auditLines(env: Env, tenant: string): AsyncGenerator<unknown> {
  const log = auditOf(env, tenant);
  for (let after = 0; ;) {
    const records = await log.page(after, 1_000);
    yield* records;
    const last = records.at(-1);
    if (!last) return;
    after = last.seq;
  }
}

async function* runLines(env: Env, tenant: string, shards: number): AsyncGenerator<unknown> {
  for (let shard = 0; shard < shards; shard++) {
    const runner = runnerOf(env, tenant, shard);
    for (let cursor: string | undefined; ;) {
      const page = valueOf(await runner.list({ limit: 200, idle: true, ...(cursor === undefined ? {} : { cursor }) }));
      yield* page.runs;
      if (page.cursor === undefined) break;
      ({ cursor } = page);
    }
  }
}
