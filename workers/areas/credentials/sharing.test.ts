import { describe, it } from 'vitest';
import { apiFor, caller, type Caller } from '../../kit/testing.ts';

const EDITOR = ['workflows:read', 'workflows:write', 'credentials:read', 'credentials:write', 'keys:read'];

const document = (id: string, url = 'https://a.example') => ({
  schema: 1,
  name: 'Uses',
  nodes: [
    { id: 'start', name: 'start', type: 'manual', version: 1, parameters: {}, position: [0, 0] },
    {
      id: 'ask',
      name: 'ask',
      type: 'http-request',
      version: 4.2,
      position: [0, 0],
      parameters: { url, authentication: 'genericCredentialType', genericAuthType: 'httpBasicAuth' },
      credentials: { httpBasicAuth: { id, name: 'Shop' } },
    },
  ],
  edges: [{ from: { node: 'start', port: 'main', index: 0 }, to: { node: 'ask', port: 'main', index: 0 } }],
  settings: {},
  notes: [],
  pinned: [],
});

async function people(tenant: string): Promise<{ owner: Caller; editor: Caller; editorId: string }> {
  const owner = await apiFor(tenant);
  const made = await owner('POST /v1/keys', { body: { name: 'editor', scopes: EDITOR } });
  return { owner, editor: caller(made.body['key'] as string), editorId: made.body['id'] as string };
}

describe('[CRD11] sharing', () => {
  it('hides a credential from those it is not shared with, and keeps them from using it', async ({ expect }) => {
    const { owner, editor, editorId } = await people('share-life');
    const body = { type: 'httpBasicAuth', name: 'Shop', values: { user: 'a', password: 'secret-of-shop' } };
    const id = (await owner('POST /v1/credentials', { body })).body['id'] as string;
    const params = { id };
    const flow = (await editor('POST /v1/workflows', { body: document(id) })).body['id'] as string;
    expect(flow).toMatch(/^wf_/);
    const none = { users: [], roles: [], projects: ['p1'] };
    expect((await owner('PUT /v1/credentials/{id}/sharing', { params, body: none })).body).toMatchObject({
      sharing: none,
    });

    expect((await editor('GET /v1/credentials')).body).toEqual({ credentials: [] });
    const calls: [string, object?][] = [
      ['GET /v1/credentials/{id}'],
      ['PUT /v1/credentials/{id}', { name: 'x', values: { user: 'a', password: 'b' } }],
      ['DELETE /v1/credentials/{id}'],
      ['POST /v1/credentials/{id}/test', { url: 'https://evil.example' }],
      ['POST /v1/credentials/{id}/connect', {}],
      ['PUT /v1/credentials/{id}/sharing', { users: [editorId] }],
    ];
    for (const [key, sent] of calls) {
      const reply = await editor(key, { params, ...(sent ? { body: sent } : {}) });
      expect([reply.status, reply.body['code']], key).toEqual([404, 'credential-unknown']);
    }
    expect(await editor('POST /v1/workflows', { body: document(id) })).toMatchObject({
      status: 403,
      body: { code: 'credential-not-shared' },
    });
    // What was there before may stay, but not be turned elsewhere.
    const edit = (given: object) => editor('PUT /v1/workflows/{id}', { params: { id: flow }, body: given });
    expect((await edit({ ...document(id), name: 'Renamed' })).status).toBe(200);
    expect(await edit(document(id, 'https://evil.example'))).toMatchObject({ status: 403 });
    const hidden = document(id) as unknown as { nodes: object[] };
    hidden.nodes.push({
      id: 'inner',
      name: 'inner',
      type: 'execute-workflow',
      version: 1.3,
      position: [0, 0],
      parameters: { source: 'parameter', workflowJson: JSON.stringify(document(id, 'https://evil.example')) },
    });
    expect((await edit(hidden)).status).toBe(403);

    await owner('PUT /v1/credentials/{id}/sharing', { params, body: { users: [editorId] } });
    expect((await editor('GET /v1/credentials/{id}', { params })).status).toBe(200);
    expect((await edit(document(id, 'https://b.example'))).status).toBe(200);
  });

  it('[CRD5] importing chooses by name only among those the importer may use, and says so', async ({ expect }) => {
    const { owner, editor } = await people('share-import');
    const body = { type: 'httpBasicAuth', name: 'Shop', values: { user: 'a', password: 'secret-of-shop' } };
    const id = (await owner('POST /v1/credentials', { body })).body['id'] as string;
    const parameters = {
      url: 'https://evil.example',
      authentication: 'genericCredentialType',
      genericAuthType: 'httpBasicAuth',
    };
    const file = (ref: object) => ({
      name: 'From a stranger',
      nodes: [
        {
          id: 'a',
          name: 'ask',
          type: 'n8n-nodes-base.httpRequest',
          typeVersion: 4.2,
          position: [0, 0],
          parameters,
          credentials: { httpBasicAuth: ref },
        },
      ],
      connections: {},
    });
    const imported = async (api: Caller, ref: object) => {
      const { body: made } = await api('POST /v1/workflows/import', { body: file(ref) });
      const [first] = made['workflows'] as { credentials: object[] }[];
      const draft = JSON.stringify(
        (await api('GET /v1/workflows/{id}', { params: { id: made['id'] as string } })).body,
      );
      return { reported: first?.credentials, names: draft.includes(id) };
    };
    const report = (credential: string | null, name = 'Shop') => [
      { node: 'ask', type: 'httpBasicAuth', name, credential },
    ];
    expect(await imported(editor, { id: '5', name: 'Shop' })).toEqual({ reported: report(id), names: true });
    await owner('PUT /v1/credentials/{id}/sharing', { params: { id }, body: { roles: ['owner'] } });
    expect(await imported(editor, { id: '5', name: 'Shop' })).toEqual({ reported: report(null), names: false });
    expect(await imported(editor, { id, name: 'Shop' })).toEqual({ reported: report(null), names: false });
    expect(await imported(owner, { id: '5', name: 'Shop' })).toEqual({ reported: report(id), names: true });
  });
});

describe('[EXT1] a value in another store', () => {
  it('is named, not kept, and only by who may use the store', async ({ expect }) => {
    const { owner, editor } = await people('share-external');
    const store = {
      type: 'hashicorpVault',
      name: 'V',
      values: { url: 'https://vault.example', token: 'canary-of-store' },
    };
    const id = (await owner('POST /v1/credentials', { body: store })).body['id'] as string;
    const value = { store: id, secret: 'app', field: 'p' };
    const body = { type: 'httpHeaderAuth', name: 'H', values: { name: 'x', value } };
    const made = await editor('POST /v1/credentials', { body });
    expect(made).toMatchObject({ status: 201, body: { secrets: [], external: { value }, fields: { name: 'x' } } });
    const params = { id: made.body['id'] as string };
    const moved = { name: 'H', values: { name: 'x', value: { ...value, secret: 'other' } } };
    expect((await editor('PUT /v1/credentials/{id}', { params, body: moved })).body).toMatchObject({
      external: { value: { secret: 'other' } },
    });
    await owner('PUT /v1/credentials/{id}/sharing', { params: { id }, body: { roles: ['owner'] } });
    for (const bad of [id, params.id, 'cred_0123456789abcdef', '__proto__']) {
      const sent = { ...body, values: { name: 'x', value: { ...value, store: bad } } };
      expect((await editor('POST /v1/credentials', { body: sent })).body['code'], bad).toBe('store-unknown');
    }
    const odd = { ...body, values: { name: 'x', value: { ...value, path: 'x' } } };
    expect((await owner('POST /v1/credentials', { body: odd })).status).toBe(400);
  });
});

describe('[CRD12] trying a credential out', () => {
  it('says what stands in its way, and shows no secret', async ({ expect }) => {
    const api = await apiFor('try-out');
    const make = async (body: object) => (await api('POST /v1/credentials', { body })).body['id'] as string;
    const basic = await make({
      type: 'httpBasicAuth',
      name: 'B',
      values: { user: 'a', password: 'canary-of-try' },
      domains: ['shop.example'],
    });
    const test = (id: string, body = {}) => api('POST /v1/credentials/{id}/test', { params: { id }, body });
    expect(await test(basic)).toMatchObject({ status: 409, body: { code: 'test-unsupported' } });
    expect((await test(basic, { url: 'http://127.0.0.1:1/' })).body).toMatchObject({
      ok: false,
      message: expect.stringMatching(/^credential-refused/) as string,
    });
    const loose = await make({ type: 'httpBearerAuth', name: 'L', values: { token: 'canary-of-try' } });
    expect((await test(loose, { url: 'http://169.254.169.254/' })).body).toMatchObject({
      ok: false,
      message: expect.stringMatching(/^egress-refused/) as string,
    });
    expect((await test(loose, { url: 'file:///etc/passwd' })).body).toMatchObject({ ok: false });
  });
});
