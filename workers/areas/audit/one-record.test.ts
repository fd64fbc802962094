import { describe, it } from 'vitest';
import type { AuditRecord } from '../../../core/audit/entry.ts';
import { auditOf } from '../../../durable-objects/stubs.ts';
import { AREAS } from '../../areas.generated.ts';
import { fetchWorker, tenantWithKey, testEnv } from '../../kit/testing.ts';

/** Every route that changes something, by its contract: a new one is covered without a line here. */
const CHANGES = AREAS.flatMap((area) => area.routes)
  .filter(({ route }) => route.actor === 'member' && route.method !== 'GET' && !route.scope.endsWith(':read'))
  // These end the very log, or what leads to it.
  .filter(({ action }) => !['organization.remove', 'organization.suspend'].includes(action));

const TENANT = 'one-record';

async function recordsSince(seq: number): Promise<AuditRecord[]> {
  // refusals are written in groups, a moment later
  await new Promise((later) => setTimeout(later, 450));
  return auditOf(testEnv, TENANT).page(seq, 100);
}

describe('[AUD1] [AUD2] every change of the API', () => {
  it('leaves exactly one record, named by its contract', { timeout: 180_000 }, async ({ expect }) => {
    const key = await tenantWithKey(TENANT);
    expect(CHANGES.length).toBeGreaterThan(30);
    let wrong: string[] = [];
    for (const { action, route } of CHANGES) {
      const before = (await auditOf(testEnv, TENANT).ends()).head.seq;
      const path = route.path.replaceAll(/\{\w+\}/g, 'nothing-of-this-id');
      const response = await fetchWorker(path, {
        method: route.method,
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        ...(route.body ? { body: '{}' } : {}),
      });
      await response.body?.cancel();
      const records = (await recordsSince(before)).filter((record) => record.action === action);
      const requestId = response.headers.get('x-request-id');
      const isOne =
        records.length === 1 && records[0]?.requestId === requestId && records[0].status === response.status;
      if (!isOne) wrong.push(`${action}: ${response.status}, ${records.length} record(s)`);
    }
    wrong = wrong.sort();
    expect(wrong).toEqual([]);
  });
});
