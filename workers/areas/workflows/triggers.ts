import type { Workflow, WorkflowNode } from '../../../core/graph/document.ts';
import { hookOf } from '../../../core/nodes/webhook/route.ts';
import type { HookRoute, Publication, Schedule } from '../../../durable-objects/tenant/protocol.ts';
import { problem } from './drafts.ts';
import { NODE_TYPES } from './node-types.ts';

/** Everything that starts this version from outside, as the tenant object keeps it. */
export function publicationOf(workflow: string, version: number, doc: Workflow): Publication {
  const enabled = doc.nodes.filter((node) => node.disabled !== true);
  const started = (by: string) => enabled.filter((node) => NODE_TYPES.get(node.type)?.trigger === by);
  const pinned = { workflow, version: String(version) };
  const zone = doc.settings.timezone ?? 'UTC';
  return {
    ...pinned,
    hooks: started('webhook').map((node) => ({ ...pinned, ...hookRoute(node) })),
    schedules: [...started('schedule'), ...started('poll')].map((node): Schedule => ({
      ...pinned,
      node: node.id,
      zone,
      def: JSON.stringify(node),
    })),
  };
}

function hookRoute(node: WorkflowNode): Omit<HookRoute, 'workflow' | 'version'> {
  const { method, auth, ipAllowList, ignoresBots, ...hook } = hookOf(node);
  if (auth !== 'none') {
    // Publishing it without would open an address that its author meant to protect.
    throw problem('hook-auth-unsupported', {
      detail: `The webhook node ${JSON.stringify(node.name.slice(0, 200))} asks for ${auth}.`,
      hint: 'Set its authentication to none, and check a secret header with an If node right after it.',
    });
  }
  const guard: HookRoute['guard'] = {
    ...(ipAllowList ? { addresses: ipAllowList } : {}),
    ...(ignoresBots ? { ignoresBots } : {}),
  };
  return { ...hook, node: node.id, methods: method, ...(Object.keys(guard).length > 0 ? { guard } : {}) };
}
