import { env } from 'cloudflare:workers';
import { describe, it } from 'vitest';
import { passAuth } from '../../../workers/api/auth.ts';
import type { Env } from '../../../workers/env.ts';

/** An identity Worker whose process goes away under the first call. */
function cutOnce(): { env: Env; calls: () => number } {
  let calls = 0;
  const fetch = (): Promise<Response> => {
    calls++;
    return calls === 1 ? Promise.reject(new Error('disconnected')) : Promise.resolve(Response.json({ providers: [] }));
  };
  return { env: { ...(env as Env), IDENTITY: { fetch } as unknown as Fetcher }, calls: () => calls };
}

describe('a call of /auth whose process is given back just then', () => {
  it('was refused, so that the sign-in page had a failed request; a read is asked again', async ({ expect }) => {
    const identity = cutOnce();
    const answer = await passAuth(new Request('https://millrace.test/auth/providers'), identity.env);
    expect([answer.status, identity.calls()]).toEqual([200, 2]);
  });

  it.for([
    ['GET', '/auth/magic-link/verify?token=a'],
    ['POST', '/auth/sign-out'],
  ])('is asked once when it may change something: %s %s', async ([method = '', path = ''], { expect }) => {
    const identity = cutOnce();
    const answer = await passAuth(new Request(`https://millrace.test${path}`, { method }), identity.env);
    expect([answer.status, identity.calls()]).toEqual([503, 1]);
  });
});
