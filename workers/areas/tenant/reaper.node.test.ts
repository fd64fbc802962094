import { describe, it } from 'vitest';
import { reap } from './reaper.ts';
import type { Directory } from './store.ts';

interface Visit {
  tenant: string;
  shard?: number;
}

/** A directory in memory, and objects that note who visits them. */
function world(tenants: string[], options: { shards?: number; broken?: string[]; nowMs?: number } = {}) {
  const touchedAt = new Map(tenants.map((tenant) => [tenant, 0]));
  const due = new Map<string, number | null>();
  const visits: Visit[] = [];
  const { shards = 1, broken = [], nowMs = 10_000_000 } = options;
  const directory: Directory = {
    add: async (tenant) => void touchedAt.set(tenant, 0),
    claim: async () => true,
    stale: async (beforeMs, limit) =>
      [...touchedAt]
        .filter(([, atMs]) => atMs < beforeMs)
        .sort((a, b) => a[1] - b[1])
        .slice(0, limit)
        .map(([tenant]) => tenant),
    overdue: async (beforeMs, limit) =>
      [...due]
        .filter(([, atMs]) => atMs !== null && atMs < beforeMs)
        .slice(0, limit)
        .map(([place]) => ({ tenant: place.split('/')[0] ?? '', shard: Number(place.split('/')[1]) })),
    touched: async (tenant, atMs) => void touchedAt.set(tenant, atMs),
    setDue: async ({ tenant, shard }, next) => void due.set(`${tenant}/${shard}`, next),
  };
  const fail = (tenant: string) => (broken.includes(tenant) ? Promise.reject(new Error('broken')) : Promise.resolve());
  const profile = (id: string) => ({
    ok: true as const,
    value: {
      id,
      name: id,
      shards,
      suspended: false,
      egress: { allow: [], deny: [] },
      retentionDays: 30,
      auditDays: 400,
    },
  });
  const ports = {
    directory,
    now: () => nowMs,
    tenant: (tenant: string) => ({
      profile: async () => profile(tenant),
      touch: async () => {
        visits.push({ tenant });
        await fail(tenant);
      },
    }),
    runner: (tenant: string, shard: number) => ({
      touch: async () => {
        visits.push({ tenant, shard });
        await fail(tenant);
        return { liveRuns: 0, rowsWritten: 0, runsStarted: 0, commits: 0, dueAt: nowMs + 60_000 };
      },
    }),
  };
  return { ports, visits, due, touchedAt };
}

describe('the reaper', () => {
  it('at boot visits every tenant and all its shards once', async ({ expect }) => {
    const tenants = Array.from({ length: 120 }, (_, index) => `t${index}`);
    const { ports, visits, due } = world(tenants, { shards: 2 });
    expect(await reap(ports, true)).toEqual({ tenants: 120, shards: 240 });
    expect(visits).toHaveLength(360);
    expect(new Set(visits.map(({ tenant, shard }) => `${tenant}/${shard}`)).size).toBe(360);
    expect(due.size).toBe(240);
  });

  it('each minute visits overdue shards, then a share of the tenants unseen for longest', async ({ expect }) => {
    const { ports, visits, due, touchedAt } = world(Array.from({ length: 80 }, (_, index) => `t${index}`));
    for (const [index, tenant] of [...touchedAt.keys()].entries()) {
      touchedAt.set(tenant, index < 70 ? index : 10_000_000);
    }
    due.set('t75/0', 9_000_000);
    due.set('t76/0', 9_999_000);
    await reap(ports, false);
    expect(visits[0]).toEqual({ tenant: 't75', shard: 0 });
    const visited = visits.filter(({ shard }) => shard === undefined).map(({ tenant }) => tenant);
    expect(visited.sort()).toEqual(Array.from({ length: 50 }, (_, index) => `t${index}`).sort());
    expect(visits.some(({ tenant }) => tenant === 't76')).toBe(false);
    expect(due.get('t75/0')).toBe(10_060_000);
  });

  it('goes on when one of them is broken', async ({ expect }) => {
    const { ports, visits, due } = world(['a', 'b', 'c'], { broken: ['b'] });
    due.set('b/0', 1);
    await reap(ports, true);
    expect(
      visits
        .filter(({ shard }) => shard === undefined)
        .map(({ tenant }) => tenant)
        .sort(),
    ).toEqual(['a', 'b', 'c']);
    expect(due.get('b/0')).toBe(1);
    expect(due.get('c/0')).toBe(10_060_000);
  });
});
