import { describe, it } from 'vitest';
import { bench, type Bench, json, listen, pass, sketch, sleepFor, START_MS, begin } from './testing.ts';

const admitted = (host: Bench['host'], id: string): number => (host.get(id).admittedAt ?? 0) - START_MS;

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
