import { describe, it } from 'vitest';
import type { Item } from '../data/item.ts';
import { type StepContext } from '../node/kit.ts';
import {
  bench,
  type Behaviour,
  call,
  effect,
  json,
  kinds,
  listen,
  out,
  outputsOf,
  pass,
  passOn,
  sketch,
  sleepFor,
  START_MS,
  throwing,
  begin,
} from './testing.ts';

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
    expect(b.host.get(id).steps[0]?.called).toEqual([...b.host.journals.keys()].filter((run) => run !== id));
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
