import { runnerOfRun } from '../../access/run-place.ts';
import { d1Shares, type StoredShare } from '../../shares/store.ts';
import { area } from '../../kit/area.ts';
import type { Context } from '../../kit/context.ts';
import { sha256Hex } from '../../kit/digest.ts';
import { problemsOf } from '../../kit/problem.ts';
import { randomText } from '../../kit/random-text.ts';
import { contract, errors, type Share } from './contract.ts';

const problem = problemsOf(errors);
const DAY_MS = 86_400_000;
const SECRET_BYTES = 24;
/** More than a run has readers; a loop that makes links is stopped. */
const MAX_LINKS = 20;

const shown = ({ id, withData, createdAt, createdBy, expiresAt }: StoredShare): Share => ({
  id,
  withData,
  createdAt,
  createdBy,
  expiresAt,
});

/** @throws Problem run-unknown */
async function known(id: string, { env, tenant }: Context): Promise<void> {
  const runner = await runnerOfRun(env, tenant, id);
  if (!runner || !(await runner.view(id)).ok) {
    throw problem('run-unknown', { hint: 'GET /v1/runs lists the runs of this tenant.' });
  }
}

const runShares = area('run-shares', contract, errors).handle({
  list: async ({ params }, context) => {
    await known(params.id, context);
    const { env, tenant, now } = context;
    return { shares: (await d1Shares(env.DB, tenant).of(params.id, now())).map(shown) };
  },
  create: async ({ params, body }, context) => {
    await known(params.id, context);
    const { env, tenant, actor, origin, now, newId } = context;
    const { days = 7, withData = false } = body ?? {};
    const secret = randomText(SECRET_BYTES);
    const createdAt = now();
    const share: StoredShare = {
      id: newId('share'),
      run: params.id,
      secretHash: await sha256Hex(secret),
      withData,
      createdAt,
      createdBy: `${actor.kind}:${actor.id}`,
      expiresAt: createdAt + days * DAY_MS,
    };
    if (!(await d1Shares(env.DB, tenant).add(share, MAX_LINKS))) {
      throw problem('shares-full', { hint: 'Revoke one that nobody needs any more.' });
    }
    context.touched({ after: { share: share.id, withData, expiresAt: share.expiresAt } });
    return { ...shown(share), url: `${env.PUBLIC_URL || origin}/shared/${tenant}/${share.id}/${secret}` };
  },
  remove: async ({ params }, context) => {
    const gone = await d1Shares(context.env.DB, context.tenant).remove(params.id, params.share);
    if (!gone) throw problem('share-unknown', { hint: 'GET /v1/runs/{id}/shares lists the links of a run.' });
    context.touched({ before: { share: params.share } });
  },
});

export { runShares as area };
