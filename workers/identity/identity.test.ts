import { describe, it } from 'vitest';
import { Browser, mailTo, PASSWORD, pathOf, signedIn } from './testing.ts';

describe('signing up', () => {
  it('needs the address confirmed before anybody gets in', async ({ expect }) => {
    const browser = new Browser();
    const up = await browser.post('/auth/sign-up/email', { name: 'Ada', email: 'ada@up.test', password: PASSWORD });
    expect(up).toMatchObject({ status: 200, body: { user: { email: 'ada@up.test', emailVerified: false } } });
    expect(up.headers.getSetCookie()).toEqual([]);
    const early = await browser.post('/auth/sign-in/email', { email: 'ada@up.test', password: PASSWORD });
    expect(early).toMatchObject({ status: 403, body: { code: 'email-not-verified' } });
    const { link } = await mailTo('ada@up.test', 'Confirm');
    expect(link.startsWith('https://millrace.test/auth/verify-email?token=')).toBe(true);
    expect((await browser.get(pathOf(link))).status).toBe(302);
    const signIn = await browser.post('/auth/sign-in/email', { email: 'ada@up.test', password: PASSWORD });
    expect(signIn).toMatchObject({
      status: 200,
      body: { token: expect.stringMatching(/^ms_\w+\.[\w-]{43}$/) as string },
    });
    expect([...browser.cookies.keys()]).toEqual(['__Host-millrace']);
    const who = await browser.get('/auth/get-session');
    expect(who.body).toMatchObject({
      user: { email: 'ada@up.test', name: 'Ada' },
      session: { id: expect.stringMatching(/^ses_/) as string },
    });
    expect(JSON.stringify(who.body)).not.toContain('token');
    void signedIn;
  });
});
