import { describe, it } from 'vitest';
import { type EffectReply } from '../node/kit.ts';
import {
  bench,
  type Behaviour,
  effect,
  json,
  kinds,
  out,
  outputsOf,
  passOn,
  sketch,
  START_MS,
  begin,
  failed,
} from './testing.ts';

describe('retries', () => {
  const dates = async (retry: object, tries = 9): Promise<number[]> => {
    const seen: number[] = [];
    const b = bench();
    const does: Behaviour = {
      outputs: 1,
      run(step) {
        seen.push(step.nowMs - START_MS);
        if (seen.length < tries) throw new Error('again');
        return passOn(step);
      },
    };
    await b.host.run(sketch({ a: { does, retry: { maxTries: 4, waitMs: 100, ...retry } } }));
    return seen;
  };

  it('[SHD1] so many tries, waits that grow to a limit, with jitter', async ({ expect }) => {
    expect(await dates({})).toEqual([0, 100, 200, 300]);
    expect(await dates({}, 2)).toEqual([0, 100]);
    expect(await dates({ backoff: 2 })).toEqual([0, 100, 300, 700]);
    expect(await dates({ backoff: 2, maxWaitMs: 150 })).toEqual([0, 100, 250, 400]);
    // random() of the bench is 0.5, which is the middle
    expect(await dates({ jitter: 1 })).toEqual([0, 100, 200, 300]);
  });

  it('[SHD1] jitter spreads both ways by its share', async ({ expect }) => {
    for (const [random, due] of [
      [0, 75],
      [0.999999, 125],
    ] as const) {
      const b = bench({ random: () => random, replies: () => failed() });
      const run = begin(b, sketch({ a: { does: effect('pure'), retry: { maxTries: 2, waitMs: 100, jitter: 0.5 } } }));
      await Promise.resolve();
      await Promise.resolve();
      expect(run.active?.state).toMatchObject({ kind: 'retry', dueAt: START_MS + due });
    }
  });

  it('[SHD1] the run’s error is the last one, and the attempts are counted', async ({ expect }) => {
    const b = bench({
      replies: (order) => ({ ok: false, error: { code: 'down', message: `try ${order.attempt}`, detail: 'why' } }),
    });
    const run = await b.host.run(sketch({ a: { does: effect('pure'), retry: { maxTries: 3, waitMs: 1 } } }));
    expect(run.final?.err).toEqual({ code: 'down', message: 'try 3', description: 'why', n: 'a' });
    expect(run.steps[0]?.attempts).toBe(3);
    expect(b.orders.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
  });

  it('[SHD2] not what says that it is of no use', async ({ expect }) => {
    const b = bench({ replies: () => failed(false) });
    const run = await b.host.run(sketch({ a: { does: effect('pure'), retry: { maxTries: 3, waitMs: 1 } } }));
    expect(run.status).toBe('error');
    expect(b.orders).toHaveLength(1);
  });

  it('[SHD2] a first item with an error counts while there are tries left', async ({ expect }) => {
    let tries = 0;
    const does: Behaviour = {
      outputs: 1,
      run: () => (++tries < 3 ? out(json({ error: 'no' })) : out(json({ fine: true }))),
    };
    const run = await bench().host.run(sketch({ a: { does, onError: 'continue', retry: { maxTries: 5, waitMs: 1 } } }));
    expect(outputsOf(run, 'a')).toEqual([[[{ fine: true }]]]);
    tries = 0;
    const twice = await bench().host.run(
      sketch({ a: { does, onError: 'continue', retry: { maxTries: 2, waitMs: 1 } } }),
    );
    expect(outputsOf(twice, 'a')).toEqual([[[{ error: 'no' }]]]);
    tries = 0;
    const once = await bench().host.run(sketch({ a: { does, retry: { maxTries: 5, waitMs: 1 } } }));
    expect(outputsOf(once, 'a')).toEqual([[[{ error: 'no' }]]]);
  });
});

describe('effects', () => {
  it('[SHD4] what may not be repeated freely is announced and committed first', ({ expect }) => {
    for (const kind of ['pure', 'idempotent', 'keyed', 'probeable', 'unsafe'] as const) {
      const b = bench({ manualCommit: true, replies: () => undefined });
      const run = begin(b, sketch({ a: effect(kind) }));
      const isFree = kind === 'pure' || kind === 'idempotent';
      expect(b.orders.length, kind).toBe(isFree ? 1 : 0);
      b.host.commit();
      expect(b.orders.length, kind).toBe(1);
      expect(kinds(b.host, run.id)).toEqual(isFree ? ['start'] : ['start', 'issue']);
    }
  });

  it('[SHD4] nothing is issued when the run was canceled before the commit', ({ expect }) => {
    const b = bench({ manualCommit: true });
    const run = begin(b, sketch({ a: effect('unsafe') }));
    b.host.turn(() => b.host.shard.cancel(run));
    b.host.commit();
    expect(b.orders).toEqual([]);
  });

  it('[SHD4] one key for all attempts, one for each round, one for each run of a node', async ({ expect }) => {
    const paged: Behaviour = {
      outputs: 1,
      run: () => ({ kind: 'effect', effect: { kind: 'test', class: 'keyed', payload: {} } }),
      resume: (step, wake) => (wake.kind === 'reply' && wake.value === 'more' ? paged.run(step) : passOn(step)),
    };
    const replies = ['more', 'fail', 'more', 'end', 'end'];
    const b = bench({
      replies: (_, count) =>
        replies[count - 1] === 'fail' ? failed() : { ok: true, value: replies[count - 1] ?? 'end' },
    });
    const twice: Behaviour = {
      outputs: 2,
      run: (step) => (step.runIndex === 0 ? out(step.items, step.items) : out([], step.items)),
    };
    const run = await b.host.run(
      sketch({ s: twice, a: { does: paged, retry: { maxTries: 2, waitMs: 1 }, position: [0, 0] } }, [
        's.0 -> s',
        's.1 -> a',
      ]),
    );
    expect(run.status).toBe('success');
    const base = `${run.id}:a`;
    expect(b.orders.map(({ key }) => key)).toEqual([
      `${base}:0`,
      `${base}:0#1`,
      `${base}:0`,
      `${base}:0#1`,
      `${base}:1`,
    ]);
  });

  it('[SHD3] a time limit, repeated only where it may be', async ({ expect }) => {
    const play = async (kind: 'idempotent' | 'keyed' | 'unsafe', inDoubt?: 'retry' | 'fail') => {
      const b = bench({ replies: () => undefined });
      const node = {
        does: effect(kind),
        timeoutMs: 1000,
        retry: { maxTries: 2, waitMs: 10 },
        ...(inDoubt ? { inDoubt } : {}),
      };
      const run = await b.host.run(sketch({ a: node }));
      expect(run.final).toMatchObject({ status: 'error', err: { code: 'timeout' } });
      return { tries: b.orders.length, tookMs: b.clock.nowMs - START_MS };
    };
    expect(await play('idempotent')).toEqual({ tries: 2, tookMs: 2010 });
    expect(await play('keyed')).toEqual({ tries: 2, tookMs: 2010 });
    expect(await play('keyed', 'fail')).toEqual({ tries: 1, tookMs: 1000 });
    expect(await play('unsafe')).toEqual({ tries: 1, tookMs: 1000 });
    expect(await play('unsafe', 'retry')).toEqual({ tries: 2, tookMs: 2010 });
  });

  it('[SHD21] late, doubled and foreign replies change nothing', async ({ expect }) => {
    const b = bench({ replies: () => undefined });
    const program = sketch(
      { a: { does: effect('idempotent'), timeoutMs: 10, retry: { maxTries: 2, waitMs: 5 } }, b: effect('idempotent') },
      ['a -> b'],
    );
    const run = begin(b, program);
    const [first] = b.orders;
    if (!first) throw new Error('no order');
    const reply: EffectReply = { ok: true, value: 'late' };
    b.clock.nowMs += 10;
    b.host.turn(() => b.host.shard.tick());
    b.host.turn(() => b.host.shard.reply(first, reply));
    expect(run.active?.state.kind).toBe('retry');
    b.clock.nowMs += 5;
    b.host.turn(() => b.host.shard.tick());
    b.host.turn(() => b.host.shard.reply(first, reply));
    expect(run.active?.state.kind).toBe('effect');
    b.host.turn(() => b.host.shard.reply({ ...first, attempt: 2, round: 1 }, reply));
    b.host.turn(() => b.host.shard.reply({ ...first, attempt: 2, run: 'nobody' }, reply));
    b.host.turn(() => b.host.shard.reply({ ...first, attempt: 2, step: 7 }, reply));
    expect(run.active?.index).toBe(0);
    b.host.turn(() => b.host.shard.reply({ ...first, attempt: 2 }, { ok: true, value: 'right' }));
    b.host.turn(() => b.host.shard.reply({ ...first, attempt: 2 }, { ok: true, value: 'twice' }));
    expect(run.active?.index).toBe(1);
    expect(outputsOf(run, 'a')).toEqual([[[{ got: 'right' }]]]);
  });

  it('[SHD3] [SHD21] the time limit of an earlier attempt is not that of the next', async ({ expect }) => {
    const b = bench({ replies: () => undefined });
    const node = { does: effect('pure'), timeoutMs: 1000, retry: { maxTries: 2, waitMs: 10 } };
    const run = begin(b, sketch({ a: node }));
    b.clock.nowMs += 900;
    b.host.turn(() => b.host.shard.reply({ run: run.id, step: 0, attempt: 1, round: 0 }, failed()));
    b.clock.nowMs += 50;
    b.host.runDue();
    b.clock.nowMs += 100;
    b.host.runDue();
    expect(run.active?.state.kind).toBe('effect');
    await b.host.untilRest(run.id);
    expect(b.host.get(run.id).final).toMatchObject({ at: START_MS + 1950, err: { code: 'timeout' } });
  });

  it('[SHD5] after a loss: class and wish decide', async ({ expect }) => {
    const after = async (kind: 'idempotent' | 'keyed' | 'probeable' | 'unsafe', inDoubt?: 'retry' | 'ask' | 'fail') => {
      let isDown = true;
      const b = bench({ replies: () => (isDown ? undefined : { ok: true, value: 1 }) });
      const run = begin(b, sketch({ a: { does: effect(kind), ...(inDoubt ? { inDoubt } : {}) } }));
      isDown = false;
      b.host.restart();
      await b.host.untilRest(run.id);
      const now = b.host.get(run.id);
      return `${b.orders.length} ${now.active?.state.kind === 'doubt' ? 'doubt' : (now.final?.err?.code ?? now.status)}`;
    };
    expect(await after('idempotent')).toBe('2 success');
    expect(await after('keyed')).toBe('2 success');
    expect(await after('probeable')).toBe('1 doubt');
    expect(await after('unsafe')).toBe('1 doubt');
    expect(await after('unsafe', 'retry')).toBe('2 success');
    expect(await after('unsafe', 'fail')).toBe('1 in-doubt');
    expect(await after('keyed', 'ask')).toBe('1 doubt');
  });

  it('[SHD5] a doubt is settled by hand, once, and survives restarts until then', async ({ expect }) => {
    const settle = async (decision: 'retry' | 'fail' | 'done') => {
      let isDown = true;
      const b = bench({ replies: () => (isDown ? undefined : { ok: true, value: 1 }) });
      const { id } = begin(b, sketch({ a: { does: effect('unsafe'), retry: { maxTries: 3, waitMs: 1 } } }));
      b.host.restart();
      b.host.restart();
      isDown = false;
      const run = b.host.get(id);
      expect(run.status).toBe('waiting');
      expect(b.host.turn(() => b.host.shard.resolve(run, 5, decision, []))).toBe(false);
      expect(b.host.turn(() => b.host.shard.resolve(run, 0, decision, json({ by: 'hand' })))).toBe(true);
      expect(b.host.turn(() => b.host.shard.resolve(run, 0, decision, []))).toBe(false);
      await b.host.untilRest(id);
      return { run: b.host.get(id), issued: b.orders.length, journal: kinds(b.host, id) };
    };
    const again = await settle('retry');
    expect([again.issued, again.run.status]).toEqual([2, 'success']);
    expect(again.journal).toEqual(['start', 'issue', 'doubt', 'retry', 'issue', 'step', 'end']);
    const done = await settle('done');
    expect([done.issued, outputsOf(done.run, 'a')]).toEqual([1, [[[{ by: 'hand' }]]]]);
    const given = await settle('fail');
    expect([given.issued, given.run.final?.err?.code]).toEqual([1, 'in-doubt']);
  });
});
