import type { EffectReply } from '../../../core/node/kit.ts';
import { signInOf, tenantOf } from '../../../durable-objects/stubs.ts';
import { Answer } from '../../kit/answer.ts';
import { placedWithin } from '../../access/places.ts';
import { area, subscription } from '../../kit/area.ts';
import type { Context, JobContext } from '../../kit/context.ts';
import { atHome } from '../../kit/home.ts';
import { problemsOf } from '../../kit/problem.ts';
import { valueOf } from '../../kit/refusal.ts';
import { browserCookie } from '../../sign-in/browser.ts';
import { VaultError } from '../../vault/envelope.ts';
import { Records } from '../../vault/records.ts';
import { TYPES } from '../../vault/resolver.ts';
import { d1Credentials } from '../../vault/store.ts';
import { beginSignIn, type ConnectPorts } from './connecting.ts';
import { contract, errors } from './contract.ts';
import { keyRotated } from './events.ts';
import { dataKeys } from './keys.ts';
import { credentialService } from './service.ts';
import { tryOut, type TryPorts } from './trying.ts';

const problem = problemsOf(errors);

/** A vault that is closed is the operator's matter, and says so. */
async function opened<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    throw problem('vault-closed', { detail: error.message, hint: 'Start with the DEPLOYMENT_KEY it was made with.' });
  }
}

const records = ({ env, tenant, now }: JobContext): Records => new Records(env, tenant, now);

const service = (context: Context) =>
  credentialService({
    store: d1Credentials(context.env.DB, context.tenant),
    types: TYPES,
    seal: (row, secrets) => opened(records(context).seal(row, { secrets, tokens: undefined })),
    asker: { ...context.actor, reach: context.reach },
    now: context.now,
    newId: context.newId,
  });

/** One address for each deployment: services compare it to the letter (OAU3). */
const originOf = ({ env, origin }: Context): string => env.PUBLIC_URL || origin;

const connecting = (context: Context): ConnectPorts => ({
  tenant: context.tenant,
  origin: originOf(context),
  actor: { kind: context.actor.kind, id: context.actor.id },
  types: TYPES,
  begin: async (credential, pending) =>
    signInOf(await atHome(context.env, context.tenant), context.tenant, credential).begin(pending),
  now: context.now,
});

const trying = ({ env, tenant, requestId }: Context): TryPorts => ({
  types: TYPES,
  async perform(effect) {
    const { egress } = valueOf(await tenantOf(env, tenant).profile());
    // Imported here: what only reads the contracts runs where there is no such module.
    const { exports } = await import('cloudflare:workers');
    // SAFETY: the entrypoint of workers/main.ts.
    const { Executor } = exports as unknown as { Executor: { perform(request: object): Promise<EffectReply> } };
    return Executor.perform({ tenant, effect, key: `credential-test/${requestId}`, policy: egress });
  },
});

const keys = (context: JobContext) =>
  dataKeys({
    db: context.env.DB,
    store: d1Credentials(context.env.DB, context.tenant),
    records: records(context),
    now: context.now,
    later: (key) => context.emit(keyRotated, { key }),
  });

export const credentialsArea = area('credentials', contract, errors).handle(
  {
    create: ({ body }, context) => service(context).create(body),
    list: async ({ query }, context) => {
      const all = await service(context).list(query.type);
      if (context.reach === 'everywhere') return { credentials: all };
      const mine = await placedWithin(context, 'credential');
      return { credentials: all.filter(({ id }) => mine.has(id)) };
    },
    get: ({ params }, context) => service(context).get(params.id),
    replace: ({ params, body }, context) => service(context).replace(params.id, body),
    remove: ({ params }, context) => service(context).remove(params.id),
    share: ({ params, body }, context) => service(context).share(params.id, body),
    test: async ({ params, body }, context) =>
      tryOut(await service(context).known(params.id), body?.url, trying(context)),
    connect: async ({ params, body }, context) => {
      const row = await service(context).known(params.id);
      const { url, expiresAt, cookie } = await beginSignIn(row, body?.browser ?? 'this', connecting(context));
      const isSecure = originOf(context).startsWith('https:');
      const headers = cookie === undefined ? {} : { 'set-cookie': browserCookie(cookie, isSecure) };
      return Answer.json({ url, expiresAt }, { headers });
    },
    types: (_, context) => ({ types: service(context).types() }),
    keys: (_, context) => keys(context).states(),
    rotateKey: (_, context) => opened(keys(context).rotate()),
  },
  [subscription(keyRotated, (_, context) => keys(context).reseal())],
);

export { credentialsArea as area };
