import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, it } from 'vitest';
import type { Workflow } from '../../core/graph/document.ts';
import { type ObjectBindings, runnerOf } from '../stubs.ts';
import type { Journal } from './journal.ts';
import type { RunnerRpc, RunView } from './protocol.ts';
import { retireOld } from './retire.ts';
import { sealOld } from './seal.ts';
import { RunnerStore } from './store.ts';

const bindings = env as unknown as ObjectBindings & { FILES: R2Bucket; RUNNER: DurableObjectNamespace };
const doc: Workflow = {
  schema: 1,
  name: 'one',
  nodes: [{ id: 'in', name: 'in', type: 'manual', version: 1, parameters: {}, position: [0, 0] }],
  edges: [],
  settings: {},
  notes: [],
  pinned: [],
};

/** Keeps no live runs, so there is nothing to refresh. */
const journal = { refreshHeads: () => undefined } as unknown as Journal;

async function startMany(target: RunnerRpc, count: number, pad = ''): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index++) {
    const source = { workflow: 'wf_s', version: 'draft:1', doc };
    const reply = await target.start({ source, mode: 'manual', items: [{ json: { index, pad } }], waitMs: 5000 });
    if (reply.ok) ids.push(reply.value.run);
  }
  return ids;
}

const seal = (tenant: string): Promise<number> =>
  runInDurableObject(bindings.RUNNER.getByName(`${tenant}/shard-0`), async (_, state) => {
    const store = new RunnerStore(state.storage.sql);
    let moved = 0;
    for (;;) {
      const { segments } = await sealOld({
        store,
        files: bindings.FILES,
        prefix: `t/${tenant}/runs/0`,
        journal,
        state,
        settledBelow: () => Number.MAX_SAFE_INTEGER,
        keepOpen: 2,
        perArchive: 3,
      });
      if (segments === 0) return moved;
      moved += segments;
    }
  });

describe('old runs', () => {
  it('are moved to R2 and read, listed and paged as before', async ({ expect }) => {
    const tenant = 'seal-test';
    const target = runnerOf(bindings, tenant, 0);
    const ids = await startMany(target, 12);
    const before = await target.list({ limit: 50 });
    expect(await seal(tenant)).toBeGreaterThanOrEqual(6);
    expect(await target.list({ limit: 50 })).toEqual(before);
    for (const [index, id] of ids.entries()) {
      const view = await target.view(id);
      expect(view.ok && (JSON.parse(view.value) as RunView).nodes[0]?.outputs[0]?.[0]?.json.index).toBe(index);
    }
    const paged: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await target.list(cursor === undefined ? { limit: 5 } : { limit: 5, cursor });
      if (!page.ok) break;
      paged.push(...page.value.runs.map((head) => head.id));
      ({ cursor } = page.value);
      if (cursor === undefined) break;
    }
    expect(paged).toEqual(ids.toReversed());
  });

  it('are read from their own bytes of an archive, whatever the text beside them, and from archives without a list', async ({
    expect,
  }) => {
    const tenant = 'places-test';
    const target = runnerOf(bindings, tenant, 0);
    const pad = 'grün 🟢 \u2028 "quoted"';
    const ids = await startMany(target, 9, pad);
    await seal(tenant);
    const stub = bindings.RUNNER.getByName(`${tenant}/shard-0`);
    const padOf = async (id: string): Promise<unknown> => {
      const view = await target.view(id);
      return view.ok && (JSON.parse(view.value) as RunView).nodes[0]?.outputs[0]?.[0]?.json.pad;
    };
    await runInDurableObject(stub, async (_, state) => {
      const store = new RunnerStore(state.storage.sql);
      const { first, object } = store.oldestSealed() ?? { first: -1, object: '' };
      const whole = (await (await bindings.FILES.get(object))?.json<Record<string, unknown>>()) ?? {};
      const places = store.places(first) ?? [];
      expect(places.map(({ slot }) => String(slot))).toEqual(Object.keys(whole));
      for (const { slot, offset, length } of places) {
        const part = await bindings.FILES.get(object, { range: { offset, length } });
        expect(await part?.json()).toEqual(whole[String(slot)]);
      }
      state.storage.sql.exec('DELETE FROM sealed_places WHERE first <> ?', first);
    });
    for (const id of ids) expect(await padOf(id)).toBe(pad);
  });

  it('that ended long after their neighbours join the archive they belong to', async ({ expect }) => {
    const tenant = 'straggler-test';
    const target = runnerOf(bindings, tenant, 0);
    const waiting: Workflow = {
      ...doc,
      nodes: [
        ...doc.nodes,
        { id: 'ask', name: 'ask', type: 'wait', version: 1.1, parameters: { resume: 'webhook' }, position: [0, 0] },
      ],
      edges: [{ from: { node: 'in', port: 'main', index: 0 }, to: { node: 'ask', port: 'main', index: 0 } }],
    };
    await startMany(target, 3);
    const slow = await target.start({
      source: { workflow: 'wf_w', version: 'draft:w', doc: waiting },
      mode: 'manual',
      waitMs: 5000,
    });
    await startMany(target, 9);
    await seal(tenant);
    if (slow.ok) await target.control(slow.value.run, { kind: 'cancel' });
    await startMany(target, 6);
    const before = await target.list({ limit: 50 });
    await seal(tenant);
    const after = await target.list({ limit: 50 });
    expect(after).toEqual(before);
    expect(after.ok && after.value.runs).toHaveLength(19);
    for (const head of after.ok ? after.value.runs : []) expect((await target.view(head.id)).ok).toBe(true);
    const open = await runInDurableObject(bindings.RUNNER.getByName(`${tenant}/shard-0`), (_, state) =>
      new RunnerStore(state.storage.sql).segmentCount(),
    );
    expect(open).toBeLessThanOrEqual(5);
  });

  it('keep large records apart while they go on, so that a change of their line writes little', async ({ expect }) => {
    const tenant = 'bulk-test';
    const target = runnerOf(bindings, tenant, 0);
    const stub = bindings.RUNNER.getByName(`${tenant}/shard-0`);
    const pad = 'grün'.repeat(5_000);
    const waiting: Workflow = {
      ...doc,
      nodes: [
        ...doc.nodes,
        { id: 'ask', name: 'ask', type: 'wait', version: 1.1, parameters: { resume: 'webhook' }, position: [0, 0] },
      ],
      edges: [{ from: { node: 'in', port: 'main', index: 0 }, to: { node: 'ask', port: 'main', index: 0 } }],
    };
    const source = { workflow: 'wf_w', version: 'draft:w', doc: waiting };
    const slow = await target.start({ source, mode: 'manual', items: [{ json: { pad } }], waitMs: 5000 });
    const id = slow.ok ? slow.value.run : '';
    const padOf = async (): Promise<unknown> => {
      const view = await target.view(id);
      return view.ok && (JSON.parse(view.value) as RunView).nodes[0]?.outputs[0]?.[0]?.json.pad;
    };
    const sizes = (): Promise<{ inLines: number; apart: number }> =>
      runInDurableObject(stub, (_, state) => {
        const query =
          'SELECT (SELECT max(length(data)) FROM segments) AS inLines, (SELECT coalesce(sum(length(data)), 0) FROM bulk) AS apart';
        return state.storage.sql.exec<{ inLines: number; apart: number }>(query).one();
      });
    const before = await sizes();
    expect(before.inLines).toBeLessThan(5_000);
    expect(before.apart).toBeGreaterThan(20_000);
    expect(await padOf()).toBe(pad);
    await evictDurableObject(stub);
    expect(await padOf()).toBe(pad);
    await target.control(id, { kind: 'cancel' });
    expect(await padOf()).toBe(pad);
    await startMany(target, 9);
    await seal(tenant);
    expect((await sizes()).apart).toBe(0);
    expect(await padOf()).toBe(pad);
  });

  it('are deleted after their retention, with the large values they stored, and not before', async ({ expect }) => {
    const tenant = 'retire-test';
    const target = runnerOf(bindings, tenant, 0);
    const old = await startMany(target, 8, 'x'.repeat(70_000));
    await seal(tenant);
    expect((await bindings.FILES.list({ prefix: `t/${tenant}/values/` })).objects.length).toBeGreaterThan(0);
    const retire = (before: number): Promise<number> =>
      runInDurableObject(bindings.RUNNER.getByName(`${tenant}/shard-0`), (_, state) =>
        retireOld(new RunnerStore(state.storage.sql), bindings.FILES, before),
      );
    expect(await retire(Date.now() - 60_000)).toBe(0);
    expect(await retire(Date.now() + 60_000)).toBeGreaterThan(0);
    expect((await target.list({ limit: 50 })).ok && (await target.view(old[0] ?? '')).ok).toBe(false);
    expect((await bindings.FILES.list({ prefix: `t/${tenant}/` })).objects).toEqual([]);
    const [fresh] = await startMany(target, 1);
    expect((await target.view(fresh ?? '')).ok).toBe(true);
  });
});
