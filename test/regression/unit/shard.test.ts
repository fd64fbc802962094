import { describe, it } from 'vitest';
import { replay } from '../../../core/engine/replay.ts';
import {
  bench,
  call,
  effect,
  json,
  kinds,
  listen,
  orderOfSteps,
  out,
  pass,
  passOn,
  sketch,
  sleepFor,
  START_MS,
  throwing,
} from '../../../core/shard/testing.ts';

const child = sketch({ start: { type: 'execute-workflow-trigger' }, work: pass }, ['start -> work'], {
  workflow: 'child',
});

describe('shard', () => {
  it('[P10] a child that ends at once is named in the journal before its end', async ({ expect }) => {
    const { host } = bench({ workflows: [child] });
    const parent = sketch({ a: pass, b: call('child', true, [json({ n: 1 }), json({ n: 2 })]), c: pass }, [
      'a -> b',
      'b -> c',
    ]);
    const run = await host.run(parent);
    expect(run.status).toBe('success');
    expect(kinds(host, run.id)).toEqual([
      'start',
      'step',
      'call',
      'child',
      'child-end',
      'child',
      'child-end',
      'step',
      'step',
      'end',
    ]);
    expect(() => replay(run.id, parent, host.journals.get(run.id) ?? [])).not.toThrow();
  });

  it('[P1] a called workflow with its own idempotency key does not hang its caller', async ({ expect }) => {
    const keyed = sketch({ start: { type: 'execute-workflow-trigger' } }, [], {
      workflow: 'child',
      idempotencyKey: 'same',
    });
    const { host } = bench({ workflows: [keyed] });
    const run = await host.run(sketch({ a: call('child', true, [json({}), json({})]) }));
    expect(run.status).toBe('success');
  });

  it('[P1] an error workflow whose limits cannot be evaluated is given up', async ({ expect }) => {
    const broken = sketch({ start: { type: 'error-trigger' } }, [], {
      workflow: 'oops',
      concurrency: { limit: 1, key: '={{ $json.a.b.c.d }}' },
    });
    const { host } = bench({ workflows: [broken] });
    const run = await host.run(sketch({ a: throwing() }, [], { errorWorkflow: 'oops' }));
    expect(run.live).toBe(false);
    expect(kinds(host, run.id).at(-1)).toBe('handoff');
  });

  it('[P6] a timer of an earlier wait does not cut an effect short', async ({ expect }) => {
    const both = {
      outputs: 1,
      run: sleepFor(1000, 'webhook').run,
      resume: (step: Parameters<typeof passOn>[0], wake: { kind: string }) => {
        if (wake.kind === 'reply') return passOn(step);
        return effect('idempotent').run(step);
      },
    };
    let settle: ((reply: { ok: true; value: null }) => void) | undefined;
    const { host, clock } = bench({
      perform: () =>
        new Promise((resolve) => {
          settle = resolve;
        }),
    });
    const started = host.start(sketch({ a: { does: both, timeoutMs: 60_000 } }));
    const run = 'run' in started ? started.run : undefined;
    if (!run) throw new Error('not started');
    clock.nowMs += 500;
    host.turn(() => host.shard.signal(run, json({ by: 'hand' })));
    clock.nowMs += 600;
    host.turn(() => host.shard.tick());
    expect(run.final).toBeUndefined();
    settle?.({ ok: true, value: null });
    await host.untilRest(run.id);
    expect(host.get(run.id).status).toBe('success');
  });

  it('[P1] an effect that times out while its run is paused is not forgotten', async ({ expect }) => {
    const { host, clock } = bench({ replies: () => undefined });
    const started = host.start(sketch({ a: { does: effect('idempotent'), timeoutMs: 1000 } }));
    const run = 'run' in started ? started.run : undefined;
    if (!run) throw new Error('not started');
    host.turn(() => host.shard.pause(run));
    clock.nowMs += 2000;
    host.turn(() => host.shard.tick());
    host.turn(() => host.shard.resume(run));
    await host.untilRest(run.id);
    expect(host.get(run.id).final?.err?.code).toBe('timeout');
  });

  it('[P9] a rate limit survives a restart', async ({ expect }) => {
    const { host } = bench();
    const program = sketch({ a: pass }, [], { rateLimit: { limit: 1, periodMs: 60_000 } });
    await host.run(program);
    host.restart();
    const second = await host.run(program);
    expect(second.admittedAt).toBe(START_MS + 60_000);
  });

  it('[P9] a rate limit survives a restart while its run is under way', async ({ expect }) => {
    const { host } = bench();
    const program = sketch({ a: listen }, [], { rateLimit: { limit: 1, periodMs: 60_000 } });
    await host.run(program);
    const [first] = host.shard.runs.values();
    const replayed = first && replay(first.id, program, host.journals.get(first.id) ?? []);
    expect(replayed?.tat).toBe(START_MS + 60_000);
  });

  it('[P7] a run that is held moves to another version as a whole', async ({ expect }) => {
    const { host, clock } = bench();
    const old = sketch({ a: pass }, [], { debounce: { delayMs: 1000 } });
    const young = sketch({ a: pass, b: pass }, ['a -> b'], { debounce: { delayMs: 1000 }, version: 'v2' });
    const started = host.start(old);
    const run = 'run' in started ? started.run : undefined;
    if (!run) throw new Error('not started');
    host.programs.set('flow@v2', young);
    const moved = replay(run.id, young, host.journals.get(run.id) ?? []);
    host.turn(() => host.shard.exchange(run, moved));
    clock.nowMs += 1000;
    await host.untilRest();
    expect(host.shard.runs.size).toBe(0);
    expect(host.get(run.id).status).toBe('success');
    expect(orderOfSteps(host.get(run.id))).toEqual(['a', 'b']);
  });

  it('[P7] a long run that moves between two slices goes on as the new version only', async ({ expect }) => {
    const spin = {
      outputs: 2,
      run: (step: Parameters<typeof passOn>[0]) => (step.runIndex < 400 ? out(step.items, []) : out([], step.items)),
    };
    const edges = ['loop.0 -> loop', 'loop.1 -> end'];
    const old = sketch({ loop: spin, end: pass }, edges);
    const young = sketch({ loop: spin, end: pass, more: pass }, [...edges, 'end -> more'], { version: 'v2' });
    const { host } = bench();
    const started = host.start(old);
    const run = 'run' in started ? started.run : undefined;
    if (!run) throw new Error('not started');
    expect(run.final).toBeUndefined();
    host.programs.set('flow@v2', young);
    const moved = replay(run.id, young, host.journals.get(run.id) ?? []);
    host.turn(() => host.shard.exchange(run, moved));
    await host.untilRest();
    expect(host.get(run.id).status).toBe('success');
    expect(orderOfSteps(host.get(run.id)).slice(-2)).toEqual(['end', 'more']);
  });

  it('[P7] the time limit of a run is that of the version it is on', async ({ expect }) => {
    const old = sketch({ a: listen }, [], { timeoutMs: 1000 });
    const young = sketch({ a: listen }, [], { timeoutMs: 5000, version: 'v2' });
    const { host, clock } = bench();
    const run = await host.run(old);
    host.programs.set('flow@v2', young);
    host.turn(() => host.shard.exchange(run, replay(run.id, young, host.journals.get(run.id) ?? [])));
    await host.untilRest();
    expect(host.get(run.id).final).toMatchObject({ status: 'error', at: START_MS + 5000 });
    expect(clock.nowMs).toBe(START_MS + 5000);
  });

  it('[P8] a run that times out takes the run it waits for with it', async ({ expect }) => {
    const endless = sketch({ start: { type: 'execute-workflow-trigger', does: listen } }, [], { workflow: 'child' });
    const { host } = bench({ workflows: [endless] });
    const run = await host.run(sketch({ a: call('child') }, [], { timeoutMs: 1000 }));
    await host.untilRest();
    expect(host.get(run.id).status).toBe('error');
    expect(host.shard.runs.size).toBe(0);
  });

  it('[P9] equals keep their order while they are held', async ({ expect }) => {
    const { host, clock } = bench();
    const program = sketch({ a: pass }, [], { rateLimit: { limit: 1, periodMs: 1000 }, concurrency: { limit: 5 } });
    const ids: string[] = [];
    for (let n = 0; n < 4; n++) {
      const started = host.start(program);
      if ('run' in started) ids.push(started.run.id);
    }
    // too early on purpose: whoever looks must not lose its place
    for (let n = 0; n < 12; n++) {
      clock.nowMs += 400;
      host.turn(() => host.shard.tick());
    }
    await host.untilRest();
    const admitted = ids.map((id) => host.get(id).admittedAt ?? 0);
    expect(admitted).toEqual(admitted.toSorted((a, b) => a - b));
    expect(new Set(admitted).size).toBe(4);
  });

  it('[P4] an unsafe effect that timed out is not repeated by a retry', async ({ expect }) => {
    const { host, orders } = bench({ replies: () => undefined });
    const retry = { maxTries: 3, waitMs: 10 };
    const run = await host.run(sketch({ a: { does: effect('unsafe'), timeoutMs: 1000, retry } }));
    expect(orders).toHaveLength(1);
    expect(run.final?.err?.code).toBe('timeout');
  });

  it('[P1] the time limit of a run holds for a rerun too', async ({ expect }) => {
    const { host } = bench();
    const program = sketch({ a: pass, b: listen }, ['a -> b'], { timeoutMs: 1000 });
    const first = await host.run(program);
    const events = host.journals.get(first.id) ?? [];
    host.turn(() => host.shard.rerun(first.id, program, events, 1));
    await host.untilRest();
    expect(host.shard.runs.size).toBe(0);
  });

  it('[P2] a program that arrives twice starts its child once', async ({ expect }) => {
    const slow = sketch({ start: { type: 'execute-workflow-trigger', does: listen } }, [], { workflow: 'child' });
    const { host } = bench({ workflows: [slow] });
    const started = host.start(sketch({ a: call('child') }));
    const run = 'run' in started ? started.run : undefined;
    if (!run) throw new Error('not started');
    await host.untilRest();
    host.turn(() => host.shard.loaded({ run: run.id, step: 0, attempt: 1, round: 0 }, slow));
    expect([...host.shard.runs.values()].filter((other) => other.start.parent)).toHaveLength(1);
  });
});
