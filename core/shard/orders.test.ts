import { describe, it } from 'vitest';
import { replay } from '../engine/replay.ts';
import type { Run } from '../engine/run.ts';
import { type EffectReply, type Wake } from '../node/kit.ts';
import {
  bench,
  type Behaviour,
  call,
  effect,
  json,
  kinds,
  listen,
  orderOfSteps,
  outputsOf,
  pass,
  passOn,
  sketch,
  sleepFor,
  START_MS,
  throwing,
  begin,
  failed,
} from './testing.ts';

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
