import { sameSecret } from '../kit/digest.ts';
import type { Env } from '../env.ts';
import { common } from '../kit/problem.ts';

/** Lets in who holds the deployment's key. Without a key there is nothing here: none can be guessed. */
export async function operatorOnly(request: Request, env: Pick<Env, 'DEPLOYMENT_KEY'>): Promise<void> {
  if (!env.DEPLOYMENT_KEY) throw common('not-found');
  if (await sameSecret(request.headers.get('x-deployment-key') ?? '', env.DEPLOYMENT_KEY)) return;
  throw common('key-invalid', { hint: 'Send the deployment key in X-Deployment-Key.' });
}
