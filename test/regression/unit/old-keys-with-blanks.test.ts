import { describe, it } from 'vitest';
import { identitySecrets } from '../../../workers/identity/session-token.ts';

describe('deployment keys that are being exchanged', () => {
  // The vault took blanks and commas, signing in commas alone: what an old key sealed there (authenticators) was lost.
  it('[CRD9] are told apart by commas, blanks and lines for signing in, too', async ({ expect }) => {
    const [newest] = await identitySecrets({ DEPLOYMENT_KEY: 'new' });
    const [old] = await identitySecrets({ DEPLOYMENT_KEY: 'old' });
    const [older] = await identitySecrets({ DEPLOYMENT_KEY: 'older' });
    for (const text of ['old,older', 'old, older', ' old older ', 'old\nolder\n']) {
      expect(await identitySecrets({ DEPLOYMENT_KEY: 'new', DEPLOYMENT_KEYS_OLD: text })).toEqual([newest, old, older]);
    }
  });
});
