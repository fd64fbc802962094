import { errors } from '../areas/audit/contract.ts';
import type { Context } from '../kit/context.ts';
import { problemsOf } from '../kit/problem.ts';
import { sinkSecrets } from './sink-secrets.ts';

const MAX_SINKS = 5;

const problem = problemsOf(errors);

/** @throws Problem `sinks-full`. */
export function refuseMore(sinks: readonly unknown[]): void {
  if (sinks.length >= MAX_SINKS) throw problem('sinks-full', { hint: 'Remove one first.' });
}

/** A name and a secret for an address that something is sent on to. @throws Problem `url-invalid`, `vault-closed`. */
export async function newSink({ env, tenant, newId }: Context, url: string): Promise<{ id: string; secret: string }> {
  const { username, password } = new URL(url);
  if (username !== '' || password !== '') {
    throw problem('url-invalid', { hint: 'Leave the login out: the signature says who sends.' });
  }
  const id = newId('sink');
  const [secret] = await sinkSecrets(env, tenant, id);
  if (secret === undefined) throw problem('vault-closed', { hint: 'Start with a DEPLOYMENT_KEY.' });
  return { id, secret };
}
