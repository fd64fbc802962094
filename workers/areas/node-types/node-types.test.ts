import { describe, it } from 'vitest';
import { apiFor } from '../../kit/testing.ts';

interface Listed {
  type: string;
  inputs: unknown;
  outputs: number;
  fields: { name: string }[];
}

describe('node types', () => {
  it('are listed with their fields and ports', async ({ expect }) => {
    const api = await apiFor('node-types-list');
    const types = (await api('GET /v1/node-types', {})).body['types'] as Listed[];
    const of = (type: string): Listed | undefined => types.find((each) => each.type === type);
    expect(types.length).toBeGreaterThan(50);
    expect(of('webhook')).toMatchObject({ inputs: 0, trigger: 'webhook' });
    expect(of('if')).toMatchObject({ inputs: 1, outputs: 2 });
    expect(of('merge')).toMatchObject({ inputs: 'many' });
    expect(of('set')).toMatchObject({ n8n: expect.arrayContaining(['n8n-nodes-base.set']) });
    expect(of('http-request')?.fields.map(({ name }) => name)).toContain('url');
  });

  it('tell the outputs of nodes with parameters, and what keeps them from running', async ({ expect }) => {
    const api = await apiFor('node-types-ports');
    const nodes = [
      { id: 'a', type: 'switch', version: 3, parameters: { mode: 'expression', numberOutputs: 7 } },
      { id: '__proto__', type: 'constructor', version: 1, parameters: {} },
      { id: 'c', type: 'execute-workflow', version: 1.2, parameters: { source: 'localFile' } },
    ];
    const { status, body } = await api('POST /v1/node-types/ports', { body: { nodes } });
    expect(status).toBe(200);
    expect(body['ports']).toMatchObject([
      { id: 'a', outputs: 7 },
      { id: '__proto__', outputs: 1, fault: { code: 'node-unknown' } },
      { id: 'c', outputs: 1, fault: { code: 'unsupported' } },
    ]);
  });

  it('tell at which parameter something is missing or cannot be read', async ({ expect }) => {
    const api = await apiFor('node-types-problems');
    const nodes = [
      { id: 'a', type: 'http-request', version: 4.2, parameters: { options: { timeout: '={{ 1 + }}' } } },
      { id: 'b', type: 'http-request', version: 4.2, parameters: { url: 'https://example.com' } },
    ];
    const { body } = await api('POST /v1/node-types/ports', { body: { nodes } });
    expect(body['ports']).toMatchObject([
      {
        problems: [
          { pointer: '/url', code: 'missing', message: 'URL is missing.' },
          { pointer: '/options/timeout', code: 'expression' },
        ],
      },
      { problems: [] },
    ]);
  });

  it('tell the type of credential a node wants with its parameters', async ({ expect }) => {
    const api = await apiFor('node-types-credential');
    const http = (id: string, parameters: object): object => ({ id, type: 'http-request', version: 4.2, parameters });
    const nodes = [
      http('generic', { authentication: 'genericCredentialType', genericAuthType: 'httpBearerAuth' }),
      http('service', { authentication: 'predefinedCredentialType', nodeCredentialType: 'githubApi' }),
      http('none', { authentication: 'none', genericAuthType: 'httpBearerAuth' }),
      http('computed', { authentication: '={{ $json.how }}' }),
      { id: 'hook', type: 'webhook', version: 2, parameters: { path: 'a', authentication: 'headerAuth' } },
      { id: 'mail', type: 'email-send', version: 2.1, parameters: {} },
    ];
    const { body } = await api('POST /v1/node-types/ports', { body: { nodes } });
    const ports = body['ports'] as { id: string; credential?: string }[];
    expect(Object.fromEntries(ports.map(({ id, credential }) => [id, credential]))).toEqual({
      generic: 'httpBearerAuth',
      service: 'githubApi',
      none: undefined,
      computed: undefined,
      hook: 'httpHeaderAuth',
      mail: 'smtp',
    });
  });
});
