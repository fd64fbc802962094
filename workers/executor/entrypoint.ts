import { WorkerEntrypoint } from 'cloudflare:workers';
import { carriable } from '../../core/data/carriable.ts';
import type { Json } from '../../core/data/item.ts';
import { withoutPlaceholders } from '../../core/environment/placeholder.ts';
import type { EffectReply } from '../../core/node/kit.ts';
import type { Outcome } from '../../durable-objects/runner/protocol.ts';
import type { RenewCall } from '../../durable-objects/sign-in/protocol.ts';
import { queriesOf, signInOf, tablesOf, tenantOf } from '../../durable-objects/stubs.ts';
import type { ObjectBindings } from '../../durable-objects/stubs.ts';
import { recordCounted } from '../api/counted-trail.ts';
import { roomFor } from '../files/room.ts';
import { atHome } from '../kit/home.ts';
import { vaultResolver } from '../vault/resolver.ts';
import { placeholdersIn } from '../vault/variables.ts';
import { deliver, type Delivery } from './deliver.ts';
import { newAccount, usageOf } from './egress/account.ts';
import { networkPorts } from './egress/network.ts';
import { together } from './effects/http/telling.ts';
import { perform } from './perform.ts';
import { fetchRefsFor } from './external/fetch.ts';
import { vaultKeeper } from './tokens/keeper.ts';
import { renewTokens } from './tokens/renew.ts';
import type { ExecutorEnv, ExecutorPorts, PerformRequest } from './ports.ts';

/** A 128-bit id nobody can guess or choose. */
function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function executorPorts(env: ExecutorEnv): ExecutorPorts {
  return {
    egress: networkPorts(env),
    files: env.FILES,
    credentials: vaultResolver(env),
    opened: (tenant, { credential, key, found }) => {
      // the key of an effect begins with its run
      const [run = ''] = key.split(':', 1);
      const status = found ? 200 : 404;
      const actor = { kind: 'run', id: run };
      recordCounted(env, tenant, { action: 'credentials.use', actor, target: credential, status, requestId: run });
    },
    secretVariables: (text, where) => placeholdersIn(text, { env, ...where }),
    storageRoom: (tenant, bytes) => roomFor(env, tenant, bytes),
    tables: (tenant) => tablesOf(env, tenant),
    queries: (tenant) => queriesOf(env, tenant),
    transforms: env.TRANSFORMS,
    loader: env.LOADER,
    codeHost: env.CODE_HOST,
    renewTokens: async (call) =>
      // SAFETY: the executor is an entrypoint of the script that has every binding.
      signInOf(await atHome(env as unknown as ObjectBindings, call.tenant), call.tenant, call.credential).renew(call),
    now: () => Date.now(),
    newId,
  };
}

/** What the workflow itself computed may hold placeholders; what a server, a mailbox or a store answers may not (ENV10). */
const received = ({ effect }: PerformRequest, value: Json): Json =>
  effect.kind === 'code' || effect.kind === 'transform' ? value : withoutPlaceholders(value);

/** Stateless performer of effects, called over RPC by runners once the effect is journaled. */
export class Executor extends WorkerEntrypoint<ExecutorEnv> {
  /** `tell` is told what an effect that tells reads while it reads it. */
  async perform(request: PerformRequest, tell?: (text: string) => unknown): Promise<EffectReply> {
    const ports = executorPorts(this.env);
    if (tell) ports.tell = (texts) => tell(together(texts));
    const account = newAccount();
    const startedMs = Date.now();
    const reply = await perform(request, { ...ports, egress: { ...ports.egress, account } });
    const usage = usageOf(request.effect.kind, account, Date.now() - startedMs);
    const carried: EffectReply = reply.ok ? { ok: true, value: carriable(received(request, reply.value)) } : reply;
    return usage ? { ...carried, usage } : carried;
  }

  /** Sends a batch of a tenant's audit log or notices on, under the tenant's egress rules. */
  async deliver(tenant: string, delivery: Delivery): Promise<{ ok: boolean; detail: string }> {
    // SAFETY: the executor is an entrypoint of the script that has every binding.
    const profile = await tenantOf(this.env as unknown as ObjectBindings, tenant).profile();
    if (!profile.ok) return { ok: false, detail: 'There is no such organization.' };
    return deliver(this.env, tenant, { delivery, policy: profile.value.egress, egress: networkPorts(this.env) });
  }

  /** Called by the object of the credential's sign-in, which lets one at a time through. */
  renewTokens(call: RenewCall): Promise<Outcome<null>> {
    const { egress, now, credentials } = executorPorts(this.env);
    const keeper = vaultKeeper(this.env, call.tenant, fetchRefsFor(call, { egress, now, credentials }));
    return renewTokens(call, { keeper, egress, now });
  }
}
