import type { Workflow, WorkflowNode } from '../../../core/graph/document.ts';
import { NodeError } from '../../../core/node/kit.ts';
import { nextRuns } from '../../../core/nodes/schedule/rule.ts';
import type { Publication } from '../../../durable-objects/tenant/protocol.ts';
import { hooksUrl } from '../../kit/hook-url.ts';
import { problem, unknownWorkflow } from './drafts.ts';
import type { WorkflowPorts } from './ports.ts';
import { publicationOf } from './triggers.ts';

/** How many of the next starts an answer shows. */
const SHOWN_STARTS = 3;

type Ports = Pick<WorkflowPorts, 'origin' | 'tenant' | 'now'>;

/** How the outside starts it: addresses, and the next times of its schedules. */
export const startsOf = (publication: Publication, ports: Ports) => ({
  hooks: hooksOf(publication, ports),
  schedules: publication.schedules.map(({ node, zone, def }) => ({
    node,
    zone,
    next: nextStarts(JSON.parse(def) as WorkflowNode, ports.now(), zone),
  })),
});

const hooksOf = ({ hooks }: Publication, { origin, tenant }: Ports) =>
  hooks.flatMap(({ methods, path, node, page }) =>
    (page === undefined ? methods : methods.slice(0, 1)).map((method) => ({
      method,
      url: hooksUrl(origin, tenant, path, page),
      node,
      ...(page === undefined ? {} : { page }),
    })),
  );

function nextStarts(node: WorkflowNode, afterMs: number, zone: string): number[] {
  try {
    return nextRuns(node, afterMs, zone, SHOWN_STARTS).map(({ atMs }) => atMs);
  } catch (error) {
    if (!(error instanceof NodeError)) throw error;
    throw problem('document-invalid', { detail: `${JSON.stringify(node.name.slice(0, 200))}: ${error.message}` });
  }
}

/** How a draft will be started from outside once it is published, and what of that is so already. */
export function starts(ports: WorkflowPorts) {
  const { store, registry } = ports;
  return {
    async of(id: string, environment: string) {
      if (!(await ports.hasEnvironment(environment))) {
        throw problem('environment-unknown', { hint: 'GET /v1/environments lists them.' });
      }
      const row = await store.get(id);
      if (!row) throw unknownWorkflow();
      const found = (await registry.publications(environment)).find(({ workflow }) => workflow === id);
      const published = found && (await store.version(id, Number(found.version)));
      const publicationIn = (doc: string) =>
        publicationOf(id, 0, { document: JSON.parse(doc) as Workflow, environment });
      const answering = published ? hooksOf(publicationIn(published.doc), ports) : [];
      const live = new Set(answering.map(({ method, url }) => `${method} ${url}`));
      const { hooks, schedules } = startsOf(publicationIn(row.draft), ports);
      return {
        hooks: hooks.map((hook) => ({ ...hook, live: live.has(`${hook.method} ${hook.url}`) })),
        schedules,
      };
    },
  };
}
