import { describe, it } from 'vitest';
import { NodeError } from '../node/kit.ts';
import {
  bench,
  type Behaviour,
  effect,
  json,
  kinds,
  listen,
  orderOfSteps,
  pass,
  sketch,
  sleepFor,
  begin,
} from './testing.ts';

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

  it('[SHD20] a run that waits without a date is at rest too, or for the next message of its chat', async ({
    expect,
  }) => {
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
    tell({ ...sleepFor(1000), run: (step) => ({ kind: 'wait', signal: 'chat', untilMs: step.nowMs + 1000 }) });
    expect(told).toEqual(['waiting', 'success', 'waiting']);
    // who was told once that it rests is not told again that it ended
    for (const run of b.host.shard.runs.values()) b.host.turn(() => b.host.shard.signal(run, json({})));
    expect([b.host.shard.runs.size, told.length]).toEqual([0, 3]);
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
