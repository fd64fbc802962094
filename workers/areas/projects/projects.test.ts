import { describe, it } from 'vitest';
import { apiFor } from '../../kit/testing.ts';
import type { Caller } from '../../kit/testing.ts';

const document = (name: string) => ({
  schema: 1,
  name,
  nodes: [{ id: 'in', name: 'in', type: 'manual', version: 1, parameters: {}, position: [0, 0] }],
  edges: [],
  settings: {},
  notes: [],
  pinned: [],
});

const workflow = async (api: Caller, name: string): Promise<string> =>
  String((await api('POST /v1/workflows', { body: document(name) })).body['id']);
const names = async (api: Caller, query: Record<string, string>): Promise<string[]> =>
  ((await api('GET /v1/workflows', { query })).body['workflows'] as { name: string }[]).map(({ name }) => name).sort();

describe('projects', () => {
  it('hold workflows, credentials and tables, in folders and by tags', async ({ expect }) => {
    const api = await apiFor('projects-hold');
    const project = String((await api('POST /v1/projects', { body: { name: 'Shop' } })).body['id']);
    const folder = String((await api('POST /v1/folders', { body: { project, name: 'Orders' } })).body['id']);
    const [a, b, c] = [await workflow(api, 'a'), await workflow(api, 'b'), await workflow(api, 'c')];
    const place = (kind: string, id: string, body: object) =>
      api('PUT /v1/placements/{kind}/{id}', { params: { kind, id }, body });
    expect((await place('workflow', a, { project, folder })).body).toMatchObject({ project, folder });
    expect((await place('workflow', b, { project })).status).toBe(200);
    await api('PUT /v1/tags/{kind}/{id}', { params: { kind: 'workflow', id: c }, body: { tags: ['night', 'night'] } });
    expect(await names(api, { project })).toEqual(['a', 'b']);
    expect(await names(api, { folder })).toEqual(['a']);
    expect(await names(api, { tag: 'night' })).toEqual(['c']);
    expect((await api('GET /v1/tags')).body['tags']).toEqual([{ tag: 'night', uses: 1 }]);
    const table = String((await api('POST /v1/data-tables', { body: { name: 't' } })).body['id']);
    expect((await place('table', table, { project })).status).toBe(200);
    expect((await api('GET /v1/projects/{id}', { params: { id: project } })).body).toMatchObject({
      name: 'Shop',
      workflows: 2,
      folders: [{ id: folder, name: 'Orders' }],
    });
    expect((await api('DELETE /v1/projects/{id}', { params: { id: project } })).body['code']).toBe('project-not-empty');
    expect((await api('DELETE /v1/folders/{id}', { params: { id: folder } })).body['code']).toBe('folder-not-empty');
    for (const [kind, id] of [
      ['workflow', a],
      ['workflow', b],
      ['table', table],
    ] as const) {
      expect((await place(kind, id, { project: null })).body['project']).toBeNull();
    }
    expect((await api('DELETE /v1/projects/{id}', { params: { id: project } })).status).toBe(204);
  });

  it('refuse what does not exist, other tenants’ things and circles', async ({ expect }) => {
    const [api, other] = [await apiFor('projects-refuse'), await apiFor('projects-other')];
    const project = String((await api('POST /v1/projects', { body: { name: 'One' } })).body['id']);
    const foreign = String((await other('POST /v1/projects', { body: { name: 'Two' } })).body['id']);
    const theirs = await workflow(other, 'theirs');
    const mine = await workflow(api, 'mine');
    const place = (id: string, body: object) =>
      api('PUT /v1/placements/{kind}/{id}', { params: { kind: 'workflow', id }, body });
    expect((await place(theirs, { project })).body['code']).toBe('resource-unknown');
    expect((await place(mine, { project: foreign })).body['code']).toBe('project-unknown');
    expect((await place(mine, { project, folder: 'fold_none' })).body['code']).toBe('folder-unknown');
    expect((await api('GET /v1/projects/{id}', { params: { id: foreign } })).status).toBe(404);
    expect(await names(api, { project: foreign })).toEqual([]);
    const make = async (parent: string | null) =>
      String((await api('POST /v1/folders', { body: { project, parent, name: 'f' } })).body['id']);
    const outer = await make(null);
    const inner = await make(outer);
    const move = (id: string, parent: string) => api('PATCH /v1/folders/{id}', { params: { id }, body: { parent } });
    expect((await move(outer, inner)).body['code']).toBe('folder-in-itself');
    expect((await move(outer, outer)).body['code']).toBe('folder-in-itself');
    expect(
      (await api('PUT /v1/tags/{kind}/{id}', { params: { kind: 'run', id: 'x' }, body: { tags: [] } })).status,
    ).toBe(400);
  });
});
