import type { CredentialType } from '../../../core/credentials/kit.ts';
import { probeOf, type Tried, verdictOf } from '../../../core/credentials/probe.ts';
import { type CredentialValue, withDefaults } from '../../../core/credentials/values.ts';
import type { EffectReply, EffectRequest } from '../../../core/node/kit.ts';
import { problemsOf } from '../../kit/problem.ts';
import type { CredentialRow } from '../../vault/store.ts';
import { errors } from './contract.ts';

const problem = problemsOf(errors);

export interface TryPorts {
  types: ReadonlyMap<string, CredentialType>;
  /** Has the executor do it: secrets are opened there only. */
  perform(effect: EffectRequest): Promise<EffectReply>;
}

/** Tries a credential out (CRD12). */
export async function tryOut(
  row: CredentialRow,
  url: string | undefined,
  { types, perform }: TryPorts,
): Promise<Tried> {
  const type = types.get(row.type);
  const values = new Map(Object.entries(JSON.parse(row.fields) as Record<string, CredentialValue>));
  const effect = type && probeOf(type, withDefaults(type, values), { ref: { id: row.id }, url });
  if (!type || !effect) {
    throw problem('test-unsupported', {
      detail: `A credential of type ${row.type} names no service.`,
      hint: 'Send the address of something it opens: {"url": "https://…"}.',
    });
  }
  return verdictOf(type, await perform(effect));
}
