import { describe, it } from 'vitest';
import { apiFor } from '../../kit/testing.ts';
import { helloService, MAX_NOTES } from './service.ts';

describe('hello', () => {
  it('keeps a greeting and lists it first', async ({ expect }) => {
    const api = await apiFor('hello-keeps');
    await api('POST /v1/hello', { body: { text: 'first' } });
    const made = await api('POST /v1/hello', { body: { text: '  Grüß dich 👋 ' } });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ text: 'Grüß dich 👋' });
    const { body } = await api('GET /v1/hello', { query: { limit: '1' } });
    expect(body).toEqual({ notes: [made.body] });
  });

  it('removes a greeting once', async ({ expect }) => {
    const api = await apiFor('hello-removes');
    const { body } = await api('POST /v1/hello', { body: { text: 'bye' } });
    const target = { params: { id: body['id'] as string } };
    expect((await api('DELETE /v1/hello/{id}', target)).status).toBe(204);
    expect(await api('DELETE /v1/hello/{id}', target)).toMatchObject({ status: 404, body: { code: 'note-unknown' } });
  });

  it('does not show or remove what another tenant wrote', async ({ expect }) => {
    const [ours, theirs] = [await apiFor('hello-ours'), await apiFor('hello-theirs')];
    const { body } = await ours('POST /v1/hello', { body: { text: 'private' } });
    expect((await theirs('GET /v1/hello')).body).toEqual({ notes: [] });
    const stolen = await theirs('DELETE /v1/hello/{id}', { params: { id: body['id'] as string } });
    expect(stolen).toMatchObject({ status: 404, body: { code: 'note-unknown' } });
    expect((await ours('GET /v1/hello')).body).toMatchObject({ notes: [{ text: 'private' }] });
  });

  it('names every field that does not belong', async ({ expect }) => {
    const api = await apiFor('hello-strict');
    const refused = await api('POST /v1/hello', { body: { text: '', colour: 'red' } });
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({
      errors: [{ pointer: '/text' }, { pointer: '/colour', code: 'unknown-field' }],
    });
  });

  it('refuses a greeting too many', async ({ expect }) => {
    const notes = {
      count: async () => MAX_NOTES,
      add: async () => {},
      newest: async () => [],
      remove: async () => false,
    };
    const service = helloService({ notes, now: () => 0, newId: (prefix) => prefix, announce: async () => {} });
    await expect(service.create('one more')).rejects.toMatchObject({ code: 'notes-full' });
  });
});
