import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, it } from 'vitest';
import type { StartCall } from '../runner/protocol.ts';
import { tenantOf } from '../stubs.ts';
import type { ObjectBindings } from '../stubs.ts';
import type { HookRoute, Publication, Schedule } from './protocol.ts';

const bindings = env as unknown as ObjectBindings;

async function newTenant(id: string) {
  const tenant = tenantOf(bindings, id);
  await tenant.create({ id, name: id });
  return tenant;
}

const hook = (path: string, rest: Partial<HookRoute> = {}): HookRoute => ({
  methods: ['POST'],
  path,
  workflow: 'wf_a',
  version: '1',
  node: 'hook',
  responseMode: 'onReceived',
  responseCode: 200,
  responseData: 'noData',
  responseHeaders: [],
  rawBody: false,
  ...rest,
});

const everySeconds = (seconds: number, workflow = 'wf_a', version = '1'): Schedule => ({
  workflow,
  version,
  node: 'clock',
  zone: 'UTC',
  def: JSON.stringify({
    id: 'clock',
    name: 'Clock',
    type: 'schedule',
    version: 1.2,
    position: [0, 0],
    parameters: { rule: { interval: [{ field: 'seconds', secondsInterval: seconds }] } },
  }),
});

const publication = (rest: Partial<Publication> = {}): Publication => ({
  workflow: 'wf_a',
  version: '1',
  hooks: [],
  schedules: [],
  ...rest,
});

function sql<T extends Record<string, SqlStorageValue>>(id: string, query: string, ...values: unknown[]): Promise<T[]> {
  return runInDurableObject(bindings.TENANT.getByName(id), (_, { storage }) =>
    storage.sql.exec<T>(query, ...values).toArray(),
  );
}

interface Inside {
  touch(): Promise<void>;
  storage: DurableObjectStorage;
}

/** Works inside a tenant whose runners answer as told; returns the calls they got. */
function withRunner(
  id: string,
  answer: (call: StartCall) => Promise<unknown>,
  work: (inside: Inside) => Promise<void>,
): Promise<StartCall[]> {
  return runInDurableObject(bindings.TENANT.getByName(id), async (instance, { storage }) => {
    const object = instance as unknown as { env: object; touch(): Promise<void> };
    const real = object.env;
    const calls: StartCall[] = [];
    const start = (call: StartCall) => {
      calls.push(call);
      return answer(call);
    };
    Object.defineProperty(object, 'env', {
      value: { ...real, RUNNER: { getByName: () => ({ start }) } },
      configurable: true,
    });
    await work({ touch: () => object.touch(), storage });
    Object.defineProperty(object, 'env', { value: real, configurable: true });
    return calls;
  });
}

describe('a tenant that was never created', () => {
  it('[TEN1] answers as unknown everywhere and stores nothing', async ({ expect }) => {
    const ghost = tenantOf(bindings, 'ghost');
    const unknown = { ok: false, error: { status: 404, code: 'tenant-unknown' } };
    expect(await ghost.profile()).toMatchObject(unknown);
    expect(await ghost.publish(publication({ hooks: [hook('a')] }))).toMatchObject(unknown);
    expect(await ghost.routes(-1)).toMatchObject({ shards: 0, hooks: [] });
    expect(await ghost.publications()).toEqual([]);
    expect(await ghost.verifyKey('00')).toBeNull();
    expect(await ghost.listKeys()).toEqual([]);
    expect(await ghost.revokeKey('key_1')).toBe(false);
    await ghost.unpublish('wf_a');
    await ghost.touch();
    expect(await sql('ghost', 'SELECT name FROM sqlite_master WHERE type = ?', 'table')).toEqual([]);
  });

  it('[TEN2] is created once, under the name of its object', async ({ expect }) => {
    const tenant = await newTenant('made');
    const again = await tenant.create({ id: 'made', name: 'Other', egress: { allow: ['*'], deny: [] } });
    expect(again).toEqual({
      standing: 'active',
      standingReason: '',
      standingBy: '',
      standingSince: again.createdAt,
      deleteAt: null,
      region: null,
      branding: {},
      createdAt: expect.any(Number) as number,
      id: 'made',
      name: 'made',
      shards: 1,
      suspended: false,
      retentionDays: 30,
      auditDays: 400,
      egress: { allow: [], deny: [] },
    });
    await runInDurableObject(bindings.TENANT.getByName('made'), async (object) => {
      const create = (object as unknown as { create(profile: unknown): Promise<unknown> }).create({
        id: 'stolen',
        name: 'x',
      });
      await expect(create).rejects.toThrow('tenant-mismatch');
    });
  });
});

describe('publications', () => {
  it('[TEN3] replace all of a workflow’s webhooks', async ({ expect }) => {
    const tenant = await newTenant('replaces');
    await tenant.publish(publication({ hooks: [hook('a'), hook('b')] }));
    await tenant.publish(publication({ version: '2', hooks: [hook('b', { version: '2' })] }));
    const table = await tenant.routes(-1);
    expect(table?.hooks.map(({ path, version }) => [path, version])).toEqual([['b', '2']]);
    expect(await tenant.publications()).toEqual([{ workflow: 'wf_a', version: '2' }]);
  });

  it('[TEN3][TEN5] make a new table only when something changed', async ({ expect }) => {
    const tenant = await newTenant('versions');
    const first = await tenant.publish(publication({ hooks: [hook('a')] }));
    const again = await tenant.publish(publication({ hooks: [hook('a')] }));
    expect(again).toEqual(first);
    const version = first.ok ? first.value.version : -1;
    expect(await tenant.routes(version)).toBeNull();
    await tenant.unpublish('wf_a');
    expect(await tenant.routes(version)).toMatchObject({ version: version + 1, hooks: [] });
  });

  it('[TEN4] leave a method and pattern to the workflow that has it', async ({ expect }) => {
    const tenant = await newTenant('conflicts');
    await tenant.publish(publication({ hooks: [hook('users/:id'), hook('plain')] }));
    const other = (path: string, methods = ['POST']) => ({
      ...publication({ workflow: 'wf_b' }),
      hooks: [hook('free'), hook(path, { workflow: 'wf_b', methods })],
    });
    const taken = {
      ok: false,
      error: { status: 409, code: 'hook-path-taken', message: expect.stringContaining('wf_a') as string },
    };
    expect(await tenant.publish(other('users/:name'))).toMatchObject(taken);
    expect(await tenant.publish(other('plain', ['GET', 'POST']))).toMatchObject(taken);
    expect(await tenant.publications()).toEqual([{ workflow: 'wf_a', version: '1' }]);
    expect(await tenant.publish(other('plain', ['GET']))).toMatchObject({ ok: true });
    expect(
      await tenant.publish(publication({ hooks: [hook('x/:a'), hook('x/:b', { node: 'second' })] })),
    ).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('"hook" of this workflow') as string },
    });
  });

  it('survive a restart', async ({ expect }) => {
    const tenant = await newTenant('restarts');
    await tenant.publish(publication({ hooks: [hook('__proto__'), hook('constructor')] }));
    await evictDurableObject(bindings.TENANT.getByName('restarts'));
    expect((await tenant.routes(-1))?.hooks.map(({ path }) => path)).toEqual(['__proto__', 'constructor']);
  });
});

describe('keys', () => {
  it('[TEN10] verify by their hash until they are revoked', async ({ expect }) => {
    const tenant = await newTenant('keys');
    await tenant.addKey({ id: 'key_1', hash: 'aa', name: 'CI', scopes: ['runs:read'] });
    expect(await tenant.verifyKey('aa')).toEqual({ id: 'key_1', scopes: ['runs:read'] });
    expect(await tenant.verifyKey('ab')).toBeNull();
    const moment = expect.any(Number) as number;
    expect(await tenant.listKeys()).toEqual([
      {
        id: 'key_1',
        name: 'CI',
        scopes: ['runs:read'],
        prefix: '',
        owner: null,
        createdAt: moment,
        expiresAt: null,
        lastUsedAt: moment,
      },
    ]);
    expect(await tenant.revokeKey('key_1')).toBe(true);
    expect(await tenant.revokeKey('key_1')).toBe(false);
    expect(await tenant.verifyKey('aa')).toBeNull();
  });
});

describe('schedules', () => {
  it('[TEN9] arm the alarm for the next start, not before', async ({ expect }) => {
    const tenant = await newTenant('arms');
    const before = Date.now();
    await tenant.publish(publication({ schedules: [everySeconds(3_600)] }));
    const alarm = await runInDurableObject(bindings.TENANT.getByName('arms'), (_, { storage }) => storage.getAlarm());
    expect(alarm).toBeGreaterThan(before);
    expect(alarm).toBeLessThanOrEqual(before + 3_600_000);
    const [planned] = await sql<{ next_at: number }>('arms', 'SELECT next_at FROM schedules');
    await tenant.touch();
    expect(await sql('arms', 'SELECT next_at FROM schedules')).toEqual([planned]);
    expect(await sql('arms', 'SELECT * FROM firings')).toEqual([]);
    await tenant.unpublish('wf_a');
    expect(
      await runInDurableObject(bindings.TENANT.getByName('arms'), (_, { storage }) => storage.getAlarm()),
    ).toBeNull();
  });

  it('[TEN7] start once after downtime, at the latest missed time, and go on', async ({ expect }) => {
    const tenant = await newTenant('misses');
    await tenant.publish(publication({ schedules: [everySeconds(10)] }));
    const before = Date.now();
    const missedMs = Math.floor(before / 10_000) * 10_000 - 3_600_000;
    const calls = await withRunner(
      'misses',
      async (call) => Promise.resolve({ ok: true, value: call }),
      async ({ touch, storage }) => {
        storage.sql.exec('UPDATE schedules SET next_at = ?', missedMs);
        storage.sql.exec("UPDATE alarms SET at_ms = ? WHERE name = 'schedules'", missedMs);
        await touch();
        await touch();
      },
    );
    expect(calls).toHaveLength(1);
    const at = Number(calls[0]?.idempotencyKey?.split(':').at(-1));
    expect(at).toBeGreaterThan(before - 10_000);
    expect(at).toBeLessThanOrEqual(Date.now());
    const [next] = await sql<{ next_at: number }>('misses', 'SELECT next_at FROM schedules');
    expect(next?.next_at).toBe(at + 10_000);
  });

  it('[TEN6] owe a start until a runner takes it, always under the same key', async ({ expect }) => {
    const tenant = await newTenant('owes');
    await tenant.publish(publication({ schedules: [everySeconds(3_600)] }));
    const atMs = Date.now() - 5;
    let down = true;
    const answer = () => (down ? Promise.reject(new Error('down')) : Promise.resolve({ ok: true }));
    const calls = await withRunner('owes', answer, async ({ touch, storage }) => {
      storage.sql.exec('UPDATE schedules SET next_at = ?', atMs);
      storage.sql.exec("UPDATE alarms SET at_ms = ? WHERE name = 'schedules'", atMs);
      await touch();
      expect(storage.sql.exec('SELECT at_ms, attempts FROM firings').toArray()).toEqual([{ at_ms: atMs, attempts: 1 }]);
      down = false;
      storage.sql.exec("UPDATE alarms SET at_ms = ? WHERE name = 'firings'", atMs);
      await touch();
      expect(storage.sql.exec('SELECT * FROM firings').toArray()).toEqual([]);
    });
    const call = {
      mode: 'production',
      node: 'clock',
      idempotencyKey: `schedule:wf_a:clock:${atMs}`,
      source: { workflow: 'wf_a', version: '1' },
      items: [{ json: { Timezone: 'UTC (UTC+00:00)' } }],
    };
    expect(calls).toMatchObject([call, call]);
  });

  it('give up a start that the runner refuses for good', async ({ expect }) => {
    const tenant = await newTenant('refuses');
    await tenant.publish(publication({ schedules: [everySeconds(3_600)] }));
    const refuse = () =>
      Promise.resolve({ ok: false, error: { status: 404, code: 'version-unknown', message: 'gone' } });
    await withRunner('refuses', refuse, async ({ touch, storage }) => {
      storage.sql.exec("UPDATE schedules SET next_at = 1; UPDATE alarms SET at_ms = 1 WHERE name = 'schedules'");
      await touch();
      expect(storage.sql.exec('SELECT * FROM firings').toArray()).toEqual([]);
    });
  });

  it('[TEN8] keep their next time when nothing about them changed', async ({ expect }) => {
    const tenant = await newTenant('keeps');
    await tenant.publish(publication({ schedules: [everySeconds(7_200)] }));
    const soonMs = Date.now() + 60_000;
    await sql('keeps', 'UPDATE schedules SET next_at = ?', soonMs);
    await tenant.publish(publication({ version: '2', schedules: [everySeconds(7_200, 'wf_a', '2')] }));
    expect(await sql('keeps', 'SELECT next_at, version FROM schedules')).toEqual([{ next_at: soonMs, version: '2' }]);
    await tenant.publish(publication({ version: '3', schedules: [everySeconds(60, 'wf_a', '3')] }));
    expect((await sql<{ next_at: number }>('keeps', 'SELECT next_at FROM schedules'))[0]?.next_at).not.toBe(soonMs);
  });

  it('[TEN9] ring by the physical alarm too, and a second ring does no harm', async ({ expect }) => {
    const tenant = await newTenant('rings');
    await tenant.publish(publication({ schedules: [everySeconds(3_600)] }));
    const stub = bindings.TENANT.getByName('rings');
    expect(await runDurableObjectAlarm(stub)).toBe(true);
    const [planned] = await sql('rings', 'SELECT next_at FROM schedules');
    await tenant.touch();
    expect(await sql('rings', 'SELECT next_at FROM schedules')).toEqual([planned]);
    expect(await runInDurableObject(stub, (_, { storage }) => storage.getAlarm())).toBe(planned?.['next_at']);
  });

  it('have no next time when their rule cannot be read', async ({ expect }) => {
    const tenant = await newTenant('bad-rule');
    const bad = {
      ...everySeconds(1),
      def: JSON.stringify({
        parameters: { rule: { interval: [{ field: 'cronExpression', expression: 'nonsense' }] } },
      }),
    };
    expect(await tenant.publish(publication({ schedules: [bad] }))).toMatchObject({ ok: true });
    expect(await sql('bad-rule', 'SELECT next_at FROM schedules')).toEqual([{ next_at: null }]);
  });
});
