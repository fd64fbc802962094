import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { testWorld } from '../testing.ts';

const OLD = 'o'.repeat(43);

describe('[CRD9] millrace vault rotate', () => {
  it('adds a key, then wraps anew page by page and removes the old one', async ({ expect }) => {
    const asked: { key: string; body: unknown }[] = [];
    const pages = [
      { rewrapped: 2, left: 1, closed: 0, after: { tenant: 'a', id: 'k1' } },
      { rewrapped: 1, left: 0, closed: 0 },
    ];
    const world = testWorld({
      fetch: (_, init) => {
        asked.push({
          key: new Headers(init?.headers).get('x-deployment-key') ?? '',
          body: JSON.parse(String(init?.body)),
        });
        return Promise.resolve(Response.json(pages.shift()));
      },
    });
    world.file('deployment.key', OLD);
    const keys = (): string[] => readFileSync(join(world.folder, 'deployment.key'), 'utf8').trim().split('\n');
    expect((await world.run('vault', 'rotate', '--data', '.')).out).toContain('Restart');
    const [newest = '', ...rest] = keys();
    expect([newest.length, rest, asked]).toEqual([43, [OLD], []]);
    const done = await world.run('vault', 'rotate', '--data', '.', '--json');
    expect(done.documents).toMatchObject([{ step: 'rewrapped', rewrapped: 3, left: 0 }]);
    expect(asked).toEqual([
      { key: newest, body: {} },
      { key: newest, body: { after: { tenant: 'a', id: 'k1' } } },
    ]);
    expect(keys()).toEqual([newest]);
    expect(JSON.stringify(done)).not.toContain(newest);
  });

  it('keeps the old key while anything needs it, or the server runs without the new one', async ({ expect }) => {
    for (const [status, body, why] of [
      [200, { rewrapped: 0, left: 3, closed: 3 }, '3 data keys'],
      [401, {}, 'restart'],
    ] as const) {
      const world = testWorld({ fetch: () => Promise.resolve(Response.json(body, { status })) });
      world.file('deployment.key', `${'n'.repeat(43)}\n${OLD}\n`);
      const ran = await world.run('vault', 'rotate', '--data', '.');
      expect([ran.code, ran.err]).toEqual([1, expect.stringContaining(why)]);
      expect(readFileSync(join(world.folder, 'deployment.key'), 'utf8')).toContain(OLD);
    }
  });
});
