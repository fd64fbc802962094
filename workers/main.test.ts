import { createExecutionContext, createMessageBatch, createScheduledController, getQueueResult } from 'cloudflare:test';
import { describe, it } from 'vitest';
import { d1Directory } from './areas/tenant/store.ts';
import { fetchWorker, tenantWithKey, testEnv } from './kit/testing.ts';
import worker from './main.ts';

interface ShardRow {
  tenant_id: string;
  shard: number;
  next_due: number | null;
}

const shards = async (tenant: string) =>
  (await testEnv.DB.prepare('SELECT * FROM shards WHERE tenant_id = ?').bind(tenant).all<ShardRow>()).results;

async function tick(cron: string): Promise<void> {
  await worker.scheduled(createScheduledController({ cron, scheduledTime: new Date() }), testEnv);
}

describe('the Worker', () => {
  it('is healthy, and has nothing at other addresses', async ({ expect }) => {
    expect(await (await fetchWorker('/health')).json()).toMatchObject({ status: 'ok' });
    expect((await fetchWorker('/healthy')).headers.get('content-type')).not.toBe('application/json');
    expect((await fetchWorker('/v1/')).status).toBe(404);
    expect((await fetchWorker('/internal/')).status).toBe(404);
  });

  it('at boot visits every tenant once, and after that only what is due', async ({ expect }) => {
    await tenantWithKey('main-a');
    await tenantWithKey('main-b');
    await tick('@boot');
    expect(await shards('main-a')).toMatchObject([{ tenant_id: 'main-a', shard: 0 }]);
    expect(await shards('main-b')).toHaveLength(1);
    const directory = d1Directory(testEnv.DB);
    expect(await directory.stale(Date.now() - 60_000, 10)).toEqual([]);
    await directory.setDue({ tenant: 'main-b', shard: 0 }, Date.now() - 3_600_000, 1);
    expect(await directory.overdue(Date.now(), 10)).toEqual([{ tenant: 'main-b', shard: 0 }]);
    await tick('* * * * *');
    expect(await directory.overdue(Date.now(), 10)).toEqual([]);
  });

  it('does not make a tenant of a name in the directory', async ({ expect }) => {
    await d1Directory(testEnv.DB).add('main-ghost', Date.now());
    await tick('@boot');
    expect(await shards('main-ghost')).toEqual([]);
  });

  it('takes events off the queue: known ones, strange ones again later', async ({ expect }) => {
    const message = (id: string, body: unknown) => ({ id, timestamp: new Date(), attempts: 1, body });
    const note = { event: 'hello.note-added', version: 1, tenant: 'main-a', atMs: 1, payload: { id: 'note_1' } };
    const batch = createMessageBatch<never>('millrace-jobs', [
      message('a', note),
      message('b', { ...note, tenant: '../x' }),
      message('c', null),
    ] as never);
    const context = createExecutionContext();
    await worker.queue(batch, testEnv);
    const { explicitAcks, retryMessages } = await getQueueResult(batch, context);
    expect(explicitAcks).toEqual(['a']);
    expect(retryMessages.map(({ msgId }) => msgId).sort()).toEqual(['b', 'c']);
  });
});
