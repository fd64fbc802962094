import type { Json, JsonObject } from '../../../core/data/item.ts';
import { pathIn, PRODUCTION, versionIn } from '../../../core/environment/reference.ts';
import { withBindings } from '../../../core/graph/binding.ts';
import type { Workflow, WorkflowNode } from '../../../core/graph/document.ts';
import { chatRouteOf } from '../../../core/chat/route.ts';
import { formPathOf } from '../../../core/forms/trigger.ts';
import { HOOK_CREDENTIALS, hookOf } from '../../../core/nodes/webhook/route.ts';
import type { HookProof } from '../../../core/nodes/webhook/route.ts';
import type { HookRoute, Publication, Schedule } from '../../../durable-objects/tenant/protocol.ts';
import { problem } from './drafts.ts';
import { NODE_TYPES } from './node-types.ts';

/** Everything that starts this version from outside, as the tenant object keeps it. */
export function publicationOf(
  workflow: string,
  version: number,
  { document, environment }: { document: Workflow; environment: string },
): Publication {
  const doc = withBindings(document, (type) => NODE_TYPES.get(type)?.version);
  const enabled = doc.nodes.filter((node) => node.disabled !== true);
  const started = (by: string) => enabled.filter((node) => NODE_TYPES.get(node.type)?.trigger === by);
  const pinned = { workflow, version: versionIn(version, environment) };
  const zone = doc.settings.timezone ?? 'UTC';
  return {
    ...pinned,
    hooks: [
      ...started('webhook').map(hookRoute),
      ...started('form').map(formRoute),
      ...started('chat').flatMap(chatRoute),
    ].map((route) => ({
      ...pinned,
      ...route,
      path: pathIn(environment, route.path),
      ...guardIn(environment, route.guard),
    })),
    schedules: [...started('schedule'), ...started('poll')].map((node): Schedule => ({
      ...pinned,
      node: node.id,
      zone,
      def: JSON.stringify(node),
    })),
  };
}

/** A webhook is checked with what the environment has in the place of its credential. */
function guardIn(environment: string, guard: HookRoute['guard']): { guard?: NonNullable<HookRoute['guard']> } {
  if (!guard?.proof || environment === PRODUCTION) return {};
  return { guard: { ...guard, proof: { ...guard.proof, environment } } };
}

type Route = Omit<HookRoute, 'workflow' | 'version'>;

function hookRoute(node: WorkflowNode): Route {
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

/** A form's first page. How it answers is in its page, except for a Respond node. */
function formRoute(node: WorkflowNode): Route {
  const { auth, ipAllowList: _, ignoresBots, method: __, ...hook } = hookOf(node);
  const guard: HookRoute['guard'] = {
    ...(ignoresBots ? { ignoresBots } : {}),
    ...(auth === 'none' ? {} : { proof: proofOf(node, auth) }),
  };
  return {
    ...hook,
    page: 'form',
    methods: ['GET', 'POST'],
    path: formPathOf(node),
    node: node.id,
    ...(Object.keys(guard).length > 0 ? { guard } : {}),
  };
}

/** A public chat; one that is not is tried in the editor only. */
function chatRoute(node: WorkflowNode): Route[] {
  const chat = chatRouteOf(node);
  if (!chat) return [];
  const { path, hosted, auth, answer, allowedOrigins } = chat;
  if (auth !== 'none' && auth !== 'basicAuth') {
    throw problem('hook-credential-missing', {
      detail: `The chat node ${JSON.stringify(node.name.slice(0, 200))} asks for ${JSON.stringify(auth.slice(0, 80))}, which there is not.`,
      hint: 'Choose basic authentication with a credential, or none.',
    });
  }
  return [
    {
      ...answer,
      page: 'chat',
      methods: hosted ? ['GET', 'POST'] : ['POST'],
      path,
      node: node.id,
      rawBody: false,
      ...(allowedOrigins ? { allowedOrigins } : {}),
      ...(auth === 'none' ? {} : { guard: { proof: proofOf(node, auth) } }),
    },
  ];
}
