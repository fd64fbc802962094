import type { EffectReply } from '../../core/node/kit.ts';
import { effects } from './effects.generated.ts';
import { EgressError } from './egress/error.ts';
import type { CredentialResolver } from '../vault/resolver.ts';
import type { ExecutorPorts, PerformRequest } from './ports.ts';
import { withSecretVariables } from './secret-variables.ts';

/** Effects ask for a credential without knowing where and whose their run is. */
const credentialsOf = ({ environment, workflow, key }: PerformRequest, ports: ExecutorPorts): CredentialResolver => ({
  async resolve(tenant, wish) {
    try {
      const opened = await ports.credentials.resolve(tenant, {
        ...(environment && { environment }),
        workflow,
        ...wish,
      });
      ports.opened?.(tenant, { credential: opened.id, key, found: true });
      return opened;
    } catch (error) {
      ports.opened?.(tenant, { credential: wish.type, key, found: false });
      throw error;
    }
  },
});

/**
 * Performs one effect. Expected failures come back as `{ok: false}`; so does a bug, as `executor-fault`, because a
 * thrown error would lose its class on the way through RPC.
 */
export async function perform(request: PerformRequest, given: ExecutorPorts): Promise<EffectReply> {
  const { kind } = request.effect;
  const effect = effects.find((each) => each.kind === kind);
  if (!effect) {
    return {
      ok: false,
      error: { code: 'unknown-effect', message: `Nothing performs effects of kind '${kind}'`, retryable: false },
    };
  }
  try {
    const ports = { ...given, credentials: credentialsOf(request, given) };
    return await withSecretVariables(request, ports, effect);
  } catch (error) {
    if (error instanceof EgressError) {
      return { ok: false, error: { code: error.code, message: error.message, retryable: error.retryable } };
    }
    const message = error instanceof Error ? error.message : String(error);
    return {
      ok: false,
      error: { code: 'executor-fault', message: `The ${kind} effect failed unexpectedly: ${message}`, retryable: true },
    };
  }
}
