import { describe, it } from 'vitest';
import { testWorld } from '../testing.ts';

const MAIL = {
  id: 'mail_1',
  to: 'ada@x.test',
  subject: 'Confirm',
  text: 'https://x.test/auth/verify',
  createdAt: 0,
  attempts: 0,
  failure: null,
};

describe('millrace mails', () => {
  it('shows what waits, to whoever holds the key of the deployment', async ({ expect }) => {
    const asked: string[] = [];
    const world = testWorld({
      fetch: (url, init) => {
        asked.push(`${String(url)} ${new Headers(init?.headers).get('x-deployment-key')}`);
        return Promise.resolve(Response.json({ mails: [MAIL, { ...MAIL, to: 'bob@x.test' }] }));
      },
    });
    world.file('deployment.key', `${'n'.repeat(43)}\n${'o'.repeat(43)}\n`);
    const { out } = await world.run('mails', '--data', '.', '--to', 'ADA@x.test');
    expect(out).toContain('https://x.test/auth/verify');
    expect(out).not.toContain('bob@x.test');
    expect(asked).toEqual([`http://127.0.0.1:8787/internal/mails ${'n'.repeat(43)}`]);
  });

  it('looks into the folder that DATA_DIR names, as the launcher does', async ({ expect }) => {
    const fetch = (): Promise<Response> => Promise.resolve(Response.json({ mails: [MAIL] }));
    const world = testWorld({ fetch, env: { DATA_DIR: '.' } });
    world.file('deployment.key', 'n'.repeat(43));
    expect((await world.run('mails')).out).toContain('https://x.test/auth/verify');
  });

  it('says what to do without the key, or with another', async ({ expect }) => {
    const world = testWorld({ fetch: () => Promise.resolve(Response.json({}, { status: 401 })) });
    expect((await world.run('mails', '--data', 'nowhere')).err).toContain('DATA_DIR');
    world.file('deployment.key', 'n'.repeat(43));
    expect((await world.run('mails', '--data', '.')).err).toContain('401');
  });
});
