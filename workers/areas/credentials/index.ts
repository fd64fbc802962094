import { area } from '../../kit/area.ts';
import type { Context } from '../../kit/context.ts';
import { problemsOf } from '../../kit/problem.ts';
import { DataKeys } from '../../vault/data-keys.ts';
import { seal, VaultError, wrappingKey } from '../../vault/envelope.ts';
import { secretPlace, TYPES } from '../../vault/resolver.ts';
import { d1Credentials, d1DataKeys } from '../../vault/store.ts';
import { contract, errors } from './contract.ts';
import { credentialService } from './service.ts';
import type { CredentialPorts } from './service.ts';

const problem = problemsOf(errors);

function sealing({ env, tenant, now }: Context): CredentialPorts['seal'] {
  return async (row, values) => {
    try {
      const store = d1DataKeys(env.DB, tenant, now);
      const keys = new DataKeys({ store, tenant, wrapping: await wrappingKey(env.DEPLOYMENT_KEY) });
      const { id, key } = await keys.current();
      const sealed = await Promise.all(
        values.map(async ([name, value]): Promise<[string, string]> => {
          const bytes = Uint8Array.from(new TextEncoder().encode(value));
          return [name, await seal(key, bytes, secretPlace(tenant, row, name))];
        }),
      );
      return { keyId: id, sealed: Object.fromEntries(sealed) };
    } catch (error) {
      if (!(error instanceof VaultError)) throw error;
      throw problem('vault-closed', { detail: error.message, hint: 'Start with the DEPLOYMENT_KEY it was made with.' });
    }
  };
}

const service = (context: Context) =>
  credentialService({
    store: d1Credentials(context.env.DB, context.tenant),
    types: TYPES,
    seal: sealing(context),
    now: context.now,
    newId: context.newId,
  });

export const credentialsArea = area('credentials', contract, errors).handle({
  create: ({ body }, context) => service(context).create(body),
  list: async ({ query }, context) => ({ credentials: await service(context).list(query.type) }),
  get: ({ params }, context) => service(context).get(params.id),
  replace: ({ params, body }, context) => service(context).replace(params.id, body),
  remove: ({ params }, context) => service(context).remove(params.id),
  types: (_, context) => ({ types: service(context).types() }),
});

export { credentialsArea as area };
