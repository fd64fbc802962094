import { describe, it } from 'vitest';
import { tenantOf } from '../../../durable-objects/stubs.ts';
import { apiFor, fetchWorker, testEnv } from '../../kit/testing.ts';

describe('[EGR19] egress rules of a tenant', () => {
  it('are narrowed by the tenant, entry by entry', async ({ expect }) => {
    const api = await apiFor('egress-life');
    expect((await api('GET /v1/egress')).body).toEqual({
      private: [],
      deny: [],
      only: [],
      maxResponseBytes: null,
      timeoutMs: null,
    });
    const body = {
      deny: ['Evil.Example', '10.0.0.0/8'],
      only: ['*.example.com', 'bücher.example:8443'],
      maxResponseBytes: 4_096,
    };
    const kept = {
      private: [],
      deny: ['evil.example', '10.0.0.0/8'],
      only: ['*.example.com', 'xn--bcher-kva.example:8443'],
    };
    expect((await api('PUT /v1/egress', { body })).body).toEqual({ ...kept, maxResponseBytes: 4_096, timeoutMs: null });
    expect((await api('GET /v1/egress')).body).toMatchObject(kept);
    expect(await api('PUT /v1/egress', { body: { deny: ['a', 'http://x/'] } })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/deny/1' }] },
    });
    for (const bad of [
      { allow: ['127.0.0.1'] },
      { private: ['127.0.0.1'] },
      { timeoutMs: 1 },
      { maxResponseBytes: 1e12 },
    ]) {
      expect((await api('PUT /v1/egress', { body: bad })).status, JSON.stringify(bad)).toBe(400);
    }
    expect((await api('GET /v1/egress')).body).toMatchObject(kept);
  });

  it('are opened by the operator alone, and stay open when the tenant narrows', async ({ expect }) => {
    const api = await apiFor('egress-open');
    const open = (body: object, key = 'test-deployment-key', tenant = 'egress-open') =>
      fetchWorker(`/internal/egress?tenant=${tenant}`, {
        method: 'PUT',
        headers: { 'x-deployment-key': key, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    expect((await open({ private: ['10.0.0.5:5432'] }, 'wrong')).status).toBe(401);
    expect((await open({ private: ['*'] })).status).toBe(400);
    expect((await open({ private: [] }, undefined, 'no-such-tenant')).status).toBe(404);
    expect((await open({ private: [] }, undefined, '../x')).status).toBe(400);
    expect((await open({ private: ['10.0.0.5:5432', 'db.internal'] })).status).toBe(200);
    expect((await api('PUT /v1/egress', { body: { deny: ['*'] } })).body).toMatchObject({
      private: ['10.0.0.5:5432', 'db.internal'],
      deny: ['*'],
    });
    const profile = await tenantOf(testEnv, 'egress-open').profile();
    expect(profile).toMatchObject({
      value: { egress: { allow: ['10.0.0.5:5432', 'db.internal'], deny: ['*'], only: [] } },
    });
  });
});
