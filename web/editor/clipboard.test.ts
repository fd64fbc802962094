import { describe, it } from 'vitest';
import type { Workflow } from '../../core/graph/document.ts';
import { createClient } from '../../sdk/client/index.ts';
import { copyText, pieceOf, renewed } from './clipboard.ts';
import type { Catalog, NodeTypeView } from '../canvas/node-types.ts';

const type = (name: string, n8n: string): [string, NodeTypeView] => [
  name,
  {
    type: name,
    title: name,
    summary: '',
    group: 'data',
    icon: 'list',
    version: 1,
    fields: [],
    inputs: 1,
    outputs: 1,
    n8n: [n8n],
  },
];
const catalog: Catalog = new Map([type('set', 'n8n-nodes-base.set'), type('no-op', 'n8n-nodes-base.noOp')]);
const node = (id: string, kind: string): Workflow['nodes'][number] => ({
  id,
  name: id,
  type: kind,
  version: 1,
  parameters: { a: '={{ $json.b }}' },
  position: [10, 20],
});
const workflow: Workflow = {
  schema: 1,
  name: 'one',
  nodes: [node('a', 'set'), { ...node('b', 'no-op'), inDoubt: 'ask' }, node('c', 'set')],
  edges: [{ from: { node: 'a', port: 'main', index: 0 }, to: { node: 'b', port: 'main', index: 0 } }],
  settings: {},
  notes: [],
  pinned: [],
};

/** Keeps credentials, or refuses to. */
const keeps = (status: 201 | 403) =>
  createClient({
    url: 'https://millrace.example',
    fetch: async (_, init) => {
      const { name } = JSON.parse(String(init?.body)) as { name: string };
      return Response.json(status === 201 ? { id: 'cred_1', name } : { status, code: 'forbidden', title: 'No' }, {
        status,
      });
    },
  });
const client = keeps(201);

describe('the clipboard', () => {
  it('carries steps and the edges among them between our own pages without loss', async ({ expect }) => {
    const text = copyText(workflow, new Set(['a', 'b']), catalog);
    expect(await pieceOf(text, catalog, client)).toMatchObject({
      nodes: workflow.nodes.slice(0, 2),
      edges: workflow.edges,
    });
    const again = renewed({ nodes: workflow.nodes.slice(0, 2), edges: workflow.edges }, 5);
    expect(again.nodes.map(({ position }) => position)).toEqual([
      [15, 25],
      [15, 25],
    ]);
    expect(again.edges[0]?.from.node).toBe(again.nodes[0]?.id);
    expect(again.nodes[0]?.id).not.toBe('a');
  });

  it('is what n8n pastes, and takes what n8n copies', async ({ expect }) => {
    const { millrace: _ours, ...theirs } = JSON.parse(copyText(workflow, new Set(['a', 'b']), catalog)) as {
      millrace: unknown;
      nodes: { type: string }[];
    };
    expect(theirs.nodes.map((each) => each.type)).toEqual(['n8n-nodes-base.set', 'n8n-nodes-base.noOp']);
    const piece = await pieceOf(JSON.stringify(theirs), catalog, client);
    expect(piece?.nodes.map((each) => each.type)).toEqual(['set', 'no-op']);
    expect(piece?.edges).toHaveLength(1);
  });

  it('takes the secret of a curl command off the step where it can be kept', async ({ expect }) => {
    const command = "curl https://api.example.com/v1/a -H 'Authorization: Bearer s3cret'";
    const kept = await pieceOf(command, catalog, client);
    expect(JSON.stringify(kept?.nodes)).not.toContain('s3cret');
    expect(kept?.nodes).toMatchObject([{ credentials: { httpBearerAuth: { id: 'cred_1', name: 'api.example.com' } } }]);
    expect(kept?.secret).toEqual({ isKept: true, domain: 'api.example.com' });
    const refused = await pieceOf(command, catalog, keeps(403));
    expect(JSON.stringify(refused?.nodes)).toContain('s3cret');
    expect(refused?.secret).toEqual({ isKept: false, domain: 'api.example.com' });
    expect((await pieceOf(command.replace('s3cret', '$TOKEN'), catalog, client))?.secret).toBeUndefined();
  });

  it('ignores what is no piece of a workflow', async ({ expect }) => {
    for (const text of ['hello', '{', '{}', '[]', '{"millrace":{"nodes":7}}', '<script>']) {
      expect((await pieceOf(text, catalog, client))?.nodes ?? []).toEqual([]);
    }
  });
});
