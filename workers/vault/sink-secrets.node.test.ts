import { createHmac } from 'node:crypto';
import { describe, it } from 'vitest';
import { signatures, sinkSecrets, standardSignatures } from './sink-secrets.ts';

describe('[AUD9][USE14] what signs a batch', () => {
  it('is what Standard Webhooks says', async ({ expect }) => {
    // the example of its own libraries, secret without `whsec_`
    const text = 'msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{"test": 2432232314}';
    const signed = await standardSignatures(['MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'], text);
    expect(signed).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  it('is of the organisation, the sink and each deployment key', async ({ expect }) => {
    const keys = { DEPLOYMENT_KEY: 'new', DEPLOYMENT_KEYS_OLD: 'old' };
    const secrets = await sinkSecrets(keys, 'acme', 'sink_1');
    expect(new Set([...secrets, ...(await sinkSecrets(keys, 'acme', 'sink_2'))]).size).toBe(4);
    expect(await sinkSecrets({ DEPLOYMENT_KEY: 'old' }, 'acme', 'sink_1')).toEqual([secrets[1]]);
    const standard = (await standardSignatures(secrets, 'id.1.body')).split(' ');
    const expected = secrets.map(
      (secret) => `v1,${createHmac('sha256', Buffer.from(secret, 'base64')).update('id.1.body').digest('base64')}`,
    );
    expect(standard).toEqual(expected);
    expect((await signatures(secrets, 'body')).split(', ')).toHaveLength(2);
  });
});
