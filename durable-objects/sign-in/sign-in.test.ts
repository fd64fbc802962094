import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, it } from 'vitest';
import { type ObjectBindings, signInOf } from '../stubs.ts';
import type { PendingSignIn } from './protocol.ts';

const bindings = env as unknown as ObjectBindings;
const ID = 'cred_0123456789abcdef';
const pending = (more: Partial<PendingSignIn> = {}): PendingSignIn => ({
  state: 'aa',
  browser: 'bb',
  verifier: 'v',
  redirectUri: 'https://m.example/oauth/callback',
  actor: { kind: 'key', id: 'key_1' },
  expiresAt: Date.now() + 60_000,
  ...more,
});

describe('[OAU2] a sign-in that was begun', () => {
  it('is taken once, with its state, by the browser that asked', async ({ expect }) => {
    const object = signInOf(bindings, 'sign-once', ID);
    await object.begin(pending());
    expect(await object.take('other', 'bb')).toBeNull();
    expect(await object.take('aa', 'bb')).toMatchObject({ verifier: 'v' });
    expect(await object.take('aa', 'bb')).toBeNull();
    for (const browser of ['cc', null]) {
      await object.begin(pending());
      expect(await object.take('aa', browser)).toBeNull();
      // Used up by who should not have had it.
      expect(await object.take('aa', 'bb')).toBeNull();
    }
    await object.begin(pending({ browser: null }));
    expect(await object.take('aa', null)).toMatchObject({ verifier: 'v' });
  });

  it('ends when its time is over, and leaves nothing', async ({ expect }) => {
    const object = signInOf(bindings, 'sign-late', ID);
    await object.begin(pending({ expiresAt: Date.now() - 1 }));
    expect(await object.take('aa', 'bb')).toBeNull();
    await object.begin(pending({ expiresAt: Date.now() + 600_000 }));
    const stub = bindings.SIGN_IN.getByName(`sign-late/credential/${ID}`);
    expect(await runDurableObjectAlarm(stub)).toBe(true);
    expect(await runInDurableObject(stub, (_, { storage }) => storage.list().then((all) => all.size))).toBe(0);
  });

  it('begun anew makes the one before useless', async ({ expect }) => {
    const object = signInOf(bindings, 'sign-twice', ID);
    await object.begin(pending());
    await object.begin(pending({ state: 'dd' }));
    expect(await object.take('aa', 'bb')).toBeNull();
    expect(await object.take('dd', 'bb')).toMatchObject({ state: 'dd' });
  });
});

describe('[OAU4] renewing', () => {
  it('is done once for all who ask meanwhile', async ({ expect }) => {
    const stub = bindings.SIGN_IN.getByName(`sign-flight/credential/${ID}`);
    const call = { tenant: 'sign-flight', credential: ID, stale: null, policy: { allow: [], deny: [] } };
    const seen = await runInDurableObject(stub, async (instance) => {
      const object = instance as unknown as { ctx: object; renew(given: typeof call): Promise<unknown> };
      let count = 0;
      const renewTokens = async () => {
        count++;
        await new Promise((done) => setTimeout(done, 20));
        return { ok: true, value: null };
      };
      const ctx = Object.create(object.ctx, { exports: { value: { Executor: { renewTokens } } } }) as object;
      Object.defineProperty(object, 'ctx', { value: ctx, configurable: true });
      await Promise.all(Array.from({ length: 20 }, () => object.renew(call)));
      await object.renew(call);
      return count;
    });
    expect(seen).toBe(2);
  });
});
