import { describe, it } from 'vitest';
import { testEnv } from '../../../workers/kit/testing.ts';
import { d1Connections } from '../../../workers/sso/connection-store.ts';
import { openSecret } from '../../../workers/sso/secrets.ts';
import { organization } from '../../../workers/sso/testing.ts';
import { DeploymentKeys } from '../../../workers/vault/deployment-keys.ts';
import { rewrapSome } from '../../../workers/vault/rotation.ts';

const OLD = 'test-deployment-key';
const NEW = 'another-deployment-key-that-is-long-enough';

/** One at a time: the walk must go on from one kind of thing to the next. What other tests left is looked at too. */
async function exchange(newest: string, old: string): Promise<void> {
  const keys = await DeploymentKeys.of({ DEPLOYMENT_KEY: newest, DEPLOYMENT_KEYS_OLD: old });
  for (let after: { tenant: string; id: string } | undefined; ;) {
    const done = await rewrapSome(testEnv.DB, keys, { limit: 1, after });
    if (!done.after) return;
    ({ after } = done);
  }
}

describe('[CRD9, SSO12] the secret of an SSO connection that nobody used meanwhile', () => {
  it('was lost when the deployment key was exchanged and the old one taken away', async ({ expect }) => {
    const tenant = 'sso-rotated';
    const api = await organization(tenant);
    const settings = { issuer: 'https://idp.example.com', clientId: 'x' };
    const body = { kind: 'oidc', name: 'IdP', settings, secret: 'canary-of-a-client' };
    const id = (await api('POST /v1/sso-connections', { body })).body['id'] as string;
    const stored = async () => {
      const row = await d1Connections(testEnv.DB, tenant).get(id);
      if (!row) throw new Error('gone');
      return row;
    };
    await exchange(NEW, OLD);
    expect(await openSecret({ DEPLOYMENT_KEY: NEW }, tenant, await stored())).toBe('canary-of-a-client');
    await exchange(OLD, NEW);
    expect(await openSecret(testEnv, tenant, await stored())).toBe('canary-of-a-client');
  });
});
