import { describe, it } from 'vitest';
import { caller, fetchWorker } from '../kit/testing.ts';

const operator = (path: string, method: string, body?: object, key = 'test-deployment-key') =>
  fetchWorker(`/internal/${path}`, {
    method,
    headers: { 'x-deployment-key': key, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });

describe('the operator', () => {
  it('makes organisations for machines, and what is done to one is in its own log', async ({ expect }) => {
    const made = await operator('organizations', 'POST', { id: 'for-machines', name: 'Machines' });
    expect(made.status).toBe(201);
    const { apiKey } = await made.json<{ apiKey: string }>();
    expect((await operator('organizations', 'POST', { id: 'for-machines', name: 'Twice' })).status).toBe(409);
    const opened = await operator('egress?tenant=for-machines', 'PUT', { private: ['10.0.0.7'] });
    expect(await opened.json()).toEqual({ tenant: 'for-machines', private: ['10.0.0.7'] });
    await operator('organizations/for-machines/plan', 'PUT', { plan: 'team' });
    await operator('organizations/for-machines/suspend', 'POST', { reason: 'unpaid' });

    const { body } = await caller(apiKey)('GET /v1/audit', { query: { action: 'operator.*' } });
    const actor = { kind: 'operator', id: 'deployment' };
    const hashed = { before: expect.any(String) as string, after: expect.any(String) as string };
    expect(body['records']).toMatchObject([
      { action: 'operator.suspend', actor, target: 'for-machines' },
      { action: 'operator.set-plan', actor, target: 'for-machines', ...hashed },
      { action: 'operator.set-egress', actor, target: 'for-machines', ...hashed },
      { action: 'operator.create', actor, target: 'for-machines' },
    ]);
  });

  it('is nobody without the key, and finds no organisation that is none', async ({ expect }) => {
    for (const [path, method] of [
      ['organizations', 'GET'],
      ['organizations', 'POST'],
      ['organizations/local/plan', 'PUT'],
      ['plans', 'GET'],
      ['mails', 'GET'],
      ['stats', 'GET'],
      ['egress?tenant=local', 'PUT'],
    ] as const) {
      expect((await operator(path, method, method === 'GET' ? undefined : {}, 'wrong')).status, path).toBe(401);
    }
    for (const id of ['nobody-here', '__proto__', '..%2f', 'A'.repeat(80)]) {
      expect((await operator(`organizations/${id}`, 'GET')).status, id).toBe(404);
      expect((await operator(`organizations/${id}/plan`, 'GET')).status, id).toBe(404);
    }
  });
});
