import { describe, it } from 'vitest';
import type { Tokens } from '../../../core/credentials/tokens.ts';
import { credentialService } from '../../../workers/areas/credentials/service.ts';
import { vaultKeeper } from '../../../workers/executor/tokens/keeper.ts';
import { testEnv } from '../../../workers/kit/testing.ts';
import { Records } from '../../../workers/vault/records.ts';
import { TYPES } from '../../../workers/vault/resolver.ts';
import { type CredentialStore, d1Credentials } from '../../../workers/vault/store.ts';

const values = {
  grantType: 'clientCredentials',
  accessTokenUrl: 'https://auth.example.com/token',
  clientId: 'ada',
  clientSecret: 'canary-renewing',
};
const NEW: Tokens = { access: 'new-access', refresh: 'new-refresh' };

/** A credential with tokens, and a service before whose writes `meanwhile` happens. */
async function given(tenant: string, meanwhile: (id: string) => Promise<unknown>) {
  const store = d1Credentials(testEnv.DB, tenant);
  const records = new Records(testEnv, tenant, () => 1);
  const serviceOver = (over: CredentialStore) =>
    credentialService({
      store: over,
      types: TYPES,
      seal: (row, secrets) => records.seal(row, { secrets, tokens: undefined }),
      asker: { id: 'u', scopes: ['*:write'], reach: 'everywhere' },
      now: () => 2,
      newId: (prefix) => `${prefix}_${tenant}`,
    });
  const load = async (id: string) => {
    const kept = await vaultKeeper(testEnv, tenant, () => Promise.resolve(new Map())).load(id);
    if (!kept) throw new Error('It keeps no tokens');
    return kept;
  };
  const { id } = await serviceOver(store).create({ type: 'oAuth2Api', name: 'Shop', values });
  await (await load(id)).keep({ tokens: { access: 'old-access', refresh: 'old-refresh' }, state: 'ready' });
  const late = serviceOver({
    ...store,
    async get(each) {
      const row = await store.get(each);
      await meanwhile(each);
      return row;
    },
  });
  return { id, load, late, store };
}

describe('a credential that is changed while its tokens are renewed', () => {
  // Written back, the old refresh token would be used twice: services that rotate them then revoke both.
  it('[OAU4] keeps the new tokens when it is renamed or shared', async ({ expect }) => {
    const renew = async (id: string): Promise<unknown> => (await made.load(id)).keep({ tokens: NEW, state: 'ready' });
    const made = await given('cred-renewing', renew);
    const { clientSecret: _, ...open } = values;
    await made.late.replace(made.id, { name: 'Shop 2', values: open, domains: [] });
    expect((await made.load(made.id)).tokens).toEqual(NEW);
    await made.late.share(made.id, { users: ['u'] });
    expect(await made.load(made.id)).toMatchObject({ name: 'Shop 2', tokens: NEW });
  });

  it('[OAU6] takes no tokens that were got with other values, though it holds no secret of its own', async ({
    expect,
  }) => {
    const made = await given('cred-outside', () => Promise.resolve());
    await testEnv.DB.prepare(
      "UPDATE credentials SET secrets = '{}', tokens = '' WHERE tenant_id = 'cred-outside'",
    ).run();
    const before = await made.load(made.id);
    const other = { ...values, clientSecret: '', clientId: 'eve' };
    await made.late.replace(made.id, { name: 'Shop', values: other, domains: [] });
    expect(await before.keep({ tokens: NEW, state: 'ready' })).toBe(false);
  });
});
