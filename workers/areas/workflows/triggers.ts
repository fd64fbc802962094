import type { Json, JsonObject } from '../../../core/data/item.ts';
import type { Workflow, WorkflowNode } from '../../../core/graph/document.ts';
import { HOOK_CREDENTIALS, hookOf } from '../../../core/nodes/webhook/route.ts';
import type { HookProof, HookRoute, Publication, Schedule } from '../../../durable-objects/tenant/protocol.ts';
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
  const guard: HookRoute['guard'] = {
    ...(ipAllowList ? { addresses: ipAllowList } : {}),
    ...(ignoresBots ? { ignoresBots } : {}),
    ...(auth === 'none' ? {} : { proof: proofOf(node, auth) }),
  };
  return { ...hook, node: node.id, methods: method, ...(Object.keys(guard).length > 0 ? { guard } : {}) };
}

/** Publishing it without one would open an address that its author meant to protect. */
function proofOf(node: WorkflowNode, by: HookProof['by']): HookProof {
  const type = HOOK_CREDENTIALS[by];
  const ref = own(node.credentials, type);
  if (ref !== undefined) return { by, ref };
  throw problem('hook-credential-missing', {
    detail: `The webhook node ${JSON.stringify(node.name.slice(0, 200))} asks for ${by} and names no credential.`,
    hint: `Choose a credential of type ${type} (POST /v1/credentials makes one), or set its authentication to none.`,
  });
}

const own = (object: JsonObject | undefined, name: string): Json | undefined =>
  object && Object.hasOwn(object, name) ? object[name] : undefined;
