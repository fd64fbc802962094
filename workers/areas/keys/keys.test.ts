import { describe, it } from 'vitest';
import { apiFor, caller } from '../../kit/testing.ts';

describe('keys', () => {
  it('are made, shown once, and work at once', async ({ expect }) => {
    const api = await apiFor('keys-made');
    const made = await api('POST /v1/keys', { body: { name: 'CI', scopes: ['runs:read'] } });
    expect(made).toMatchObject({
      status: 201,
      body: { name: 'CI', key: expect.stringMatching(/^mr_keys-made_/) as string },
    });
    const theirs = caller(made.body['key'] as string);
    expect((await theirs('GET /v1/runs')).status).toBe(200);
    expect((await theirs('GET /v1/workflows')).status).toBe(403);
    const { body } = await api('GET /v1/keys');
    expect(body['keys']).toContainEqual({
      id: made.body['id'],
      name: 'CI',
      scopes: ['runs:read'],
      prefix: (made.body['key'] as string).slice(0, 17),
      createdAt: expect.any(Number) as number,
      expiresAt: null,
      lastUsedAt: expect.any(Number) as number,
    });
    expect(JSON.stringify(body)).not.toContain('"key"');
  });

  it('stop when they are revoked', async ({ expect }) => {
    const api = await apiFor('keys-revoked');
    const made = await api('POST /v1/keys', { body: { name: 'old' } });
    expect((await api('DELETE /v1/keys/{id}', { params: { id: made.body['id'] as string } })).status).toBe(204);
    expect((await caller(made.body['key'] as string)('GET /v1/tenant')).body).toMatchObject({ code: 'key-invalid' });
    expect(await api('DELETE /v1/keys/{id}', { params: { id: made.body['id'] as string } })).toMatchObject({
      status: 404,
      body: { code: 'key-unknown' },
    });
  });

  it('give no more than they have', async ({ expect }) => {
    const api = await apiFor('keys-wide', ['keys:*', 'runs:read']);
    for (const scopes of [['*'], ['runs:*'], ['runs:write'], ['runs:read', 'workflows:read']]) {
      expect(await api('POST /v1/keys', { body: { name: 'x', scopes } }), String(scopes)).toMatchObject({
        status: 403,
        body: { code: 'scope-too-wide' },
      });
    }
    expect((await api('POST /v1/keys', { body: { name: 'x', scopes: ['keys:*', 'runs:read'] } })).status).toBe(201);
    expect((await api('POST /v1/keys', { body: { name: 'x', scopes: ['root'] } })).body).toMatchObject({
      errors: [{ pointer: '/scopes/0' }],
    });
  });

  it('are over when their time has come', async ({ expect }) => {
    const api = await apiFor('keys-over');
    const expiresAt = Date.now() + 1_500;
    const made = await api('POST /v1/keys', { body: { name: 'short', expiresAt } });
    expect(made.body).toMatchObject({ expiresAt });
    const theirs = caller(made.body['key'] as string);
    expect((await theirs('GET /v1/tenant')).status).toBe(200);
    await new Promise((done) => setTimeout(done, expiresAt - Date.now() + 20));
    expect((await theirs('GET /v1/tenant')).body).toMatchObject({ code: 'key-invalid' });
    expect(await api('POST /v1/keys', { body: { name: 'past', expiresAt: 1 } })).toMatchObject({
      status: 400,
      body: { code: 'expiry-past' },
    });
  });
});
