import type { JsonObject } from '../../core/data/item.ts';
import type { RunEvent } from '../../core/engine/events.ts';
import { compileProgram, type Program } from '../../core/engine/program.ts';
import { replay } from '../../core/engine/replay.ts';
import type { Run } from '../../core/engine/run.ts';
import type { Edge, Workflow, WorkflowNode, WorkflowSettings } from '../../core/graph/document.ts';
import type { EffectReply } from '../../core/node/kit.ts';
import { MemoryHost } from '../../core/shard/memory-host.ts';
import { VirtualClock } from '../../core/shard/virtual-clock.ts';
import { registry } from './golden.ts';

type NodeSketch = Partial<WorkflowNode> & { type: string };

const item = (json: JsonObject) => [{ json }];

function build(
  name: string,
  nodes: Record<string, NodeSketch>,
  edges: readonly string[],
  settings: WorkflowSettings = {},
  version = 'v1',
): Program {
  const defs = Object.entries(nodes).map(([id, more], index): WorkflowNode => {
    return { id, name: id, version: 1, parameters: {}, position: [index * 100, 0], ...more };
  });
  const doc: Workflow = { schema: 1, name, nodes: defs, edges: edges.map(edge), settings, notes: [], pinned: [] };
  return compileProgram({ workflow: name, version, doc, registry });
}

function edge(text: string): Edge {
  const [from = '', to = ''] = text.split(' -> ');
  const end = (side: string): Edge['from'] => {
    const [node = '', index = '0'] = side.split('.');
    return { node, port: 'main', index: Number(index) };
  };
  return { from: end(from), to: end(to) };
}

const sim = (kind: string, parameters: JsonObject = {}, more: Partial<WorkflowNode> = {}): NodeSketch => ({
  type: `sim-${kind}`,
  parameters,
  ...more,
});

interface Stage {
  host: MemoryHost;
  clock: VirtualClock;
  start(program: Program, items?: JsonObject): Run;
}

function stage(
  workflows: readonly Program[] = [],
  reply: (count: number) => EffectReply | undefined = () => ({ ok: true, value: 0 }),
): Stage {
  const clock = new VirtualClock(Date.UTC(2026, 0, 1));
  let count = 0;
  const host = new MemoryHost({
    now: clock.now,
    sleep: clock.sleep,
    random: () => 0.25,
    load: (name) => workflows.find(({ workflow }) => workflow === name),
    perform: async () => reply(++count) ?? new Promise(() => undefined),
  });
  const start = (program: Program, json: JsonObject = { n: 1 }): Run => {
    const started = host.start(program, { items: item(json) });
    if (!('run' in started)) throw new Error('a duplicate');
    return started.run;
  };
  return { host, clock, start };
}

interface Recording {
  run: Run;
  events: readonly RunEvent[];
}

const recorded = ({ host }: Stage, id: string): Recording => ({
  run: host.get(id),
  events: host.journals.get(id) ?? [],
});

async function whole(program: Program, json?: JsonObject, made = stage()): Promise<Recording> {
  const { id } = made.start(program, json);
  await made.host.untilRest();
  return recorded(made, id);
}

const child = build('child', { start: { type: 'execute-workflow-trigger' }, work: sim('map', { add: 5 }) }, [
  'start -> work',
]);
const catcher = build('catcher', { start: { type: 'error-trigger' } }, []);

/** What is recorded, by file name. A recording is made once and then only read. */
export const CASES: Record<string, { title: string; record(): Promise<Recording> }> = {
  linear: {
    title: 'three steps in a row',
    record: () =>
      whole(build('linear', { s: sim('start'), a: sim('map', { add: 2 }), b: sim('map') }, ['s -> a', 'a -> b'])),
  },
  'branches-and-join': {
    title: 'a branch that stays empty, and a join that runs without it',
    record: () =>
      whole(
        build(
          'branches',
          {
            s: sim('start'),
            b: sim('branch', { mod: 2 }),
            x: sim('map'),
            y: sim('map', {}, { position: [0, -50] }),
            j: sim('join'),
            t: sim('map'),
          },
          ['s -> b', 'b.0 -> x', 'b.1 -> y', 'x -> j', 'y -> j.1', 's -> t', 'j -> t'],
        ),
        { n: 3 },
      ),
  },
  'old-order': {
    title: 'the order of old n8n files',
    record: () =>
      whole(
        build(
          'old',
          { s: sim('start'), a: sim('map'), o: sim('source', { items: 2 }), j: sim('join'), z: sim('map') },
          ['s -> a', 's -> z', 'a -> j', 'o -> j.1'],
          {
            executionOrder: 'v0',
          },
        ),
      ),
  },
  loop: {
    title: 'a loop that counts in its context',
    record: () =>
      whole(
        build('loop', { s: sim('start'), l: sim('loop', { times: 3 }), b: sim('map'), e: sim('map') }, [
          's -> l',
          'l.1 -> b',
          'b -> l',
          'l.0 -> e',
        ]),
      ),
  },
  'wait-over': {
    title: 'thirty days of waiting',
    record: () =>
      whole(
        build('wait', { s: sim('start'), w: sim('wait', { ms: 2_592_000_000 }), e: sim('map') }, ['s -> w', 'w -> e']),
      ),
  },
  'wait-signal': {
    title: 'still waiting for a signal',
    record: () =>
      whole(
        build('signal', { s: sim('start'), w: sim('wait', { signal: true }), e: sim('map') }, ['s -> w', 'w -> e']),
      ),
  },
  signaled: {
    title: 'a signal with data ended the wait',
    async record() {
      const made = stage();
      const { id } = made.start(
        build('signal', { s: sim('start'), w: sim('wait', { ms: 1e6, signal: true }), e: sim('map') }, [
          's -> w',
          'w -> e',
        ]),
      );
      made.host.turn(() => made.host.shard.signal(made.host.get(id), item({ n: 8 }), { path: '/x' }));
      await made.host.untilRest();
      return recorded(made, id);
    },
  },
  retries: {
    title: 'a keyed effect that came through at the third try',
    record: () =>
      whole(
        build(
          'retries',
          {
            s: sim('start'),
            e: sim(
              'effect',
              { class: 'keyed', rounds: 2 },
              { retry: { maxTries: 4, waitMs: 100, backoff: 2, jitter: 0.5 } },
            ),
          },
          ['s -> e'],
        ),
        undefined,
        stage([], (count) =>
          count < 3 ? { ok: false, error: { code: 'down', message: 'Down.' } } : { ok: true, value: count - 3 },
        ),
      ),
  },
  facts: {
    title: 'facts noted by a node, and by an effect that failed first',
    record: () =>
      whole(
        build(
          'facts',
          {
            s: { type: 'manual' },
            note: {
              type: 'execution-data',
              version: 1.1,
              parameters: { dataToSave: { values: [{ key: 'order', value: '={{ $json.n }}' }] } },
            },
            e: sim('effect', { class: 'pure' }, { retry: { maxTries: 2, waitMs: 10 } }),
          },
          ['s -> note', 'note -> e'],
        ),
        { n: 7 },
        stage([], (count) =>
          count < 2
            ? { ok: false, error: { code: 'down', message: 'Down.', customData: { tries: '1' } } }
            : { ok: true, value: 1 },
        ),
      ),
  },
  'in-doubt': {
    title: 'an unsafe effect whose outcome was lost',
    async record() {
      const made = stage([], () => undefined);
      const { id } = made.start(
        build('doubt', { s: sim('start'), e: sim('effect', { class: 'unsafe' }), z: sim('map') }, ['s -> e', 'e -> z']),
      );
      made.host.restart();
      return recorded(made, id);
    },
  },
  'error-modes': {
    title: 'continue, error output, always output, once, disabled',
    record: () =>
      whole(
        build(
          'modes',
          {
            s: sim('source', { items: 4 }),
            a: sim('flaky', { share: 1 }, { onError: 'continue' }),
            p: sim('partial', {}, { onError: 'error-output' }),
            none: sim('source', { items: 0 }, { alwaysOutput: true }),
            once: sim('map', {}, { executeOnce: true }),
            off: sim('flaky', { share: 1 }, { disabled: true }),
          },
          ['s -> a', 'a -> p', 'p.0 -> none', 'p.1 -> off', 'none -> once'],
        ),
      ),
  },
  calls: {
    title: 'a call of two children, one after another',
    record: () =>
      whole(
        build(
          'parent',
          { s: sim('source', { items: 2 }), c: sim('call', { workflow: 'child', split: true }), e: sim('map') },
          ['s -> c', 'c -> e'],
        ),
        undefined,
        stage([child]),
      ),
  },
  'failed-and-handed-off': {
    title: 'a failure that started its error workflow',
    record: () =>
      whole(
        build('fails', { s: sim('flaky', { share: 1 }) }, [], { errorWorkflow: 'catcher' }),
        undefined,
        stage([catcher]),
      ),
  },
  'held-and-admitted': {
    title: 'held by a concurrency limit, then by a rate, then admitted',
    async record() {
      const made = stage();
      const program = build('limited', { s: sim('wait', { ms: 500 }) }, [], {
        concurrency: { limit: 1 },
        rateLimit: { limit: 1, periodMs: 2000 },
        priority: 3,
      });
      made.start(program);
      const { id } = made.start(program);
      await made.host.untilRest();
      return recorded(made, id);
    },
  },
  held: {
    title: 'still held',
    async record() {
      const made = stage();
      const program = build('limited', { s: sim('wait', { signal: true }) }, [], {
        concurrency: { limit: 1, key: 'k' },
      });
      made.start(program);
      return recorded(made, made.start(program).id);
    },
  },
  superseded: {
    title: 'replaced by a newer trigger',
    async record() {
      const made = stage();
      const program = build('debounced', { s: sim('start') }, [], { debounce: { delayMs: 100, maxDelayMs: 500 } });
      const { id } = made.start(program);
      made.start(program);
      await made.host.untilRest();
      return recorded(made, id);
    },
  },
  'paused-and-canceled': {
    title: 'paused, resumed, canceled',
    async record() {
      const made = stage();
      const run = made.start(build('hand', { s: sim('start'), w: sim('wait', { ms: 1000 }) }, ['s -> w']));
      for (const action of ['pause', 'resume', 'pause'] as const) {
        made.clock.nowMs += 10;
        made.host.turn(() => made.host.shard[action](run));
      }
      made.host.turn(() => made.host.shard.cancel(run, 'By hand.'));
      return recorded(made, run.id);
    },
  },
  rerun: {
    title: 'the rerun of a run from its second step',
    async record() {
      const made = stage();
      const program = build('again', { s: sim('start'), a: sim('map'), b: sim('map') }, ['s -> a', 'a -> b']);
      const first = await whole(program, { n: 4 }, made);
      const run = made.host.turn(() => made.host.shard.rerun(first.run.id, program, first.events, 1));
      return recorded(made, run.id);
    },
  },
  migrated: {
    title: 'moved to a longer version while it waited',
    async record() {
      const made = stage();
      const nodes = { s: sim('start'), w: sim('wait', { ms: 1000 }) };
      const run = made.start(build('moves', nodes, ['s -> w']));
      const next = build('moves', { ...nodes, more: sim('map') }, ['s -> w', 'w -> more'], {}, 'v2');
      made.host.programs.set('moves@v2', next);
      made.host.turn(() => made.host.shard.exchange(run, replay(run.id, next, made.host.journals.get(run.id) ?? [])));
      await made.host.untilRest();
      return recorded(made, run.id);
    },
  },
  'hostile-names': {
    title: 'nodes and keys called __proto__ and constructor',
    record: () => {
      const nodes = Object.fromEntries([
        ['constructor', sim('start')],
        ['toString', sim('start')],
      ]);
      Object.defineProperty(nodes, '__proto__', { value: sim('start'), enumerable: true });
      return whole(
        build('hostile', nodes, ['constructor -> __proto__', '__proto__ -> toString']),
        JSON.parse('{"n":1,"__proto__":{"a":1},"constructor":2}') as JsonObject,
      );
    },
  },
  'real-nodes': {
    title: 'set, if, merge and loop as they are shipped',
    record: () =>
      whole(
        build(
          'real',
          {
            s: { type: 'manual' },
            set: {
              type: 'set',
              version: 3.4,
              parameters: {
                assignments: {
                  assignments: [{ id: '1', name: 'doubled', value: '={{ $json.n * 2 }}', type: 'number' }],
                },
                options: {},
              },
            },
            loop: { type: 'loop', version: 3, parameters: { batchSize: 1 } },
            body: { type: 'no-op' },
            merge: { type: 'merge', version: 3.2, parameters: {} },
          },
          ['s -> set', 'set -> loop', 'loop.1 -> body', 'body -> loop', 'loop.0 -> merge', 's -> merge.1'],
        ),
        { n: 21 },
      ),
  },
};
