import { afterEach, beforeEach, describe, it, vi } from 'vitest';
import type { EgressRules } from '../tenant/protocol.ts';
import { type Loopback, Performer, type RunnerEnv } from './host.ts';

describe('[EGR20] the egress rules of effects', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** A performer over a tenant whose rules are what `profile` gives. */
  function performerOver(profile: () => Promise<unknown>) {
    const used: EgressRules[] = [];
    const env = { TENANT: { getByName: () => ({ profile }) } } as unknown as RunnerEnv;
    const loopback: Loopback = {
      Executor: {
        perform({ policy }) {
          used.push(policy);
          return Promise.resolve({ ok: true, value: {} });
        },
      },
      Variables: { all: () => Promise.resolve('{}') },
      Documents: { load: () => Promise.resolve(null) },
    };
    const performer = new Performer(env, loopback, 'acme');
    const perform = () =>
      performer.perform({ kind: 'http', class: 'pure', payload: {} }, 'k', {
        environment: 'production',
        workflow: 'wf_1',
      });
    return { used, perform };
  }

  it('count within ten seconds', async ({ expect }) => {
    let deny: string[] = [];
    const { used, perform } = performerOver(() =>
      Promise.resolve({ ok: true, value: { egress: { allow: [], deny } } }),
    );
    await perform();
    deny = ['*'];
    vi.advanceTimersByTime(10_000);
    await perform();
    expect(used).toEqual([
      { allow: [], deny: [] },
      { allow: [], deny: ['*'] },
    ]);
  });

  it('are asked for again when they could not be had, and deny all where there is no tenant', async ({ expect }) => {
    const answers = [() => Promise.reject(new Error('gone')), () => Promise.resolve({ ok: false })];
    const { used, perform } = performerOver(() => answers.shift()?.() ?? Promise.reject(new Error('asked too often')));
    const first = await perform();
    await perform();
    expect([first.ok, used]).toEqual([false, [{ allow: [], deny: ['*'] }]]);
  });
});
