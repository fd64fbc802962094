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

/** All that the log holds after `seq`, once it holds `atLeast` as many, or has not in ten seconds. */
async function recordsSince(seq: number, atLeast: number): Promise<AuditRecord[]> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const records: AuditRecord[] = [];
    for (let at = seq, page = await auditOf(testEnv, TENANT).page(at, 100); page.length > 0;) {
      records.push(...page);
      at = page.at(-1)?.seq ?? at;
      page = await auditOf(testEnv, TENANT).page(at, 100);
    }
    // refusals are written in groups, a moment later; a second record of one would come by then, too
    await new Promise((later) => setTimeout(later, 450));
    const { seq: end } = (await auditOf(testEnv, TENANT).ends()).head;
    const isWhole = records.length >= atLeast && end === (records.at(-1)?.seq ?? seq);
    if (isWhole || Date.now() > deadline) return records;
  }
}

describe('[AUD1] [AUD2] every change of the API', () => {
  it('leaves exactly one record, named by its contract', { timeout: 180_000 }, async ({ expect }) => {
    const key = await tenantWithKey(TENANT);
    expect(CHANGES.length).toBeGreaterThan(30);
    // each is told from the others by its action
    expect(new Set(CHANGES.map(({ action }) => action)).size).toBe(CHANGES.length);
    const before = (await auditOf(testEnv, TENANT).ends()).head.seq;
    const answers: { action: string; status: number; requestId: string | null }[] = [];
    for (const { action, route } of CHANGES) {
      const path = route.path.replaceAll(/\{\w+\}/g, 'nothing-of-this-id');
      const response = await fetchWorker(path, {
        method: route.method,
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        ...(route.body ? { body: '{}' } : {}),
      });
      await response.body?.cancel();
      answers.push({ action, status: response.status, requestId: response.headers.get('x-request-id') });
    }
    const all = await recordsSince(before, CHANGES.length);
    const wrong = answers.flatMap(({ action, status, requestId }) => {
      const records = all.filter((record) => record.action === action);
      const isOne = records.length === 1 && records[0]?.requestId === requestId && records[0].status === status;
      return isOne ? [] : [`${action}: ${status}, ${records.length} record(s)`];
    });
    expect(wrong.sort()).toEqual([]);
  });
});
