import type { JsonObject } from '../../../core/data/item.ts';
import { roleScopes } from '../../access/policy.ts';
import { publicOrigin } from '../../identity/origin.ts';
import { area } from '../../kit/area.ts';
import type { Context } from '../../kit/context.ts';
import { sha256Hex } from '../../kit/digest.ts';
import { problemsOf } from '../../kit/problem.ts';
import { newScimToken } from '../../scim/token.ts';
import { addressesOf } from '../../sso/addresses.ts';
import { d1Connections } from '../../sso/connection-store.ts';
import { checkFilters, probeConnection } from '../../sso/probe.ts';
import { readIdpMetadata, readKey, SamlRefusal } from '../../sso/saml-client.ts';
import { sealSecret } from '../../sso/secrets.ts';
import { isSafeUrl } from '../../sso/oidc/http.ts';
import type { SamlGiven, SamlSettings } from '../../../core/sso/saml.ts';
import { VaultError } from '../../vault/envelope.ts';
import { contract, errors } from './contract.ts';
import type { Connection } from './contract.ts';
import { connectionService } from './service.ts';

const problem = problemsOf(errors);
const bad = (detail: string) =>
  problem('connection-invalid', { detail, hint: 'docs/guide/single-sign-on.md has an example of each kind.' });

async function samlSettings({ env }: Context, given: SamlGiven): Promise<SamlSettings> {
  const { metadata, issuer, signInUrl, certificates, ...rest } = given;
  try {
    const found =
      metadata === undefined
        ? {
            issuer: issuer ?? '',
            signInUrl: signInUrl ?? '',
            keys: await Promise.all((certificates ?? []).map((each) => readKey(env, each))),
          }
        : await readIdpMetadata(env, metadata);
    if (found.issuer === '') throw bad('The entity id of the identity provider is missing (issuer).');
    if (!isSafeUrl(found.signInUrl)) throw bad('The address to sign in at must be https.');
    if (found.keys.length === 0) throw bad('A certificate that may sign is missing.');
    return { ...rest, ...found };
  } catch (error) {
    throw error instanceof SamlRefusal ? bad(`${error.message}.`) : error;
  }
}

async function sealed(context: Context, id: string, secret: string) {
  try {
    return await sealSecret(context.env, { tenant: context.tenant, id, secret });
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    throw problem('secrets-closed', { detail: error.message, hint: 'Start with the DEPLOYMENT_KEY it was made with.' });
  }
}

const originOf = ({ env, origin }: Context): string => publicOrigin(new Request(origin), env);

const service = (context: Context) =>
  connectionService({
    store: d1Connections(context.env.DB, context.tenant),
    held: context.actor.scopes,
    scopesOf: (role) => roleScopes(context.env, context.tenant, role),
    seal: (id, secret) => sealed(context, id, secret),
    saml: (given) => samlSettings(context, given),
    checkFilters: (settings) => {
      const fault = checkFilters(settings);
      if (fault !== undefined) throw bad(`${fault}.`);
    },
    addresses: (row) => addressesOf(originOf(context), { tenant: context.tenant, ...row }),
    now: context.now,
    newId: context.newId,
  });

/** What audit logs keep the hash of: everything but the moment. */
function fact(connection: Connection): JsonObject {
  const { updatedAt: _, addresses: __, ...rest } = connection;
  return JSON.parse(JSON.stringify(rest)) as JsonObject;
}

const ssoConnections = area('sso-connections', contract, errors).handle({
  list: async (_, context) => ({ connections: await service(context).list() }),
  create: async ({ body }, context) => {
    const made = await service(context).create(body);
    context.touched({ after: fact(made) });
    return made;
  },
  get: ({ params }, context) => service(context).get(params.id),
  replace: async ({ params, body }, context) => {
    const { before, after } = await service(context).replace(params.id, body);
    context.touched({ before: fact(before), after: fact(after) });
    return after;
  },
  remove: async ({ params }, context) => {
    const gone = await service(context).remove(params.id);
    context.touched({ before: fact(gone) });
  },
  test: async ({ params }, context) =>
    probeConnection(context.env, context.tenant, await service(context).known(params.id)),
  makeToken: async ({ params }, context) => {
    const { id } = await service(context).known(params.id);
    const token = newScimToken(context.tenant);
    await d1Connections(context.env.DB, context.tenant).setScim(id, await sha256Hex(token));
    context.touched({ after: { scim: true } });
    return { token, url: addressesOf(originOf(context), { tenant: context.tenant, id, kind: 'oidc' }).scim };
  },
  removeToken: async ({ params }, context) => {
    const { id } = await service(context).known(params.id);
    await d1Connections(context.env.DB, context.tenant).setScim(id, null);
    context.touched({ before: { scim: true } });
  },
});

export { ssoConnections as area };
