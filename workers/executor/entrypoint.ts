import { WorkerEntrypoint } from 'cloudflare:workers';
import { carriable } from '../../core/data/carriable.ts';
import type { EffectReply } from '../../core/node/kit.ts';
import { queriesOf, tablesOf } from '../../durable-objects/stubs.ts';
import { vaultResolver } from '../vault/resolver.ts';
import { networkPorts } from './egress/network.ts';
import { perform } from './perform.ts';
import type { ExecutorEnv, ExecutorPorts, PerformRequest } from './ports.ts';

/** A 128-bit id nobody can guess or choose. */
function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function executorPorts(env: ExecutorEnv): ExecutorPorts {
  return {
    egress: networkPorts(env),
    files: env.FILES,
    credentials: vaultResolver(env),
    tables: (tenant) => tablesOf(env, tenant),
    queries: (tenant) => queriesOf(env, tenant),
    transforms: env.TRANSFORMS,
    loader: env.LOADER,
    codeHost: env.CODE_HOST,
    newId,
  };
}

/** Stateless performer of effects, called over RPC by runners once the effect is journaled. */
export class Executor extends WorkerEntrypoint<ExecutorEnv> {
  async perform(request: PerformRequest): Promise<EffectReply> {
    const reply = await perform(request, executorPorts(this.env));
    return reply.ok ? { ok: true, value: carriable(reply.value) } : reply;
  }
}
