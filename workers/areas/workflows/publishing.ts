import type { Workflow, WorkflowNode } from '../../../core/graph/document.ts';
import { NodeError } from '../../../core/node/kit.ts';
import { nextRuns } from '../../../core/nodes/schedule/rule.ts';
import type { Publication } from '../../../durable-objects/tenant/protocol.ts';
import { hooksUrl } from '../../kit/hook-url.ts';
import { valueOf } from '../../kit/refusal.ts';
import { documentFrom } from './document-text.ts';
import { problem, unknownWorkflow } from './drafts.ts';
import type { WorkflowPorts } from './ports.ts';
import { publicationOf } from './triggers.ts';

/** How many of the next starts an answer shows. */
const SHOWN_STARTS = 3;
/** Publishing twice at once is rare; losing the race this often is not a race. */
const MAX_NUMBER_TRIES = 5;

export type Publisher = ReturnType<typeof publishing>;

/** Versions, and which of them takes triggers. The version row is written first; the tenant object then points to it. */
export function publishing(ports: WorkflowPorts) {
  const { store, registry, routesChanged, touched, now } = ports;

  async function announce(publication: Publication, version: number) {
    const starts = startsOf(publication, ports);
    valueOf(await registry.publish(publication));
    routesChanged();
    touched({ after: { version } });
    return { version, ...starts };
  }

  /** The version that holds this text: the latest one when it does already, so that publishing can be repeated. */
  async function versionFor(workflow: string, doc: string, note: string): Promise<number> {
    for (let attempt = 0; attempt < MAX_NUMBER_TRIES; attempt++) {
      const latest = await store.latestVersion(workflow);
      if (latest?.doc === doc) return latest.version;
      const version = (latest?.version ?? 0) + 1;
      if (await store.addVersion(workflow, { version, doc, note, createdAt: now() })) return version;
    }
    throw new Error(`No free version number for ${workflow}`);
  }

  return {
    async publish(id: string, note: string) {
      const row = await store.get(id);
      if (!row) throw unknownWorkflow();
      // Checked again: what was fine when it was saved may name a node type that is gone.
      const { workflow } = documentFrom(JSON.parse(row.draft));
      startsOf(publicationOf(id, 0, workflow), ports);
      const version = await versionFor(id, row.draft, note);
      return announce(publicationOf(id, version, workflow), version);
    },

    async rollback(id: string, version: number) {
      if (!(await store.head(id))) throw unknownWorkflow();
      const row = await store.version(id, version);
      if (!row) throw problem('version-unknown', { hint: `GET /v1/workflows/${id}/versions lists them.` });
      return announce(publicationOf(id, version, JSON.parse(row.doc) as Workflow), version);
    },

    async unpublish(id: string): Promise<void> {
      if (!(await store.head(id))) throw unknownWorkflow();
      await registry.unpublish(id);
      routesChanged();
    },

    async versions(id: string) {
      if (!(await store.head(id))) throw unknownWorkflow();
      const [rows, publications] = await Promise.all([store.versions(id), registry.publications()]);
      const published = publications.find(({ workflow }) => workflow === id)?.version;
      return rows.map((row) => ({ ...row, published: String(row.version) === published }));
    },
  };
}

/** How the outside starts it: addresses, and the next times of its schedules. */
function startsOf({ hooks, schedules }: Publication, { origin, tenant, now }: WorkflowPorts) {
  return {
    hooks: hooks.flatMap(({ methods, path, node, page }) =>
      (page === undefined ? methods : methods.slice(0, 1)).map((method) => ({
        method,
        url: hooksUrl(origin, tenant, path, page),
        node,
      })),
    ),
    schedules: schedules.map(({ node, zone, def }) => ({
      node,
      zone,
      next: nextStarts(JSON.parse(def) as WorkflowNode, now(), zone),
    })),
  };
}

function nextStarts(node: WorkflowNode, afterMs: number, zone: string): number[] {
  try {
    return nextRuns(node, afterMs, zone, SHOWN_STARTS).map(({ atMs }) => atMs);
  } catch (error) {
    if (!(error instanceof NodeError)) throw error;
    throw problem('document-invalid', { detail: `${JSON.stringify(node.name.slice(0, 200))}: ${error.message}` });
  }
}
