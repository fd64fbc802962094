import { runInDurableObject } from 'cloudflare:test';
import { describe, it } from 'vitest';
import type { AuditEvent } from '../../core/audit/event.ts';
import { auditOf, tenantOf } from '../stubs.ts';
import type { ObjectBindings } from '../stubs.ts';
import { env } from 'cloudflare:workers';

const bindings = env as unknown as ObjectBindings;
const note = (n: number) => ({
  at: n,
  actor: { kind: 'key', id: 'k' },
  action: 'hello.list',
  status: 200,
  outcome: 'done' as const,
  requestId: `r${n}`,
});

interface Inside {
  alarm(): Promise<void>;
}

describe('[AUD9] sinks of an audit log', () => {
  it('get every record at least once and in order, whatever they answer', async ({ expect }) => {
    const tenant = 'audit-sinks';
    await tenantOf(bindings, tenant).create({ id: tenant, name: tenant });
    const log = auditOf(bindings, tenant);
    await log.addSink({ id: 'sink_1', url: 'https://siem.example/in', after: 0 });
    await log.append(Array.from({ length: 1_203 }, (_, at) => note(at)));
    const got: AuditEvent[] = [];
    const answers = ['down', 500, 200, 302, 200, 'lost', 200, 200, 200];
    await runInDurableObject(bindings.AUDIT.getByName(tenant), async (instance, { storage }) => {
      const object = instance as unknown as Inside & { ctx: object };
      const deliver = async (_: string, { body }: { body: string }) => {
        const answer = answers.shift() ?? 200;
        if (answer === 'down') throw new Error('connection refused');
        const event = JSON.parse(body) as AuditEvent;
        if (answer === 200 || answer === 'lost') got.push(event);
        // taken, but the answer did not come back
        if (answer === 'lost') throw new Error('reset');
        return { ok: answer === 200, detail: `It answered ${answer}.` };
      };
      const real = object.ctx;
      Object.defineProperty(object, 'ctx', {
        value: new Proxy(real, {
          get: (target, key) => {
            if (key === 'exports') return { Executor: { deliver } };
            const value: unknown = Reflect.get(target, key);
            return typeof value === 'function' ? value.bind(target) : value;
          },
        }),
        configurable: true,
      });
      for (let turn = 0; turn < 20; turn++) {
        storage.sql.exec('UPDATE sinks SET next_at = 0');
        await object.alarm();
        if (turn === 0) {
          const [row] = storage.sql
            .exec<{ failures: number; error: string }>('SELECT failures, error FROM sinks')
            .toArray();
          expect(row).toEqual({ failures: 1, error: 'connection refused' });
          expect(await storage.getAlarm()).not.toBeNull();
        }
      }
      Object.defineProperty(object, 'ctx', { value: real, configurable: true });
    });
    const seqs = got.flatMap(({ records }) => records.map(({ seq }) => seq));
    expect([...new Set(seqs)]).toEqual(Array.from({ length: 1_203 }, (_, at) => at + 1));
    // twice, where the answer was lost; never backwards past what was taken
    expect(seqs.length).toBeGreaterThan(1_203);
    for (const [at, event] of got.entries()) {
      expect(event).toMatchObject({ event: 'audit.records', version: 1, organization: tenant });
      expect(event.from).toBeLessThanOrEqual((got[at - 1]?.to ?? 0) + 1);
    }
    expect(await log.sinks()).toMatchObject([{ cursor: 1_203, failures: 0, error: '' }]);
    expect(await log.removeSink('sink_1')).toBe(true);
  });
});
