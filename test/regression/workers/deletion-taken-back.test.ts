import { describe, it } from 'vitest';
import { apiFor, fetchWorker, testEnv } from '../../../workers/kit/testing.ts';
import { d1Erasures } from '../../../workers/lifecycle/erasures.ts';
import { standingOf } from '../../../workers/lifecycle/standing.ts';

const operator = (path: string, init: RequestInit) =>
  fetchWorker(`/internal/organizations${path}`, {
    ...init,
    headers: { 'x-deployment-key': 'test-deployment-key', 'content-type': 'application/json' },
  });

describe('who takes a deletion back, and when', () => {
  it('[LIF2] an owner does not make the operator’s deletion their own', async ({ expect }) => {
    const api = await apiFor('operator-deletes');
    await operator('/operator-deletes', { method: 'DELETE', body: '{"graceDays":5}' });
    const before = (await api('GET /v1/organization')).body;
    const asked = await api('DELETE /v1/organization', { body: { confirm: 'operator-deletes', graceDays: 90 } });
    expect([asked.status, asked.body['code']]).toEqual([403, 'operator-only']);
    expect((await api('POST /v1/organization/restore')).body['code']).toBe('operator-only');
    expect((await api('GET /v1/organization')).body).toEqual(before);
  });

  it('[LIF3] is not taken back once it may have begun: nothing would be left but a half of it', async ({ expect }) => {
    const api = await apiFor('begun');
    await standingOf(testEnv, 'begun').remove({ by: 'owner', id: 'key_1' }, 0);
    expect(await d1Erasures(testEnv.DB).claim('begun', Date.now(), 60_000)).toBe(true);
    const late = await api('POST /v1/organization/restore');
    expect([late.status, late.body['code']]).toEqual([409, 'not-being-deleted']);
    // nor put off: the answer says when it was due
    const again = await api('DELETE /v1/organization', { body: { confirm: 'begun', graceDays: 7 } });
    expect(Number(again.body['deleteAt'])).toBeLessThanOrEqual(Date.now());
    expect(await d1Erasures(testEnv.DB).of('begun')).toMatchObject({ finishedAt: null, requestedBy: 'owner:key_1' });
  });
});
