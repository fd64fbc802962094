import { describe, it } from 'vitest';
import { chain, hook } from './documents.ts';
import { Server } from './server.ts';

/** Every header that somebody could hope we believe. */
const LIES = {
  'x-forwarded-for': '10.0.0.1',
  'x-real-ip': '10.0.0.1',
  'cf-connecting-ip': '10.0.0.1',
  forwarded: 'for=10.0.0.1',
  'mf-cf-blob': '{"clientIp":"10.0.0.1:5"}',
  'cf-blob': '{"clientIp":"10.0.0.1:5"}',
};

const allowing = (path: string, ipWhitelist: string) =>
  chain(path, [hook(path, 'onReceived', { options: { ipWhitelist } })]);

async function statuses(server: Server): Promise<Record<string, number>> {
  await server.publish(allowing('mine', '127.0.0.1, ::1'));
  await server.publish(allowing('theirs', '10.0.0.0/8'));
  const status = async (path: string, headers: Record<string, string> = {}): Promise<number> =>
    (await server.hook(path, {}, { headers })).status;
  return {
    mine: await status('mine'),
    mineForwarded: await status('mine', LIES),
    theirs: await status('theirs'),
    theirsForwarded: await status('theirs', LIES),
    theirsBehind: await status('theirs', { 'x-forwarded-for': '10.0.0.1, 8.8.8.8' }),
  };
}

describe('[HOOK16] addresses that may call a webhook, on one machine', () => {
  it('are those of the connection', async ({ expect }) => {
    const server = await Server.start();
    try {
      expect(await statuses(server)).toEqual({
        mine: 200,
        mineForwarded: 200,
        theirs: 403,
        theirsForwarded: 403,
        theirsBehind: 403,
      });
    } finally {
      await server.stop();
    }
  });

  it('are what a trusted proxy saw', async ({ expect }) => {
    const server = await Server.start({ TRUSTED_PROXIES: '127.0.0.1/32' });
    try {
      expect(await statuses(server)).toEqual({
        mine: 200,
        mineForwarded: 403,
        theirs: 403,
        theirsForwarded: 200,
        theirsBehind: 403,
      });
    } finally {
      await server.stop();
    }
  });
});
