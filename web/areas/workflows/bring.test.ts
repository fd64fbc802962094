import { describe, it } from 'vitest';
import { createClient } from '../../../sdk/client/index.ts';
import { bring } from './bring.ts';
import { givenOf } from './use-given.ts';

/** A folder, as a page gets one that is dropped: a file that nobody can read. */
class Folder extends File {
  override text(): Promise<string> {
    return Promise.reject(new Error('A directory was given'));
  }
}

/** Imports whatever it is sent. */
const client = createClient({
  url: 'https://millrace.example',
  fetch: async (_, { body }) => Response.json({ workflows: [JSON.parse(String(body))] }),
});
const options = { notJson: 'no JSON', onDone: () => undefined };

describe('files that want to become workflows', () => {
  it('are imported beside one that cannot be read, which is told of', async ({ expect }) => {
    const given = await givenOf([new Folder([], 'backup'), new File(['{"nodes":[]}'], 'One.json')]);
    const { workflows, failed } = await bring(client, given, options);
    expect(workflows).toEqual([{ nodes: [], name: 'One' }]);
    expect(failed).toEqual([{ name: 'backup', error: new Error('A directory was given') }]);
  });

  it('say why when there is one alone', async ({ expect }) => {
    const given = await givenOf([new Folder([], 'backup')]);
    await expect(bring(client, given, options)).rejects.toThrow('A directory was given');
  });
});

describe('a curl command with a secret', () => {
  interface Call {
    path: string;
    body: Record<string, unknown>;
  }
  /** Brings a command to a server that refuses what `refuses` says. */
  async function brought(text: string, refuses: (path: string) => boolean = () => false) {
    const calls: Call[] = [];
    const api = createClient({
      url: 'https://millrace.example',
      fetch: async (url, init) => {
        const path = `${init?.method} ${new URL(String(url)).pathname}`;
        const body = JSON.parse(String(init?.body ?? '{}')) as Record<string, unknown>;
        calls.push({ path, body });
        if (refuses(path)) {
          return Response.json({ status: 403, code: 'forbidden', title: 'No' }, { status: 403 });
        }
        return path.startsWith('DELETE')
          ? new Response(null, { status: 204 })
          : Response.json({ id: 'id_1', name: body['name'] });
      },
    });
    const made = bring(api, [{ text }], options);
    return { made, calls };
  }
  const COMMAND = "curl https://api.example.com:8443/v1/a -H 'Authorization: Bearer s3cret' -H 'X-Trace: a'";

  it('keeps it as a credential, bound to where the command goes, and out of the workflow', async ({ expect }) => {
    const { made, calls } = await brought(COMMAND);
    const [workflow] = (await made).workflows;
    expect(calls.map(({ path }) => path)).toEqual(['POST /v1/credentials', 'POST /v1/workflows']);
    expect(calls[0]?.body).toEqual({
      type: 'httpBearerAuth',
      name: 'api.example.com:8443',
      values: { token: 's3cret' },
      domains: ['api.example.com:8443'],
    });
    expect(JSON.stringify(calls[1]?.body)).not.toContain('s3cret');
    expect(calls[1]?.body['nodes']).toMatchObject([
      {},
      {
        parameters: {
          authentication: 'genericCredentialType',
          genericAuthType: 'httpBearerAuth',
          headerParameters: { parameters: [{ name: 'X-Trace', value: 'a' }] },
        },
        credentials: { httpBearerAuth: { id: 'id_1', name: 'api.example.com:8443' } },
      },
    ]);
    expect(workflow).toMatchObject({
      secret: { isKept: true, domain: 'api.example.com:8443' },
      credentials: [{ node: 'HTTP Request', type: 'httpBearerAuth', credential: 'id_1' }],
    });
  });

  it.for([
    ['curl -u ada:pass:word https://h.example', 'httpBasicAuth', { user: 'ada', password: 'pass:word' }],
    ["curl h.example -H 'X-Api-Key: k1'", 'httpHeaderAuth', { name: 'X-Api-Key', value: 'k1' }],
    ["curl h.example -H 'Authorization: ApiKey k1'", 'httpHeaderAuth', { name: 'Authorization', value: 'ApiKey k1' }],
  ] as const)('takes it as what it is: %s', async ([text, type, values], { expect }) => {
    const { made, calls } = await brought(text);
    await made;
    expect(calls[0]?.body).toEqual({ type, name: 'h.example', values, domains: ['h.example'] });
  });

  it('stores no word that stands for one, and says that it is to be connected', async ({ expect }) => {
    for (const word of ['$TOKEN', '${TOKEN}', '<token>', 'YOUR_API_KEY']) {
      const { made, calls } = await brought(`curl https://h.example -H 'Authorization: Bearer ${word}'`);
      expect((await made).workflows).toMatchObject([
        { report: { counts: { 'needs-credential': 1 } }, credentials: [{ type: 'httpBearerAuth', credential: null }] },
      ]);
      expect(calls.map(({ path }) => path)).toEqual(['POST /v1/workflows']);
      expect(JSON.stringify(calls)).not.toContain(word);
    }
  });

  it('leaves it in the step for who may store no credentials, and says so', async ({ expect }) => {
    const { made, calls } = await brought(COMMAND, (path) => path === 'POST /v1/credentials');
    expect((await made).workflows).toMatchObject([{ secret: { isKept: false }, credentials: [] }]);
    expect(JSON.stringify(calls[1]?.body)).toContain('Bearer s3cret');
  });

  it('leaves no credential behind when the workflow is refused', async ({ expect }) => {
    const { made, calls } = await brought(COMMAND, (path) => path === 'POST /v1/workflows');
    await expect(made).rejects.toThrow('No');
    expect(calls.at(-1)?.path).toBe('DELETE /v1/credentials/id_1');
  });
});
