import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, it } from 'vitest';
import { Alarms, ALARMS_TABLE, LEASE_MS } from './alarms.ts';
import { isMigrated, migrate } from './migrate.ts';
import type { Migration } from './migrate.ts';

const { TENANT } = env as unknown as { TENANT: DurableObjectNamespace };

/** A fresh object's storage: an unknown tenant's, which is empty. */
function inStorage<T>(name: string, body: (storage: DurableObjectStorage) => T | Promise<T>): Promise<T> {
  return runInDurableObject(TENANT.getByName(name), (_, state) => body(state.storage));
}

const STEPS: Migration[] = [
  { id: '001_people', sql: 'CREATE TABLE people (name TEXT)' },
  { id: '002_upper', run: (sql) => void sql.exec('UPDATE people SET name = upper(name)') },
];

describe('migrate', () => {
  it('applies each step once, and only as far as asked', async ({ expect }) => {
    await inStorage('kit-steps', (storage) => {
      migrate(storage, STEPS, '001_people');
      storage.sql.exec("INSERT INTO people VALUES ('ada')");
      migrate(storage, STEPS);
      storage.sql.exec("INSERT INTO people VALUES ('bob')");
      migrate(storage, STEPS);
      expect(storage.sql.exec('SELECT name FROM people').toArray()).toEqual([{ name: 'ADA' }, { name: 'bob' }]);
    });
  });

  it('[MIG1] refuses a list whose past was changed', async ({ expect }) => {
    await inStorage('kit-changed', (storage) => {
      migrate(storage, STEPS);
      expect(() => migrate(storage, [STEPS[1] as Migration, STEPS[0] as Migration])).toThrow('append-only');
      expect(() => migrate(storage, [STEPS[0] as Migration])).toThrow('append-only');
      expect(() => migrate(storage, [...STEPS, { id: '003_more', sql: 'CREATE TABLE more (x)' }])).not.toThrow();
    });
  });

  it('[MIG2] leaves nothing of a step that fails', async ({ expect }) => {
    await inStorage('kit-fails', (storage) => {
      const broken = { id: '002_broken', sql: "INSERT INTO people VALUES ('x'); SELECT * FROM nowhere" };
      expect(() => migrate(storage, [STEPS[0] as Migration, broken])).toThrow();
      expect(storage.sql.exec('SELECT * FROM people').toArray()).toEqual([]);
      migrate(storage, STEPS);
      expect(storage.sql.exec('SELECT id FROM migrations ORDER BY position').toArray()).toEqual([
        { id: '001_people' },
        { id: '002_upper' },
      ]);
    });
  });

  it('[MIG3] can tell an object that was never used', async ({ expect }) => {
    expect(await inStorage('kit-unused', ({ sql }) => isMigrated(sql))).toBe(false);
  });
});

describe('alarms', () => {
  const withAlarms = (name: string, body: (alarms: Alarms, storage: DurableObjectStorage) => Promise<void>) =>
    inStorage(name, (storage) => {
      migrate(storage, [ALARMS_TABLE]);
      return body(new Alarms(storage), storage);
    });
  const FAR_MS = Date.UTC(2100, 0);

  it('[ALM1] keeps the physical alarm at the earliest', async ({ expect }) => {
    await withAlarms('kit-earliest', async (alarms, storage) => {
      alarms.set('b', FAR_MS + 2_000);
      expect(await storage.getAlarm()).toBe(FAR_MS + 2_000);
      alarms.set('a', FAR_MS + 1_000);
      expect(await storage.getAlarm()).toBe(FAR_MS + 1_000);
      alarms.cancel('a');
      expect(await storage.getAlarm()).toBe(FAR_MS + 2_000);
      alarms.cancel('b');
      expect(await storage.getAlarm()).toBeNull();
    });
  });

  it('[ALM2] moves an alarm ahead before its work, and drops it after', async ({ expect }) => {
    await withAlarms('kit-lease', async (alarms) => {
      alarms.set('work', FAR_MS);
      const during: unknown[] = [];
      await alarms.ring(FAR_MS, { work: async () => void during.push(alarms.at('work')) });
      expect(during).toEqual([FAR_MS + LEASE_MS]);
      expect(alarms.at('work')).toBeUndefined();
    });
  });

  it('[ALM3] does not ring early, nor twice', async ({ expect }) => {
    await withAlarms('kit-early', async (alarms) => {
      let rung = 0;
      const handlers = { work: async () => void rung++ };
      alarms.set('work', FAR_MS);
      await alarms.ring(FAR_MS - 1, handlers);
      expect(rung).toBe(0);
      await Promise.all([alarms.ring(FAR_MS, handlers), alarms.ring(FAR_MS, handlers)]);
      await alarms.ring(FAR_MS + 1, handlers);
      expect(rung).toBe(1);
    });
  });

  it('[ALM4] keeps the alarm of a handler that fails, and runs the others', async ({ expect }) => {
    await withAlarms('kit-failing', async (alarms, storage) => {
      const rung: string[] = [];
      alarms.set('bad', FAR_MS);
      alarms.set('good', FAR_MS + 1);
      await alarms.ring(FAR_MS + 1, {
        bad: async () => Promise.reject(new Error('no')),
        good: async () => {
          rung.push('good');
          alarms.set('good', FAR_MS + 90_000);
        },
      });
      expect(rung).toEqual(['good']);
      expect(alarms.at('bad')).toBe(FAR_MS + 1 + LEASE_MS);
      expect(alarms.at('good')).toBe(FAR_MS + 90_000);
      expect(await storage.getAlarm()).toBe(FAR_MS + 1 + LEASE_MS);
    });
  });
});
