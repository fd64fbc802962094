import { describe, it } from 'vitest';
import type { Item } from '../data/item.ts';
import { replay } from '../engine/replay.ts';
import type { Run } from '../engine/run.ts';
import { type EffectReply, NodeError, type StepContext, type Wake } from '../node/kit.ts';
import {
  bench,
  type Behaviour,
  type Bench,
  call,
  effect,
  json,
  kinds,
  listen,
  orderOfSteps,
  out,
  outputsOf,
  pass,
  passOn,
  sketch,
  sleepFor,
  START_MS,
  throwing,
} from './testing.ts';

const failed = (retryable?: boolean): EffectReply => ({
  ok: false,
  error: { code: 'down', message: 'down', ...(retryable === undefined ? {} : { retryable }) },
});
const begin = ({ host }: Bench, ...args: Parameters<Bench['host']['start']>): Run => {
  const started = host.start(...args);
  if (!('run' in started)) throw new Error('a duplicate');
  return started.run;
};
const admitted = (host: Bench['host'], id: string): number => (host.get(id).admittedAt ?? 0) - START_MS;

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

describe('waits', () => {
  it('[SHD6] until a date, over restarts', async ({ expect }) => {
    const b = bench();
    const run = begin(b, sketch({ a: sleepFor(5000), b: pass }, ['a -> b']));
    b.clock.nowMs += 4999;
    b.host.turn(() => b.host.shard.tick());
    expect(run.status).toBe('waiting');
    b.host.restart();
    await b.host.untilRest(run.id);
    const again = b.host.get(run.id);
    expect(again.final?.at).toBe(START_MS + 5000);
    expect(again.steps[0]?.durationMs).toBe(5000);
    expect(kinds(b.host, run.id)).toEqual(['start', 'wait', 'wake', 'step', 'step', 'end']);
  });

  it('[SHD6] [SHD7] by a signal or a date, whichever is first; a signal only where one is awaited', async ({
    expect,
  }) => {
    const b = bench();
    const program = sketch({ a: sleepFor(5000, 'webhook') });
    const signaled = begin(b, program);
    const timed = begin(b, program);
    const deaf = begin(b, sketch({ a: sleepFor(5000) }));
    const signal = (run: Run) => b.host.turn(() => b.host.shard.signal(run, json({ by: 'signal' })));
    expect([signal(signaled), signal(deaf), signal(signaled)]).toEqual([true, false, false]);
    await b.host.untilRest();
    expect(outputsOf(b.host.get(signaled.id), 'a')).toEqual([[[{ by: 'signal' }]]]);
    expect(b.host.get(signaled.id).final?.at).toBe(START_MS);
    expect(outputsOf(b.host.get(timed.id), 'a')).toEqual([[[{}]]]);
  });

  it('[SHD6] a signal that was taken survives a restart', async ({ expect }) => {
    const wakes: Wake[] = [];
    const slow: Behaviour = {
      ...listen,
      resume: (step, wake) => {
        wakes.push(wake);
        if (wake.kind === 'reply') return passOn(step);
        return { kind: 'effect', effect: { kind: 'test', class: 'pure', payload: {} } };
      },
    };
    let isDown = true;
    const b = bench({ replies: () => (isDown ? undefined : { ok: true, value: 1 }) });
    const { id } = begin(b, sketch({ a: slow }));
    b.host.turn(() => b.host.shard.signal(b.host.get(id), json({ n: 1 }), { path: '/' }));
    isDown = false;
    b.host.restart();
    await b.host.untilRest(id);
    expect(wakes.map(({ kind }) => kind)).toEqual(['signal', 'signal', 'reply']);
    expect(wakes[1]).toEqual({ kind: 'signal', items: json({ n: 1 }), detail: { path: '/' } });
  });
});

describe('orders by hand', () => {
  it('[SHD8] cancel is final', async ({ expect }) => {
    const b = bench({ replies: () => undefined });
    const run = begin(b, sketch({ a: effect('unsafe'), b: pass }, ['a -> b']));
    const [order] = b.orders;
    b.host.turn(() => b.host.shard.cancel(run, 'Enough.'));
    if (order) b.host.turn(() => b.host.shard.reply(order, { ok: true, value: 1 }));
    b.host.turn(() => b.host.shard.cancel(run));
    b.host.restart();
    await b.host.untilRest();
    expect(kinds(b.host, run.id)).toEqual(['start', 'issue', 'end']);
    expect(b.host.get(run.id).final).toMatchObject({ status: 'canceled', err: { message: 'Enough.' } });
  });

  it('[SHD8] retries and the run it waits for end with it; detached ones do not', async ({ expect }) => {
    const child = sketch({ s: { type: 'execute-workflow-trigger', does: listen } }, [], { workflow: 'child' });
    const b = bench({ workflows: [child], replies: () => failed() });
    const waiting = begin(b, sketch({ a: call('child') }));
    const detached = begin(b, sketch({ a: call('child', false), b: listen }, ['a -> b']));
    const retrying = begin(b, sketch({ a: { does: effect('pure'), retry: { maxTries: 5, waitMs: 10 } } }));
    await b.host.untilRest(detached.id);
    for (const run of [waiting, detached, retrying]) b.host.turn(() => b.host.shard.cancel(run));
    await b.host.untilRest();
    expect([...b.host.shard.runs.values()].map((run) => run.start.parent?.run)).toEqual([detached.id]);
    expect(b.orders.length).toBeLessThanOrEqual(1);
  });

  it('[SHD9] a paused run finishes its step and begins no other', async ({ expect }) => {
    let settle: ((reply: EffectReply) => void) | undefined;
    const b = bench({ perform: () => new Promise((resolve) => (settle = resolve)) });
    const run = begin(b, sketch({ a: effect('pure'), b: pass }, ['a -> b']));
    b.host.turn(() => b.host.shard.pause(run));
    b.host.turn(() => b.host.shard.pause(run));
    settle?.({ ok: true, value: 1 });
    await b.host.untilRest(run.id);
    await Promise.resolve();
    await Promise.resolve();
    expect([run.status, orderOfSteps(run)]).toEqual(['paused', ['a']]);
    b.host.restart();
    const again = b.host.get(run.id);
    expect([again.status, orderOfSteps(again)]).toEqual(['paused', ['a']]);
    b.host.turn(() => b.host.shard.resume(again));
    b.host.turn(() => b.host.shard.resume(again));
    expect([again.status, orderOfSteps(again)]).toEqual(['success', ['a', 'b']]);
    expect(kinds(b.host, run.id)).toEqual(['start', 'pause', 'step', 'resume', 'step', 'end']);
  });

  it('[SHD9] dates that pass while it is paused count afterwards', async ({ expect }) => {
    const b = bench();
    const run = begin(b, sketch({ a: sleepFor(1000) }));
    b.host.turn(() => b.host.shard.pause(run));
    b.clock.nowMs += 2000;
    b.host.turn(() => b.host.shard.tick());
    expect(run.status).toBe('paused');
    expect(kinds(b.host, run.id)).toEqual(['start', 'wait', 'pause']);
    b.host.turn(() => b.host.shard.resume(run));
    await b.host.untilRest(run.id);
    expect(b.host.get(run.id).final?.at).toBe(START_MS + 2000);
  });

  it('[SHD12] a rerun takes over what came before the cut', async ({ expect }) => {
    let isBroken = true;
    const ran: string[] = [];
    const tell = (name: string): Behaviour => ({ outputs: 1, run: (step) => (ran.push(name), passOn(step)) });
    const shaky: Behaviour = { outputs: 1, run: (step) => (isBroken ? throwing('now').run(step) : passOn(step)) };
    const b = bench();
    const program = sketch({ a: tell('a'), b: shaky, c: tell('c') }, ['a -> b', 'b -> c']);
    const first = await b.host.run(program, { items: json({ n: 1 }), key: 'k' });
    isBroken = false;
    const events = b.host.journals.get(first.id) ?? [];
    const again = b.host.turn(() => b.host.shard.rerun(first.id, program, events, 1));
    expect([again.status, orderOfSteps(again), ran]).toEqual(['success', ['a', 'b', 'c'], ['a', 'c']]);
    expect(again.start).toMatchObject({ mode: 'retry', rerunOf: first.id });
    expect(again.start.key).toBeUndefined();
    expect(outputsOf(again, 'c')).toEqual([[[{ n: 1 }]]]);
    expect(first.status).toBe('error');
  });

  it('[SHD13] a migrated run goes on with its timer and its effect', async ({ expect }) => {
    let settle: ((reply: EffectReply) => void) | undefined;
    const b = bench({ perform: () => new Promise((resolve) => (settle = resolve)) });
    const old = sketch({ a: effect('unsafe') });
    const young = sketch({ a: effect('unsafe'), b: pass }, ['a -> b'], { version: 'v2' });
    const run = begin(b, old);
    b.host.programs.set('flow@v2', young);
    b.host.turn(() => b.host.shard.exchange(run, replay(run.id, young, b.host.journals.get(run.id) ?? [])));
    settle?.({ ok: true, value: 'once' });
    await b.host.untilRest(run.id);
    expect(outputsOf(b.host.get(run.id), 'b')).toEqual([[[{ got: 'once' }]]]);
    expect(kinds(b.host, run.id)).toEqual(['start', 'issue', 'migrate', 'step', 'step', 'end']);
    b.host.restart();
    expect(b.host.get(run.id).program.version).toBe('v2');
  });
});

describe('calls', () => {
  const trigger = { type: 'execute-workflow-trigger' };
  const child = sketch(
    {
      s: trigger,
      a: {
        outputs: 1,
        run: (step: StepContext) => out(step.items.map((item) => ({ json: { n: Number(item.json.n) * 10 } }))),
      },
    },
    ['s -> a'],
    { workflow: 'child' },
  );

  it('[SHD10] one after another, each with the last items', async ({ expect }) => {
    const b = bench({ workflows: [child] });
    const run = await b.host.run(sketch({ a: call('child', true, [json({ n: 1 }), json({ n: 2 }, { n: 3 }), []]) }));
    expect(outputsOf(run, 'a')).toEqual([[[{ n: 10 }, { n: 20 }, { n: 30 }]]]);
    expect(kinds(b.host, run.id).filter((kind) => kind.startsWith('child'))).toEqual([
      'child',
      'child-end',
      'child',
      'child-end',
      'child',
      'child-end',
    ]);
    const starts = [...b.host.journals.values()]
      .map(([first]) => first)
      .filter((first) => first?.t === 'start' && first.mode === 'child');
    expect(starts.map((start) => start?.t === 'start' && start.parent)).toMatchObject(
      [0, 1, 2].map((index) => ({ run: run.id, step: 0, index, depth: 1 })),
    );
  });

  it('[SHD10] over restarts no child runs twice', async ({ expect }) => {
    const slow = sketch({ s: trigger, a: sleepFor(100) }, ['s -> a'], { workflow: 'child' });
    const b = bench({ workflows: [slow] });
    const { id } = begin(b, sketch({ a: call('child', true, [json({ n: 1 }), json({ n: 2 })]) }));
    // the first child asleep, then the second
    for (const passed of [50, 100]) {
      b.host.runDue();
      b.clock.nowMs += passed;
      b.host.runDue();
      b.host.restart();
    }
    await b.host.untilRest();
    expect(outputsOf(b.host.get(id), 'a')).toEqual([[[{ n: 1 }, { n: 2 }]]]);
    expect(b.host.journals.size).toBe(3);
  });

  it('[SHD10] the items of the last step, of its first output that has any', async ({ expect }) => {
    const side: Behaviour = { outputs: 2, run: (step) => out([], step.items) };
    const b = bench({ workflows: [sketch({ s: { ...trigger, does: side } }, [], { workflow: 'child' })] });
    const run = await b.host.run(sketch({ a: call('child') }), { items: json({ n: 5 }) });
    expect(outputsOf(run, 'a')).toEqual([[[{ n: 5 }]]]);
  });

  it('[SHD10] [SHD22] a loss after the last child is made good without running it again', async ({ expect }) => {
    const then: Behaviour = {
      ...call('child'),
      resume: (step, wake) => {
        if (wake.kind === 'children') return effect('pure').run(step);
        return out(json({ woken: wake.kind }));
      },
    };
    let isDown = true;
    const b = bench({ workflows: [child], replies: () => (isDown ? undefined : { ok: true, value: 1 }) });
    const { id } = begin(b, sketch({ a: then }));
    b.host.runDue();
    isDown = false;
    b.host.restart();
    await b.host.untilRest(id);
    expect(outputsOf(b.host.get(id), 'a')).toEqual([[[{ woken: 'reply' }]]]);
    expect([b.orders.length, b.host.journals.size]).toEqual([2, 2]);
  });

  it('[SHD10] no batches, no children', async ({ expect }) => {
    const b = bench({ workflows: [child] });
    const run = await b.host.run(sketch({ a: call('child', true, []), b: pass }, ['a -> b']));
    expect([run.status, b.host.journals.size]).toEqual(['success', 1]);
  });

  it('[SHD10] failures: the child’s may be tried again, a missing workflow’s not', async ({ expect }) => {
    let tries = 0;
    const shaky = sketch(
      {
        s: {
          ...trigger,
          does: { outputs: 1, run: (step: StepContext) => (++tries < 2 ? throwing('inside').run(step) : passOn(step)) },
        },
      },
      [],
      { workflow: 'child' },
    );
    const retry = { maxTries: 3, waitMs: 10 };
    const b = bench({ workflows: [shaky] });
    expect((await b.host.run(sketch({ a: { does: call('child'), retry } }))).status).toBe('success');
    tries = -10;
    const failedRun = await b.host.run(sketch({ a: call('child') }));
    expect(failedRun.final?.err).toMatchObject({
      code: 'sub-workflow-failed',
      message: 'The called workflow ended as error: inside',
    });
    const missing = await b.host.run(sketch({ a: { does: call('nowhere'), retry } }));
    expect([missing.final?.err?.code, missing.steps[0]?.attempts]).toEqual(['workflow-not-found', 1]);
    const empty = sketch({ s: { disabled: true } }, [], { workflow: 'child' });
    const none = await bench({ workflows: [empty] }).host.run(sketch({ a: call('child') }));
    expect(none.final?.err?.code).toBe('workflow-not-found');
  });

  it('[SHD10] without waiting', async ({ expect }) => {
    const slow = sketch({ s: trigger, a: sleepFor(100) }, ['s -> a'], { workflow: 'child' });
    const b = bench({ workflows: [slow] });
    const run = await b.host.run(sketch({ a: call('child', false, [json({ n: 1 }), json({ n: 2 })]) }), {
      items: json({ own: true }),
    });
    expect([run.final?.at, outputsOf(run, 'a')]).toEqual([START_MS, [[[{ own: true }]]]]);
    expect(kinds(b.host, run.id).filter((kind) => kind === 'child')).toHaveLength(2);
    await b.host.untilRest();
    expect(b.host.shard.runs.size).toBe(0);
  });

  it('[SHD10] not for ever', async ({ expect }) => {
    const workflows: ReturnType<typeof sketch>[] = [];
    const b = bench({ workflows });
    workflows.push(sketch({ s: { ...trigger, does: call('self') } }, [], { workflow: 'self' }));
    const run = await b.host.run(workflows[0] as ReturnType<typeof sketch>);
    expect(run.status).toBe('error');
    expect(b.host.journals.size).toBe(33);
    const deepest = [...b.host.journals.keys()].at(-1) ?? '';
    expect(b.host.get(deepest).final?.err?.code).toBe('call-too-deep');
  });

  it('[SHD10] a call is no trigger: limits and keys of the called workflow are not asked', async ({ expect }) => {
    const limited = sketch({ s: trigger }, [], {
      workflow: 'child',
      concurrency: { limit: 1 },
      rateLimit: { limit: 1, periodMs: 1e6 },
      idempotencyKey: 'one',
    });
    const b = bench({ workflows: [limited] });
    const run = await b.host.run(sketch({ a: call('child', true, [json({}), json({}), json({})]) }));
    expect([run.status, run.final?.at]).toEqual(['success', START_MS]);
  });

  it('[SHD11] the error workflow, exactly once', async ({ expect }) => {
    const seen: Item[] = [];
    const catcher = sketch(
      {
        s: {
          type: 'error-trigger',
          does: { outputs: 1, run: (step: StepContext) => (seen.push(...step.items), out(step.items)) },
        },
      },
      [],
      { workflow: 'catcher', errorWorkflow: 'catcher' },
    );
    const b = bench({ workflows: [catcher], manualCommit: true });
    const { id } = begin(b, sketch({ a: { does: throwing('why') } }, [], { errorWorkflow: 'catcher' }));
    b.host.commit();
    b.host.restart();
    b.host.restart();
    await b.host.untilRest();
    expect(seen).toHaveLength(1);
    expect(seen[0]?.json).toMatchObject({
      execution: { id, mode: 'production', lastNodeExecuted: 'a', error: { message: 'why' } },
      workflow: { id: 'flow' },
    });
    expect(kinds(b.host, id)).toEqual(['start', 'step', 'end', 'handoff']);
    expect(b.host.shard.runs.size).toBe(0);
  });

  it('[SHD11] none for manual runs, for error workflows, for canceled ones, and a missing one is no loss', async ({
    expect,
  }) => {
    const broken = sketch({ s: { type: 'error-trigger', does: throwing() } }, [], {
      workflow: 'catcher',
      errorWorkflow: 'catcher',
    });
    const b = bench({ workflows: [broken] });
    const program = sketch({ a: throwing() }, [], { errorWorkflow: 'catcher' });
    await b.host.run(program, { mode: 'manual' });
    expect(b.host.journals.size).toBe(1);
    await b.host.run(program);
    await b.host.untilRest();
    expect(b.host.journals.size).toBe(3);
    const canceled = begin(b, sketch({ a: listen }, [], { errorWorkflow: 'catcher' }));
    b.host.turn(() => b.host.shard.cancel(canceled));
    await b.host.untilRest();
    expect(b.host.journals.size).toBe(4);
    const lost = await b.host.run(sketch({ a: throwing() }, [], { errorWorkflow: 'nowhere' }));
    expect(kinds(b.host, lost.id).at(-1)).toBe('handoff');
  });
});

describe('limits', () => {
  const held = (b: Bench, id: string) => b.host.get(id).start.hold?.by;

  it('[SHD14] so many at once, by priority, then in order', async ({ expect }) => {
    const b = bench();
    const program = sketch({ a: sleepFor(100) }, [], { concurrency: { limit: 2 }, priority: '={{ $json.p }}' });
    const ids = [0, 0, 1, 5, 1, 0].map((p) => begin(b, program, { items: json({ p }) }).id);
    expect(ids.map((id) => b.host.get(id).status)).toEqual([
      'waiting',
      'waiting',
      'queued',
      'queued',
      'queued',
      'queued',
    ]);
    expect(held(b, ids[2] ?? '')).toBe('concurrency');
    b.host.restart();
    await b.host.untilRest();
    expect(ids.map((id) => admitted(b.host, id))).toEqual([0, 0, 100, 100, 200, 200]);
  });

  it('[SHD14] keys are apart, and a held run that is canceled frees nothing twice', async ({ expect }) => {
    const b = bench();
    const program = sketch({ a: sleepFor(100) }, [], { concurrency: { limit: 1, key: '={{ $json.k }}' } });
    const [a, b1, a2, a3] = ['a', 'b', 'a', 'a'].map((k) => begin(b, program, { items: json({ k }) }));
    if (!a || !b1 || !a2 || !a3) throw new Error('not started');
    expect([a, b1, a2, a3].map((run) => run.held)).toEqual([false, false, true, true]);
    b.host.turn(() => b.host.shard.cancel(a2));
    expect(a3.held).toBe(true);
    await b.host.untilRest();
    expect(admitted(b.host, a3.id)).toBe(100);
  });

  it('[SHD14] newcomers do not overtake, unless they are worth more', async ({ expect }) => {
    const b = bench();
    const program = sketch({ a: sleepFor(100) }, [], {
      concurrency: { limit: 1 },
      rateLimit: { limit: 1, periodMs: 1000 },
      priority: '={{ $json.p }}',
    });
    const first = begin(b, program, { items: json({ p: 0 }) });
    const second = begin(b, program, { items: json({ p: 0 }) });
    await b.host.untilRest(first.id);
    expect(held(b, second.id)).toBe('rate');
    const third = begin(b, program, { items: json({ p: 0 }) });
    const dear = begin(b, program, { items: json({ p: 9 }) });
    await b.host.untilRest();
    expect([second, third, dear].map(({ id }) => admitted(b.host, id))).toEqual([2000, 3000, 1000]);
  });

  it('[SHD14] newcomers do not overtake those whose timer is late either', async ({ expect }) => {
    const b = bench();
    const settings = { rateLimit: { limit: 1, periodMs: 1000 }, priority: '={{ $json.p }}' };
    const program = sketch({ a: pass }, [], settings);
    const [, waiting] = [0, 0].map((p) => begin(b, program, { items: json({ p }) }));
    b.clock.nowMs += 1500;
    const newcomer = begin(b, program, { items: json({ p: 0 }) });
    expect(newcomer.held).toBe(true);
    const dear = begin(b, program, { items: json({ p: 1 }) });
    expect(dear.held).toBe(false);
    await b.host.untilRest();
    expect([waiting?.id, newcomer.id].map((id) => admitted(b.host, id ?? ''))).toEqual([2500, 3500]);
  });

  it('[SHD15] a burst, then evenly, over restarts', async ({ expect }) => {
    const b = bench();
    const program = sketch({ a: pass }, [], { rateLimit: { limit: 3, periodMs: 3000, key: 'k' } });
    const ids = Array.from({ length: 7 }, () => begin(b, program).id);
    b.host.restart();
    await b.host.untilRest();
    expect(ids.map((id) => admitted(b.host, id))).toEqual([0, 0, 0, 1000, 2000, 3000, 4000]);
    b.clock.nowMs += 60_000;
    const later = Array.from({ length: 4 }, () => begin(b, program).id);
    await b.host.untilRest();
    expect(later.map((id) => admitted(b.host, id) - 64_000)).toEqual([0, 0, 0, 1000]);
  });

  it('[SHD16] the newest of a key, once it is quiet', async ({ expect }) => {
    const b = bench();
    const program = sketch({ a: pass }, [], { debounce: { delayMs: 100, key: '={{ $json.k }}' } });
    const ids: string[] = [];
    for (const k of ['a', 'a', 'b', 'a']) {
      ids.push(begin(b, program, { items: json({ k }) }).id);
      b.clock.nowMs += 40;
      b.host.turn(() => b.host.shard.tick());
    }
    b.host.restart();
    await b.host.untilRest();
    expect(ids.map((id) => b.host.get(id).status)).toEqual(['superseded', 'superseded', 'success', 'success']);
    expect(admitted(b.host, ids[3] ?? '')).toBe(220);
    expect(b.host.get(ids[0] ?? '').final?.err?.message).toContain(ids[1]);
  });

  it('[SHD16] not held for longer than the longest delay', async ({ expect }) => {
    const b = bench();
    const program = sketch({ a: pass }, [], { debounce: { delayMs: 100, maxDelayMs: 250 } });
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) {
      ids.push(begin(b, program).id);
      b.clock.nowMs += 60;
      b.host.turn(() => b.host.shard.tick());
    }
    await b.host.untilRest();
    expect(ids.map((id) => b.host.get(id).status)).toEqual([
      'superseded',
      'superseded',
      'superseded',
      'superseded',
      'success',
    ]);
    expect(admitted(b.host, ids[4] ?? '')).toBe(300);
    const next = begin(b, program);
    await b.host.untilRest();
    expect(admitted(b.host, next.id)).toBe(400);
  });

  it('[SHD17] one key, one run, whether committed or not; keys are a workflow’s own', ({ expect }) => {
    const b = bench({ manualCommit: true });
    const program = sketch({ a: listen });
    const first = begin(b, program, { key: '__proto__' });
    expect(b.host.start(program, { key: '__proto__' })).toEqual({ duplicate: first.id });
    b.host.commit();
    expect(b.host.start(program, { key: '__proto__' })).toEqual({ duplicate: first.id });
    b.host.restart();
    expect(b.host.start(program, { key: '__proto__' })).toEqual({ duplicate: first.id });
    expect('run' in b.host.start(sketch({ a: pass }, [], { workflow: 'other' }), { key: '__proto__' })).toBe(true);
    expect('run' in b.host.start(program, { key: 'constructor' })).toBe(true);
  });

  it('[SHD17] the workflow’s own key', ({ expect }) => {
    const b = bench();
    const program = sketch({ a: pass }, [], { idempotencyKey: '={{ $json.id }}' });
    const first = begin(b, program, { items: json({ id: 7 }) });
    expect(b.host.start(program, { items: json({ id: 7 }) })).toEqual({ duplicate: first.id });
    expect('run' in b.host.start(program, { items: json({ id: 8 }) })).toBe(true);
    expect(
      'run' in b.host.start(program, { items: json({}) }) && 'run' in b.host.start(program, { items: json({}) }),
    ).toBe(true);
  });

  it('[SHD18] a run that takes too long, from its admission', async ({ expect }) => {
    const b = bench();
    const program = sketch({ a: sleepFor(800) }, [], { timeoutMs: 1000, concurrency: { limit: 1 } });
    const ids = [begin(b, program).id, begin(b, program).id];
    const long = begin(b, sketch({ a: sleepFor(5000) }, [], { timeoutMs: 1000, workflow: 'long' }));
    b.host.restart();
    await b.host.untilRest();
    expect(ids.map((id) => b.host.get(id).status)).toEqual(['success', 'success']);
    expect(b.host.get(long.id).final).toMatchObject({
      status: 'error',
      at: START_MS + 1000,
      err: { code: 'run-timeout' },
    });
  });

  it('[SHD19] endless runs are stopped, long ones give way', async ({ expect }) => {
    const b = bench();
    const loop = sketch({ a: pass }, ['a -> a'], { maxSteps: 600 });
    const run = begin(b, loop);
    expect(run.final).toBeUndefined();
    expect(run.steps.length).toBeLessThan(300);
    const quick = begin(b, sketch({ a: pass }, [], { workflow: 'quick' }));
    expect(quick.final?.status).toBe('success');
    await b.host.untilRest(run.id);
    const after = b.host.get(run.id);
    expect(after.final?.err?.code).toBe('too-many-steps');
    expect(after.byNode[0]).toHaveLength(600);
  });
});

describe('the host', () => {
  const reply = { status: 201, headers: [], body: 'hi' } as const;
  const respond: Behaviour = {
    outputs: 1,
    run: (step) => ({ kind: 'output', outputs: [step.items], reply: { ...reply, headers: [] } }),
  };

  it('[SHD20] replies and ends are told after they are committed', ({ expect }) => {
    const b = bench({ manualCommit: true });
    const told: string[] = [];
    const program = sketch({ a: respond, b: pass }, ['a -> b']);
    b.host.turn(() =>
      b.host.shard.start(
        { program, mode: 'production', node: 'a', items: json({}) },
        {
          reply: ({ status }) => told.push(`reply ${status}`),
          rest: (run) => told.push(`rest ${run.status}`),
        },
      ),
    );
    expect(told).toEqual([]);
    b.host.commit();
    expect(told).toEqual(['reply 201', 'rest success']);
  });

  it('[SHD20] a run that waits without a date is at rest too', async ({ expect }) => {
    const b = bench();
    const told: string[] = [];
    const tell = (does: Behaviour) =>
      b.host.turn(() =>
        b.host.shard.start(
          { program: sketch({ a: does }), mode: 'production', node: 'a', items: json({}) },
          { rest: (run) => told.push(run.status) },
        ),
      );
    tell(listen);
    expect(told).toEqual(['waiting']);
    tell(sleepFor(1000));
    expect(told).toEqual(['waiting']);
    await b.host.untilRest();
    expect(told).toEqual(['waiting', 'success']);
    // who was told once that it rests is not told again that it ended
    for (const run of b.host.shard.runs.values()) b.host.turn(() => b.host.shard.signal(run, json({})));
    expect([b.host.shard.runs.size, told.length]).toEqual([0, 2]);
  });

  it('[SHD22] a restart loses what was not committed, and nothing else', async ({ expect }) => {
    const b = bench({ manualCommit: true });
    const program = sketch({ a: pass, b: sleepFor(100), c: pass }, ['a -> b', 'b -> c']);
    const kept = begin(b, program);
    b.host.commit();
    const lost = begin(b, program);
    b.host.restart();
    expect([...b.host.shard.runs.keys()]).toEqual([kept.id]);
    expect(() => b.host.get(lost.id)).toThrow('no run');
    await b.host.untilRest();
    expect(orderOfSteps(b.host.get(kept.id))).toEqual(['a', 'b', 'c']);
  });

  it('[SHD22] recovery twice in a row is recovery once', async ({ expect }) => {
    const b = bench({ replies: () => undefined });
    const runs = [effect('idempotent'), effect('unsafe'), sleepFor(10), listen].map((does, index) =>
      begin(b, sketch({ a: does }, [], { workflow: `w${index}` })),
    );
    b.host.restart();
    const before = [...b.host.journals.values()].map((journal) => journal.length);
    b.host.turn(() => b.host.shard.recover());
    expect([...b.host.journals.values()].map((journal) => journal.length)).toEqual(before);
    expect(b.orders).toHaveLength(3);
    expect(b.host.shard.runs.size).toBe(runs.length);
  });

  it('[SHD2] [SHD22] an effect whose performer breaks has failed', async ({ expect }) => {
    const b = bench({ perform: () => Promise.reject(new NodeError('x', 'gone')) });
    const run = await b.host.run(sketch({ a: effect('pure') }));
    expect(run.final?.err).toMatchObject({ code: 'effect-failed', message: 'NodeError: gone' });
  });

  it('[SHD22] events are told in order, once, when they are committed', async ({ expect }) => {
    const told: string[] = [];
    const b = bench({ onEvent: (_, event) => told.push(event.t) });
    const run = await b.host.run(sketch({ a: effect('unsafe') }), { onReply: () => undefined });
    expect(told).toEqual(kinds(b.host, run.id));
    expect(() => b.host.start({ ...sketch({}), workflow: 'none' })).toThrow('has no nodes');
  });
});
