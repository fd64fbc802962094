import type { Reach } from '../../../core/access/grant.ts';
import type { Json, JsonObject } from '../../../core/data/item.ts';
import { environmentOf } from '../../../core/environment/reference.ts';
import type { Workflow } from '../../../core/graph/document.ts';
import type { Problem as Diagnosis } from '../../../core/graph/problem.ts';
import { importForeign } from '../../../core/interop/foreign.ts';
import { exportN8n } from '../../../core/interop/n8n/index.ts';
import { readCursor, writeCursor } from '../../kit/cursor.ts';
import { problemsOf } from '../../kit/problem.ts';
import { errors } from './contract.ts';
import type { WorkflowHead } from './contract.ts';
import { diagnose, documentFrom, documentText } from './document-text.ts';
import { N8N_IMPORT } from '../../../core/nodes/n8n-types.ts';
import { inertSecrets } from './inert-secrets.ts';
import type { WorkflowPorts } from './ports.ts';
import type { Narrowing, Position, StoredHead, StoredWorkflow } from './store.ts';

export const problem = problemsOf(errors);

export const unknownWorkflow = () =>
  problem('workflow-unknown', { hint: 'GET /v1/workflows lists the workflows of this tenant.' });

/** Creating, reading and changing drafts. Nothing here makes a workflow take triggers. */
export function drafts(ports: WorkflowPorts) {
  const { store, registry, routesChanged, credentials, touched, now, newId, actor } = ports;

  async function publishedVersions(environment?: string): Promise<Map<string, number>> {
    return new Map(
      (await registry.publications(environment)).map(({ workflow, version }) => [workflow, Number(version)]),
    );
  }

  async function headOf(row: StoredHead): Promise<WorkflowHead> {
    return withPublished(row, await publishedVersions());
  }

  /** Secrets of others must not go where an edit sends them (CRD11). */
  async function refuseForeign(before: Workflow | undefined, after: Workflow): Promise<void> {
    const refused = await credentials.refused(before, after);
    if (refused.size === 0) return;
    throw problem('credential-not-shared', {
      detail: `${[...refused].map(([id, nodes]) => `${id} (${nodes.join(', ').slice(0, 200)})`).join('; ')}.`,
      hint: 'Leave the nodes that use it as they are, choose another credential, or have it shared with you.',
    });
  }

  /** What the text alone does not tell, but the organisation's variables do. */
  async function doubts(workflow: Workflow, text: string): Promise<Diagnosis[]> {
    return text.includes('$vars') ? inertSecrets(workflow, await ports.secretVariables()) : [];
  }

  async function add(workflow: Workflow, draft: string): Promise<StoredWorkflow> {
    const atMs = now();
    const id = newId('wf');
    await credentials.vouch(id, undefined, workflow);
    const row = {
      id,
      name: workflow.name,
      draft,
      revision: 1,
      createdAt: atMs,
      updatedAt: atMs,
      createdBy: actor ?? null,
    };
    await store.add(row);
    return row;
  }

  return {
    async create(input: unknown): Promise<WorkflowHead & { warnings: Diagnosis[] }> {
      const { workflow, text, warnings } = documentFrom(input);
      await refuseForeign(undefined, workflow);
      const row = await add(workflow, text);
      touched({ target: row.id, after: JSON.parse(text) as Json });
      return { ...withPublished(row, new Map()), warnings: [...warnings, ...(await doubts(workflow, text))] };
    },

    async validate(input: unknown): Promise<{ ok: boolean; problems: Diagnosis[] }> {
      const parsed = diagnose(input);
      if (!parsed.ok) return { ok: false, problems: parsed.problems };
      const found = await doubts(parsed.workflow, JSON.stringify(parsed.workflow));
      return { ok: true, problems: [...parsed.warnings, ...found] };
    },

    /** Stores every workflow of the file, whatever of it can run; the reports say what. */
    async import(input: unknown) {
      const { workflows, problems } = importForeign(input, N8N_IMPORT);
      const bindings = await Promise.all(workflows.map(({ workflow }) => credentials.bind(workflow)));
      for (const { workflow } of bindings) await refuseForeign(undefined, workflow);
      const texts = bindings.map(({ workflow }) => documentText(workflow));
      const made = [];
      for (const [index, { workflow, report }] of workflows.entries()) {
        const { workflow: own = workflow, bound = [] } = bindings[index] ?? {};
        const { id, name } = await add(own, texts[index] ?? '');
        made.push({ id, name, report: { ...report }, credentials: bound });
      }
      const first = made[0];
      if (!first) {
        throw problem('import-empty', {
          hint: 'Send what n8n exports or copies, a Make blueprint, or a Zapier export.',
          errors: problems.map(({ path, code, message }) => ({ pointer: path, code, message })),
        });
      }
      touched({ target: first.id, after: { workflows: texts.map((text) => JSON.parse(text) as Json) } });
      return { id: first.id, report: first.report, workflows: made, problems: problems.map((each) => ({ ...each })) };
    },

    async list({ limit, cursor, environment, state, ...by }: ListRequest, reach: Reach = 'everywhere') {
      const after = cursor === undefined ? undefined : positionOf(cursor);
      const reading = publishedVersions(environment);
      // who is live is known by the registry, not by the database: a page is only full when that is asked first
      const live = state === undefined ? undefined : { ids: [...(await reading).keys()], isWanted: state === 'live' };
      const [rows, published] = await Promise.all([store.list(limit + 1, reach, { ...by, live, after }), reading]);
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      const more = rows.length > limit && last ? { cursor: writeCursor([last.updatedAt, last.id]) } : {};
      const places = await store.places(page.map(({ id }) => id));
      const listed = page.map((row) => {
        const { project = null, folder = null, tags = [] } = places.get(row.id) ?? {};
        return { ...withPublished(row, published), project, folder, tags, createdBy: row.createdBy };
      });
      return { workflows: listed, ...more };
    },

    async get(id: string) {
      const row = await store.get(id);
      if (!row) throw unknownWorkflow();
      return { ...(await headOf(row)), document: JSON.parse(row.draft) as unknown };
    },

    async export(id: string): Promise<JsonObject> {
      const row = await store.get(id);
      if (!row) throw unknownWorkflow();
      // SAFETY: what is stored passed parseWorkflow.
      return exportN8n(JSON.parse(row.draft) as Workflow, N8N_IMPORT);
    },

    async replace(id: string, input: unknown, ifRevision: number | undefined) {
      const before = await store.get(id);
      if (!before) throw unknownWorkflow();
      const { workflow, text, warnings } = documentFrom(input);
      const earlier = JSON.parse(before.draft) as Workflow;
      await refuseForeign(earlier, workflow);
      await credentials.vouch(id, earlier, workflow);
      const change = { id, name: workflow.name, draft: text, atMs: now() };
      const row = await store.replace(ifRevision === undefined ? change : { ...change, ifRevision });
      if (row) {
        touched({ before: JSON.parse(before.draft) as Json, after: JSON.parse(text) as Json });
        return { ...(await headOf(row)), warnings: [...warnings, ...(await doubts(workflow, text))] };
      }
      throw problem('revision-conflict', {
        detail: `The draft is at revision ${(await store.head(id))?.revision ?? before.revision}, not ${ifRevision}.`,
        hint: 'Read it again, apply your change to that, and send the new revision in If-Match.',
      });
    },

    async remove(id: string): Promise<void> {
      const before = await store.get(id);
      if (!before) throw unknownWorkflow();
      // First the triggers: a crash in between leaves a workflow that can be deleted again, not one that still runs.
      for (const { workflow, version } of await registry.allPublications()) {
        if (workflow === id) await registry.unpublish(id, environmentOf(version));
      }
      routesChanged();
      const shards = await ports.shards();
      await Promise.all(Array.from({ length: shards }, (_, shard) => ports.runner(shard).forget(id)));
      await store.remove(id, now());
      touched({ before: JSON.parse(before.draft) as Json });
    },
  };
}

interface ListRequest extends Omit<Narrowing, 'live'> {
  limit: number;
  cursor?: string | undefined;
  environment?: string | undefined;
  state?: 'live' | 'draft' | undefined;
}

function withPublished(row: StoredHead, published: ReadonlyMap<string, number>): WorkflowHead {
  const { id, name, revision, createdAt, updatedAt } = row;
  return { id, name, revision, createdAt, updatedAt, published: published.get(id) ?? null };
}

function positionOf(cursor: string): Position {
  const state = readCursor(cursor);
  const [updatedAt, id] = Array.isArray(state) ? (state as unknown[]) : [];
  if (typeof updatedAt !== 'number' || typeof id !== 'string') {
    throw problem('cursor-invalid', { hint: 'Give back the cursor of the page before, unchanged.' });
  }
  return { updatedAt, id };
}
