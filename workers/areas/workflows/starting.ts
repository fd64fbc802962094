import type { Item } from '../../../core/data/item.ts';
import type { Starter } from '../../../core/engine/events.ts';
import { PRODUCTION, versionIn } from '../../../core/environment/reference.ts';
import type { Workflow } from '../../../core/graph/document.ts';
import type { RunSource, StartCall } from '../../../durable-objects/runner/protocol.ts';
import { Answer } from '../../kit/answer.ts';
import { sha256Hex } from '../../kit/digest.ts';
import { itemsFrom } from '../../kit/items.ts';
import { valueOf } from '../../kit/refusal.ts';
import { anyShard, shardFor } from '../../kit/shard.ts';
import { problem, unknownWorkflow } from './drafts.ts';
import type { WorkflowPorts } from './ports.ts';

export interface StartRequest {
  input?: unknown;
  node?: string | undefined;
  destination?: string | undefined;
  version?: number | 'draft' | undefined;
  pinned?: boolean | undefined;
  environment?: string | undefined;
  idempotencyKey?: string | undefined;
  waitMs?: number | undefined;
  by: Starter;
}

/** Starting runs through the API: of a version, or of the draft as it stands. */
export function starting({ store, registry, runner, shards, hasEnvironment }: WorkflowPorts) {
  async function sourceOf(id: string, wanted: StartRequest['version'], environment: string): Promise<RunSource> {
    if (!(await hasEnvironment(environment))) {
      throw problem('environment-unknown', { hint: 'GET /v1/environments lists them.' });
    }
    const published = wanted === undefined ? await publishedVersion(id, environment) : undefined;
    if (wanted === 'draft' || (wanted === undefined && published === undefined)) return draftOf(id, environment);
    const version = published ?? Number(wanted);
    if (wanted !== undefined && !(await store.version(id, version))) {
      throw problem('version-unknown', { hint: `GET /v1/workflows/${id}/versions lists them; "draft" is the draft.` });
    }
    return { workflow: id, version: versionIn(version, environment) };
  }

  async function publishedVersion(id: string, environment: string): Promise<number | undefined> {
    const found = (await registry.publications(environment)).find(({ workflow }) => workflow === id);
    return found && Number(found.version);
  }

  /** A draft travels with the call; its hash tells two drafts apart in the run list. */
  async function draftOf(id: string, environment: string): Promise<RunSource> {
    const row = await store.get(id);
    if (!row) throw unknownWorkflow();
    const hash = (await sha256Hex(row.draft)).slice(0, 16);
    return { workflow: id, version: versionIn(`draft:${hash}`, environment), doc: JSON.parse(row.draft) as Workflow };
  }

  return {
    async start(id: string, request: StartRequest): Promise<Answer<{ id: string; duplicate: boolean }>> {
      if (!(await store.head(id))) throw unknownWorkflow();
      const source = await sourceOf(id, request.version, request.environment ?? PRODUCTION);
      const { node, destination, pinned, idempotencyKey, waitMs, by } = request;
      const count = await shards();
      const shard = idempotencyKey === undefined ? anyShard(count) : shardFor(`${id}/${idempotencyKey}`, count);
      const call: StartCall = {
        source,
        mode: source.doc || pinned === true ? 'manual' : 'production',
        by,
        ...(request.input === undefined ? {} : { items: itemsOf(request.input) }),
        ...(node === undefined ? {} : { node }),
        ...(destination === undefined ? {} : { destination }),
        ...(pinned === undefined ? {} : { pinned }),
        ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
        ...(waitMs === undefined ? {} : { waitMs }),
      };
      const { run, duplicate, view } = valueOf(await runner(shard).start(call));
      const repeated = duplicate ? { 'idempotency-replayed': 'true' } : {};
      const headers = { 'x-millrace-run': run, location: `/v1/runs/${run}`, ...repeated };
      if (view !== undefined && waitMs !== undefined) return Answer.jsonText(view, { status: 200, headers });
      return Answer.json({ id: run, duplicate }, { status: 202, headers });
    },
  };
}

function itemsOf(input: unknown): Item[] {
  try {
    return itemsFrom(input);
  } catch (error) {
    throw problem('input-not-items', { detail: error instanceof Error ? error.message : String(error) });
  }
}
