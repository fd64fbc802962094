import { afterAll, beforeAll, describe, it } from 'vitest';
import { SecretStores } from '../../../test/harness/secret-stores.ts';
import type { KeptRef, StoreType } from '../../../core/credentials/external.ts';
import { openCredential } from '../open-credential.ts';
import { fakePorts, LOCAL } from '../testing/fakes.ts';

let stores: SecretStores;
beforeAll(async () => {
  stores = await SecretStores.start();
});
afterAll(() => stores.stop());

/** Values of each store's credential, and which of them are secret. */
function valuesOf(type: StoreType): [Record<string, string>, string[]] {
  const { url, vaultToken, aws, azure, keys } = stores;
  switch (type) {
    case 'hashicorpVault':
      return [{ url: `${url}/`, token: vaultToken, mount: 'kv' }, ['token']];
    case 'awsSecretsManager':
      return [{ region: 'eu-west-1', endpoint: url, ...aws }, ['accessKeyId', 'secretAccessKey']];
    case 'gcpSecretManager': {
      const serviceAccount = JSON.stringify({
        client_email: 'robot@proj.iam',
        project_id: 'proj',
        private_key_id: 'k',
        private_key: keys.privateKey,
      });
      return [{ serviceAccount, endpoint: url, tokenUrl: `${url}/gcp/token` }, ['serviceAccount']];
    }
    case 'azureKeyVault':
      return [{ vaultUrl: url, tenantId: 'dir-1', loginUrl: url, ...azure }, ['clientSecret']];
  }
}

let count = 0;
/** A header credential whose value lies in a store. */
function referring(type: StoreType, ref: Partial<KeptRef>, store: Record<string, string> = {}, domains: string[] = []) {
  const ports = fakePorts();
  const [values, secrets] = valuesOf(type);
  const { id } = ports.credentials.add(type, { ...values, ...store }, secrets, domains) as { id: string };
  const ours = ports.credentials.add('httpHeaderAuth', { name: 'x' }, []);
  // A tenant of its own for each, so that nothing is remembered from another test.
  const place = { tenant: `external-${++count}`, policy: LOCAL };
  Object.assign(ports.credentials.held[1] ?? {}, { refs: { value: { type, store: id, secret: 's', ...ref } } });
  const open = () => openCredential(ports, place, { type: 'httpHeaderAuth', ref: ours });
  return { open, ports };
}

const ALL: StoreType[] = ['hashicorpVault', 'awsSecretsManager', 'gcpSecretManager', 'azureKeyVault'];

describe('[EXT1] secrets in other stores', () => {
  for (const type of ALL) {
    it(`are fetched from ${type}, signed as it wants`, async ({ expect }) => {
      stores.secrets.set('app-db', JSON.stringify({ password: `from-${type}`, port: 5432 }));
      const opened = await referring(type, { secret: 'app-db', field: 'password' }).open();
      expect(opened.values.get('value')).toBe(`from-${type}`);
      expect(opened.secrets).toContain(`from-${type}`);
      const port = await referring(type, { secret: 'app-db', field: 'port' }).open();
      expect(port.values.get('value')).toBe('5432');
    });

    it(`of ${type} that are not there, or not ours, say so without a secret`, async ({ expect }) => {
      stores.secrets.set('app-db', '{"a":"b"}');
      await expect(referring(type, { secret: 'no-such' }).open()).rejects.toMatchObject({ code: 'external-secret' });
      await expect(referring(type, { secret: 'app-db', field: 'none' }).open()).rejects.toMatchObject({
        code: 'external-secret',
      });
      const wrong = {
        hashicorpVault: { token: 'wrong-canary' },
        awsSecretsManager: { secretAccessKey: 'wrong-canary' },
        gcpSecretManager: { project: 'other' },
        azureKeyVault: { clientSecret: 'wrong-canary' },
      }[type];
      const failure = await referring(type, { secret: 'app-db' }, wrong)
        .open()
        .then(() => undefined)
        .catch((error: unknown) => error as Error & { code: string });
      expect(failure?.code).toMatch(/^external-/);
      expect(failure?.message).not.toMatch(/canary/);
    });
  }

  it('[EXT2] stand for the whole text where no field is named', async ({ expect }) => {
    stores.secrets.set('plain', 'just text');
    expect((await referring('azureKeyVault', { secret: 'plain' }).open()).values.get('value')).toBe('just text');
  });

  it('[EXT3] are remembered for half a minute, and no longer than their store is unchanged', async ({ expect }) => {
    stores.secrets.set('turns', 'one');
    const { open, ports } = referring('azureKeyVault', { secret: 'turns' });
    let nowMs = 1_000_000;
    ports.now = () => nowMs;
    const value = async () => (await open()).values.get('value');
    expect(await value()).toBe('one');
    stores.secrets.set('turns', 'two');
    nowMs += 29_000;
    expect(await value()).toBe('one');
    nowMs += 2_000;
    expect(await value()).toBe('two');
    stores.secrets.set('turns', 'three');
    Object.assign(ports.credentials.held[0] ?? {}, { updatedAt: 5 });
    expect(await value()).toBe('three');
    ports.credentials.held.shift();
    await expect(open()).rejects.toMatchObject({ code: 'credential-missing' });
  });

  it('[EXT4] come only under the prefix of their store, from its domains, through egress', async ({ expect }) => {
    stores.secrets.set('app/db', '{"p":"x"}');
    const prefixed = referring('hashicorpVault', { secret: 'other/db', field: 'p' }, { prefix: 'app/' });
    await expect(prefixed.open()).rejects.toMatchObject({ code: 'external-secret' });
    const climbing = referring('hashicorpVault', { secret: 'app/../../../sys/raw', field: 'p' }, { prefix: 'app/' });
    await expect(climbing.open()).rejects.toMatchObject({ code: 'external-secret' });
    expect(stores.asked.at(-1)).toBe('GET /v1/kv/data/app/sys/raw');
    const bound = referring('hashicorpVault', { secret: 'app/db', field: 'p' }, {}, ['vault.example']);
    await expect(bound.open()).rejects.toMatchObject({ code: 'credential-refused' });
    const metadata = referring('hashicorpVault', { secret: 'app/db', field: 'p' }, { url: 'http://169.254.169.254' });
    await expect(metadata.open()).rejects.toMatchObject({ code: 'egress-refused' });
  });
});
