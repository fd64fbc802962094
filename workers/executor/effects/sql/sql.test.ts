import { describe, it } from 'vitest';
import type { JsonObject } from '../../../../core/data/item.ts';
import type { Edge } from '../../../../core/graph/document.ts';
import { node } from '../../../areas/workflows/testing.ts';
import { apiFor } from '../../../kit/testing.ts';

describe('[MRG8] a Merge node', () => {
  it('runs its query over what its branches bring, as far as it only reads', async ({ expect }) => {
    const api = await apiFor('sql-merge');
    const only = (name: string, operation: string) =>
      node(name, 'filter', 2.2, {
        conditions: {
          conditions: [
            { leftValue: '={{ $json.kind }}', rightValue: 'person', operator: { type: 'string', operation } },
          ],
        },
      });
    const edge = (from: string, to: string, index = 0): Edge => ({
      from: { node: from, port: 'main', index: 0 },
      to: { node: to, port: 'main', index },
    });
    const run = async (query: string) => {
      const { body } = await api('POST /v1/workflows', {
        body: {
          schema: 1,
          name: 'SQL',
          nodes: [
            node('Start', 'manual', 1),
            only('People', 'equals'),
            only('Orders', 'notEquals'),
            node('Merge', 'merge', 3.2, { mode: 'combineBySql', query }),
          ],
          edges: [
            edge('Start', 'People'),
            edge('Start', 'Orders'),
            edge('People', 'Merge'),
            edge('Orders', 'Merge', 1),
          ],
          settings: {},
          notes: [],
          pinned: [],
        },
      });
      const input = [
        { kind: 'person', id: 1, name: 'Ada' },
        { kind: 'order', person: 1, total: 5 },
        { kind: 'order', person: 1, total: 6 },
      ];
      const params = { id: body['id'] as string };
      const view = (await api('POST /v1/workflows/{id}/runs', { params, query: { wait: '10s' }, body: { input } }))
        .body;
      const nodes = view['nodes'] as { nodeName: string; outputs: { json: JsonObject }[][] }[];
      const last = nodes.find(({ nodeName }) => nodeName === 'Merge');
      return { error: view['error'], items: last?.outputs[0]?.map(({ json }) => json) };
    };
    const query = 'SELECT name, sum(total) AS total FROM input1 JOIN input2 ON input1.id = input2.person GROUP BY name';
    expect(await run(query)).toEqual({ error: undefined, items: [{ name: 'Ada', total: 11 }] });
    expect((await run('DROP TABLE input1')).error).toMatchObject({ code: 'sql-refused', node: 'Merge' });
  });
});
