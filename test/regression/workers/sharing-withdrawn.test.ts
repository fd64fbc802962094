import { describe, it } from 'vitest';
import { apiFor, caller, type Caller } from '../../../workers/kit/testing.ts';

const EDITOR = [
  'workflows:read',
  'workflows:write',
  'credentials:read',
  'credentials:write',
  'runs:write',
  'runs:read',
  'environments:read',
];

const node = (id: string, type: string, version: number, parameters: object, more: object = {}) => ({
  id,
  name: id,
  type,
  version,
  parameters,
  position: [0, 0],
  ...more,
});

/** Nothing is at the address: a credential that is opened gives another error than one that is not. */
const document = (credential: string, name = 'Uses') => ({
  schema: 1,
  name,
  nodes: [
    node('start', 'manual', 1, {}),
    node(
      'ask',
      'http-request',
      4.2,
      { url: 'http://10.0.0.1/', authentication: 'genericCredentialType', genericAuthType: 'httpBasicAuth' },
      { credentials: { httpBasicAuth: { id: credential, name: 'Shop' } } },
    ),
  ],
  edges: [{ from: { node: 'start', port: 'main', index: 0 }, to: { node: 'ask', port: 'main', index: 0 } }],
  settings: {},
  notes: [],
  pinned: [],
});

interface Failure {
  code: string;
  message: string;
}

interface Place {
  owner: Caller;
  editor: Caller;
  credential: string;
  /** Makes the editor's workflow. */
  made(body?: object): Promise<string>;
  share(sharing: object): Promise<unknown>;
  publish(as: Caller, workflow: string): Promise<unknown>;
  /** Why the step of a run fails. */
  fails(workflow: string, version?: 'draft'): Promise<unknown>;
}

async function place(tenant: string): Promise<Place> {
  const owner = await apiFor(tenant);
  const key = (await owner('POST /v1/keys', { body: { name: 'editor', scopes: EDITOR } })).body;
  const editor = caller(String(key['key']));
  const body = { type: 'httpBasicAuth', name: 'Shop', values: { user: 'a', password: 'secret-of-shop' } };
  const credential = String((await owner('POST /v1/credentials', { body })).body['id']);
  const share = (sharing: object) =>
    owner('PUT /v1/credentials/{id}/sharing', { params: { id: credential }, body: sharing });
  await share({ users: [String(key['id'])] });
  return {
    owner,
    editor,
    credential,
    share,
    made: async (given = document(credential)) =>
      String((await editor('POST /v1/workflows', { body: given })).body['id']),
    publish: async (as, id) => (await as('POST /v1/workflows/{id}/publish', { params: { id } })).body,
    async fails(id, version) {
      const sent = { params: { id }, query: { wait: '20s' }, body: version ? { version } : {} };
      const { error } = (await owner('POST /v1/workflows/{id}/runs', sent)).body as { error?: Failure };
      // What failed inside a sub-workflow is told in words.
      return error?.code === 'sub-workflow-failed' ? /not shared|private/.exec(error.message)?.[0] : error?.code;
    },
  };
}

const WITHDRAWN = { roles: ['admin'] };
const NOT_SHARED = { code: 'credential-not-shared' };

describe('[CRD11] a credential that is no longer shared with who brought it in', () => {
  it('was opened by runs of what had been published or saved before', async ({ expect }) => {
    const { made, share, publish, fails, editor } = await place('withdrawn-run');
    const [published, draft] = [await made(), await made()];
    expect(await publish(editor, published)).toMatchObject({ version: 1 });
    // Shared: the credential is opened, and the address is what fails.
    expect([await fails(published), await fails(draft, 'draft')]).toEqual(['egress-refused', 'egress-refused']);
    await share(WITHDRAWN);
    expect([await fails(published), await fails(draft, 'draft')]).toEqual([NOT_SHARED.code, NOT_SHARED.code]);
    await share({});
    expect(await fails(published)).toBe('egress-refused');
  });

  it('was published all the same, rolled back to and promoted', async ({ expect }) => {
    const { made, share, publish, fails, editor, owner, credential } = await place('withdrawn-publish');
    const id = await made();
    await publish(editor, id);
    const edited = document(credential, 'Edited');
    await editor('PUT /v1/workflows/{id}', { params: { id }, body: edited });
    await publish(editor, id);
    await share(WITHDRAWN);
    expect(await publish(editor, id)).toMatchObject(NOT_SHARED);
    const rollback = { params: { id }, body: { version: 1 } };
    expect((await editor('POST /v1/workflows/{id}/rollback', rollback)).body).toMatchObject(NOT_SHARED);
    const promote = { params: { id }, body: { from: 'production', to: 'staging' } };
    expect((await editor('POST /v1/workflows/{id}/promote', promote)).body).toMatchObject(NOT_SHARED);
    // Somebody who may answers for it by publishing, and it works again for everybody.
    expect(await publish(owner, id)).toMatchObject({ version: 2 });
    expect(await fails(id)).toBe('egress-refused');
    expect((await editor('POST /v1/workflows/{id}/rollback', rollback)).body).toMatchObject({ version: 1 });
  });

  it('is not passed on by who may not use it: editing elsewhere takes nothing over', async ({ expect }) => {
    const { made, share, publish, fails, editor, owner, credential } = await place('withdrawn-passed');
    const id = String((await owner('POST /v1/workflows', { body: document(credential) })).body['id']);
    await share(WITHDRAWN);
    // The owner's workflow goes on, whoever publishes it.
    expect(
      (await editor('PUT /v1/workflows/{id}', { params: { id }, body: document(credential, 'Renamed') })).status,
    ).toBe(200);
    expect(await publish(editor, id)).toMatchObject({ version: 1 });
    expect(await fails(id)).toBe('egress-refused');
    // A workflow written as text inside another is the other's.
    await share({});
    const inner = {
      nodes: [
        {
          id: 'a',
          name: 'ask',
          type: 'n8n-nodes-base.httpRequest',
          typeVersion: 4.2,
          position: [0, 0],
          parameters: document(credential).nodes[1]?.parameters,
          credentials: { httpBasicAuth: { id: credential, name: 'Shop' } },
        },
      ],
      connections: {},
    };
    const parameters = { source: 'parameter', workflowJson: JSON.stringify(inner), options: {} };
    const outer = {
      ...document(credential),
      nodes: [node('start', 'manual', 1, {}), node('ask', 'execute-workflow', 1.2, parameters)],
    };
    const hidden = await made(outer);
    const codes = [await fails(hidden, 'draft')];
    await share(WITHDRAWN);
    codes.push(await fails(hidden, 'draft'));
    expect(codes).toEqual(['private', 'not shared']);
  });
});
