import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, it } from 'vitest';
import type { JsonObject } from '../../core/data/item.ts';
import type { Edge, Workflow, WorkflowNode, WorkflowSettings } from '../../core/graph/document.ts';
import { type ObjectBindings, runnerOf } from '../stubs.ts';
import type { ControlCall, HookCall, HookReply, Outcome, RunnerRpc, RunView, StartCall } from './protocol.ts';

const bindings = env as unknown as ObjectBindings;
let serial = 0;
const freshTenant = (): string => `runner-test-${serial++}`;
const runner = (tenant: string): RunnerRpc => runnerOf(bindings, tenant, 0);

const node = (
  id: string,
  type: string,
  parameters: JsonObject = {},
  more: Partial<WorkflowNode> = {},
): WorkflowNode => ({
  id,
  name: id,
  type,
  version: type === 'set' ? 3.4 : type === 'webhook' ? 2 : 1,
  parameters,
  position: [0, 0],
  ...more,
});

const chain = (...ids: string[]): Edge[] =>
  ids.slice(1).map((to, index) => ({
    from: { node: ids[index] ?? '', port: 'main', index: 0 },
    to: { node: to, port: 'main', index: 0 },
  }));

const workflow = (nodes: WorkflowNode[], edges: Edge[], settings: WorkflowSettings = {}): Workflow => ({
  schema: 1,
  name: 'test',
  nodes,
  edges,
  settings,
  notes: [],
  pinned: [],
});

const assign = (name: string, value: string): JsonObject => ({
  assignments: { assignments: [{ id: '1', name, type: 'string', value }] },
  includeOtherFields: true,
});

const simple = workflow(
  [node('in', 'manual'), node('mark', 'set', assign('seen', '={{ $json.a }}!'))],
  chain('in', 'mark'),
);

async function start(
  target: RunnerRpc,
  doc: Workflow,
  more: Partial<StartCall> = {},
): Promise<{ run: string; view?: RunView }> {
  const source = { workflow: 'wf_test', version: `draft:${JSON.stringify(doc).length}`, doc };
  const reply = await target.start({ source, mode: 'manual', items: [{ json: { a: 'x' } }], waitMs: 5000, ...more });
  if (!reply.ok) throw new Error(reply.error.message);
  const { run, view: shown } = reply.value;
  return shown === undefined ? { run } : { run, view: JSON.parse(shown) as RunView };
}

async function view(target: RunnerRpc, run: string, waitMs = 0): Promise<RunView> {
  const reply = await target.view(run, waitMs);
  if (!reply.ok) throw new Error(reply.error.code);
  return JSON.parse(reply.value) as RunView;
}

const control = async (target: RunnerRpc, run: string, call: ControlCall): Promise<unknown> => {
  const reply = await target.control(run, call);
  return reply.ok ? reply.value : reply.error.code;
};

describe('runner', () => {
  it('[P1] runs a workflow to its end and shows every step with items', async ({ expect }) => {
    const target = runner(freshTenant());
    const { run, view: finished } = await start(target, simple);
    expect(finished?.status).toBe('success');
    expect(finished?.nodes.map((step) => step.node)).toEqual(['in', 'mark']);
    expect(finished?.nodes[1]?.outputs[0]?.[0]?.json).toEqual({ a: 'x', seen: 'x!' });
    expect((await view(target, run)).nodes[1]?.outputs).toEqual(finished?.nodes[1]?.outputs);
  });

  it('writes one row for a pure run once its program is known', async ({ expect }) => {
    const target = runner(freshTenant());
    await start(target, simple);
    const before = await target.stats();
    await start(target, simple);
    const after = await target.stats();
    expect(after.rowsWritten - before.rowsWritten).toBe(1);
    expect(after.liveRuns).toBe(0);
  });

  it('[P6] keeps a waiting run through an eviction and fires its timer by alarm', async ({ expect }) => {
    const tenant = freshTenant();
    const doc = workflow(
      [
        node('in', 'manual'),
        node('pause', 'wait', { amount: 1, unit: 'seconds' }),
        node('mark', 'set', assign('seen', 'late')),
      ],
      chain('in', 'pause', 'mark'),
    );
    const { run } = await start(runner(tenant), doc, { waitMs: 0 });
    expect((await view(runner(tenant), run)).waitingFor).toBe('time');
    const stub = (env as unknown as { RUNNER: DurableObjectNamespace }).RUNNER.getByName(`${tenant}/shard-0`);
    await evictDurableObject(stub);
    const after = await view(runner(tenant), run, 5000);
    expect(after.status).toBe('success');
    expect(after.nodes.map((step) => step.node)).toEqual(['in', 'pause', 'mark']);
    expect((after.finishedAt ?? 0) - after.startedAt).toBeGreaterThanOrEqual(1000);
    expect(await runDurableObjectAlarm(stub)).toBeTypeOf('boolean');
  });

  it('[EXW4] calls a workflow that is written on a node, also after an eviction, and shows its run', async ({
    expect,
  }) => {
    const tenant = freshTenant();
    const part = (name: string, type: string, parameters: JsonObject, typeVersion = 1): JsonObject => {
      return { id: name, name, type: `n8n-nodes-base.${type}`, typeVersion, parameters, position: [0, 0] };
    };
    const to = (name: string): JsonObject => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
    const written = {
      nodes: [
        part('begin', 'executeWorkflowTrigger', {}),
        part('pause', 'wait', { amount: 1, unit: 'seconds' }),
        part('twice', 'set', { mode: 'raw', jsonOutput: '={{ { n: $json.n * 2 } }}' }, 3.4),
      ],
      connections: { begin: to('pause'), pause: to('twice') },
    };
    const inner = { source: 'parameter', workflowJson: JSON.stringify(written) };
    const doc = workflow(
      [node('in', 'manual'), node('odd # name', 'execute-workflow', inner, { version: 1.2 })],
      chain('in', 'odd # name'),
    );
    const { run } = await start(runner(tenant), doc, { waitMs: 0, items: [{ json: { n: 4 } }] });
    const stub = (env as unknown as { RUNNER: DurableObjectNamespace }).RUNNER.getByName(`${tenant}/shard-0`);
    await evictDurableObject(stub);
    const after = await view(runner(tenant), run, 5000);
    expect(after).toMatchObject({ status: 'success' });
    expect(after.nodes[1]?.outputs[0]?.map(({ json }) => json)).toEqual([{ n: 8 }]);
    await evictDurableObject(stub);
    const listed = await runner(tenant).list({ limit: 5 });
    const child = listed.ok ? listed.value.runs.find(({ id }) => id !== run) : undefined;
    expect((await view(runner(tenant), child?.id ?? '')).nodes.map((step) => step.node)).toEqual([
      'begin',
      'pause',
      'twice',
    ]);
  });

  it('continues a run that waits for a webhook when its resume URL is called, and only then', async ({ expect }) => {
    const tenant = freshTenant();
    const doc = workflow(
      [node('in', 'manual'), node('ask', 'wait', { resume: 'webhook' }, { version: 1.1 })],
      chain('in', 'ask'),
    );
    const { run, view: waiting } = await start(runner(tenant), doc);
    expect(waiting?.status).toBe('waiting');
    const token = waiting?.resumeUrls?.[0]?.url.split('/').at(-1) ?? '';
    expect(await control(runner(tenant), run, { kind: 'signal', token: 'guess', items: [] })).toBe('run-unknown');
    await control(runner(tenant), run, { kind: 'signal', token, items: [{ json: { yes: true } }] });
    const after = await view(runner(tenant), run, 5000);
    expect(after.status).toBe('success');
    expect(after.nodes[1]?.outputs[0]?.[0]?.json).toMatchObject({ yes: true });
  });

  it('[P1] admits one run per idempotency key, also after an eviction', async ({ expect }) => {
    const tenant = freshTenant();
    const first = await start(runner(tenant), simple, { idempotencyKey: 'k' });
    await evictDurableObject(
      (env as unknown as { RUNNER: DurableObjectNamespace }).RUNNER.getByName(`${tenant}/shard-0`),
    );
    const again = await start(runner(tenant), simple, { idempotencyKey: 'k' });
    expect(again.run).toBe(first.run);
  });

  it('[P8] cancels a waiting run for good', async ({ expect }) => {
    const target = runner(freshTenant());
    const doc = workflow(
      [node('in', 'manual'), node('ask', 'wait', { resume: 'webhook' }, { version: 1.1 })],
      chain('in', 'ask'),
    );
    const { run } = await start(target, doc);
    await control(target, run, { kind: 'cancel' });
    expect((await view(target, run)).status).toBe('canceled');
    expect(await control(target, run, { kind: 'cancel' })).toBe('run-finished');
  });

  it('[P5] refuses the write of a driver that was replaced, and loses nothing that was acknowledged', async ({
    expect,
  }) => {
    const tenant = freshTenant();
    const { run } = await start(runner(tenant), simple);
    const stub = (env as unknown as { RUNNER: DurableObjectNamespace }).RUNNER.getByName(`${tenant}/shard-0`);
    await runInDurableObject(stub, (_, state) => {
      state.storage.sql.exec("UPDATE meta SET value = '99' WHERE name = 'epoch'");
    });
    await expect(start(runner(tenant), simple, { waitMs: 0 })).rejects.toThrow('Fenced');
    // the object starts again from disk and takes the next epoch
    expect((await start(runner(tenant), simple)).view?.status).toBe('success');
    const list = await runner(tenant).list({ limit: 10 });
    expect(list.ok && list.value.runs).toHaveLength(2);
    expect((await view(runner(tenant), run)).status).toBe('success');
  });

  it('[SHD25] fails the step that kept ending the process, and continues the other runs', async ({ expect }) => {
    const tenant = freshTenant();
    const doc = workflow(
      [
        node('in', 'manual'),
        node('pause', 'wait', { amount: 1, unit: 'seconds' }),
        node('mark', 'set', assign('seen', 'late')),
      ],
      chain('in', 'pause', 'mark'),
    );
    const bad = await start(runner(tenant), doc, { waitMs: 0 });
    const good = await start(runner(tenant), doc, { waitMs: 0 });
    // An object that still has something to report is not evicted.
    await runner(tenant).settle();
    const stub = (env as unknown as { RUNNER: DurableObjectNamespace }).RUNNER.getByName(`${tenant}/shard-0`);
    const note = (write?: string): Promise<string | undefined> =>
      runInDurableObject(stub, (_, state) => {
        if (write !== undefined) {
          state.storage.sql.exec("INSERT OR REPLACE INTO meta (name, value) VALUES ('shard-note', ?)", write);
        }
        const sql = "SELECT value FROM meta WHERE name = 'shard-note'";
        return state.storage.sql.exec<{ value: string }>(sql).toArray()[0]?.value;
      });
    // as two hosts left it that ended while they drove this step, and nothing else
    const at: [string, string] = [bad.run, '1.1'];
    await note(JSON.stringify({ marked: [at], stepwise: true, careful: [[...at, 1]] }));
    await evictDurableObject(stub);
    const given = await view(runner(tenant), bad.run, 15_000);
    expect([given.status, given.error?.code]).toEqual(['error', 'step-killed-host']);
    expect(given.nodes.at(-1)).toMatchObject({ node: 'pause', status: 'error', error: { code: 'step-killed-host' } });
    expect((await view(runner(tenant), good.run, 15_000)).status).toBe('success');
    expect(JSON.parse((await note()) ?? '')).toEqual({ marked: [], stepwise: false, careful: [] });
  });

  it('reruns from a node with the outcomes before it', async ({ expect }) => {
    const target = runner(freshTenant());
    const { run } = await start(target, simple);
    const reply = await target.control(run, {
      kind: 'rerun',
      by: { kind: 'member', id: 'usr_a' },
      node: 'mark',
      waitMs: 5000,
    });
    if (!reply.ok) throw new Error(reply.error.code);
    const { view: text } = reply.value as { view: string };
    const again = JSON.parse(text) as RunView;
    expect(again.id).not.toBe(run);
    expect(again.mode).toBe('retry');
    expect(again.startedBy).toEqual({ kind: 'member', id: 'usr_a' });
    expect(again.nodes.map((step) => [step.node, step.status])).toEqual([
      ['in', 'success'],
      ['mark', 'success'],
    ]);
  });

  it('stores large values by reference and reads them back', async ({ expect }) => {
    const tenant = freshTenant();
    const items = Array.from({ length: 2000 }, (_, index) => ({ json: { a: `item ${index}`, pad: 'x'.repeat(100) } }));
    const { run } = await start(runner(tenant), simple, { items });
    const stub = (env as unknown as { RUNNER: DurableObjectNamespace }).RUNNER.getByName(`${tenant}/shard-0`);
    const longest = await runInDurableObject(
      stub,
      (_, state) => state.storage.sql.exec<{ n: number }>('SELECT max(length(data)) AS n FROM segments').one().n,
    );
    expect(longest).toBeLessThan(65_536);
    const after = await view(runner(tenant), run);
    expect(after.nodes[1]?.outputs[0]).toHaveLength(2000);
    expect(after.nodes[1]?.outputs[0]?.[1999]?.json.seen).toBe('item 1999!');
  });

  it('lists newest first, filters, and pages without gaps', async ({ expect }) => {
    const target = runner(freshTenant());
    const ids: string[] = [];
    for (let index = 0; index < 7; index++) ids.push((await start(target, simple)).run);
    const failing = workflow(
      [node('in', 'manual'), node('stop', 'stop-and-error', { errorMessage: 'Needle here' })],
      chain('in', 'stop'),
    );
    const failed = await start(target, failing);
    const seen: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await target.list(cursor === undefined ? { limit: 3 } : { limit: 3, cursor });
      if (!page.ok) throw new Error(page.error.code);
      seen.push(...page.value.runs.map((head) => head.id));
      cursor = page.value.cursor;
      if (cursor === undefined) break;
    }
    expect(seen).toEqual([failed.run, ...ids.toReversed()]);
    const errors = await target.list({ limit: 10, status: ['error'], text: 'needle' });
    expect(errors.ok && errors.value.runs.map((head) => head.id)).toEqual([failed.run]);
  });

  it('finds what waits by its index, and runs by version and duration', async ({ expect }) => {
    const target = runner(freshTenant());
    const asking = workflow(
      [node('in', 'manual'), node('ask', 'wait', { resume: 'webhook' }, { version: 1.1 })],
      chain('in', 'ask'),
    );
    const waiting = await start(target, asking);
    const pausing = workflow(
      [node('in', 'manual'), node('nap', 'wait', { amount: 1, unit: 'hours' }, { version: 1.1 })],
      chain('in', 'nap'),
    );
    const napping = await start(target, pausing);
    for (let index = 0; index < 5; index++) await start(target, simple);
    const found = async (call: object): Promise<string[]> => {
      const page = await target.list({ limit: 10, ...call });
      if (!page.ok) throw new Error(page.error.code);
      return page.value.runs.map((head) => head.id);
    };
    expect(await found({ status: ['waiting'] })).toEqual([napping.run, waiting.run]);
    expect(await found({ waitingFor: 'webhook' })).toEqual([waiting.run]);
    expect(await found({ waitingFor: 'in-doubt' })).toEqual([]);
    expect(await found({ status: ['waiting'], limit: 1 })).toEqual([napping.run]);
    expect(await found({ version: 'draft' })).toHaveLength(7);
    expect(await found({ version: '7' })).toEqual([]);
    expect(await found({ minTookMs: 3_600_000 })).toEqual([]);
    expect(await found({ maxTookMs: 3_600_000 })).toHaveLength(7);
  });

  it('[RUN19] a failed expression says its text and the item it failed for', async ({ expect }) => {
    const target = runner(freshTenant());
    const text = "={{ $json.n === 2 ? $('Nobody').item.json.a : 'fine' }}";
    const doc = workflow([node('in', 'manual'), node('mark', 'set', assign('x', text))], chain('in', 'mark'));
    const { run } = await start(target, doc, { items: [{ json: { n: 1 } }, { json: { n: 2 } }] });
    const failed = await view(target, run);
    expect(failed.status).toBe('error');
    expect(failed.nodes[1]?.error).toMatchObject({ itemIndex: 1, expression: text });
  });

  it('[P7] migrates a waiting run only to a version on which its journal replays', async ({ expect }) => {
    const target = runner(freshTenant());
    const doc = workflow(
      [node('in', 'manual'), node('ask', 'wait', { resume: 'webhook' }, { version: 1.1 })],
      chain('in', 'ask'),
    );
    const { run } = await start(target, doc);
    const grown = workflow([...doc.nodes, node('mark', 'set', assign('new', 'yes'))], chain('in', 'ask', 'mark'));
    const other = workflow([node('in', 'manual'), node('else', 'no-op')], chain('in', 'else'));
    const source = (version: string, of: Workflow) => ({ workflow: 'wf_test', version, doc: of });
    expect(await control(target, run, { kind: 'migrate', source: source('draft:other', other) })).toBe(
      'not-migratable',
    );
    expect(await control(target, run, { kind: 'migrate', source: source('draft:grown', grown), dryRun: true })).toEqual(
      { compatible: true },
    );
    await control(target, run, { kind: 'migrate', source: source('draft:grown', grown) });
    const waiting = await view(target, run);
    const token = waiting.resumeUrls?.[0]?.url.split('/').at(-1) ?? '';
    await control(target, run, { kind: 'signal', token, items: [{ json: {} }] });
    const after = await view(target, run, 5000);
    expect([after.version, after.status, after.nodes.at(-1)?.node]).toEqual(['draft:grown', 'success', 'mark']);
  });

  it('streams steps and the end of a run', async ({ expect }) => {
    const tenant = freshTenant();
    const { run } = await start(runner(tenant), simple);
    const response = await runner(tenant).fetch(new Request(`https://runner/events?run=${run}`));
    const text = await response.text();
    expect(text.match(/^event: step$/gm)).toHaveLength(2);
    expect(text).toContain('"status":"success"');
  });

  it('answers a webhook with the last node, and a bad body with a 400', async ({ expect }) => {
    const target = runner(freshTenant());
    const doc = workflow(
      [node('hook', 'webhook', { path: 'x' }), node('mark', 'set', assign('got', '={{ $json.body.n }}'))],
      chain('hook', 'mark'),
    );
    const call: HookCall = {
      source: { workflow: 'wf_hook', version: 'draft:1', doc },
      node: 'hook',
      answer: { responseMode: 'lastNode', responseCode: 200, responseData: 'firstEntryJson', responseHeaders: [] },
      request: {
        method: 'POST',
        url: 'https://x/hooks/t/x',
        headers: {},
        params: {},
        query: '',
        contentType: 'application/json',
      },
    };
    const hook = async (body: string) =>
      JSON.parse(await target.hook(JSON.stringify(call), body)) as Outcome<HookReply>;
    const good = await hook('{"n":7}');
    expect(good.ok && JSON.parse(String(good.value.body)).got).toBe('7');
    const bad = await hook('{"n":');
    expect(bad.ok ? '' : `${bad.error.status} ${bad.error.code}`).toBe('400 invalid-json');
    const deep = await hook('['.repeat(1000) + ']'.repeat(1000));
    expect(deep.ok ? '' : deep.error.status).toBe(400);
  });
});
