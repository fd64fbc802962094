import { describe, it } from 'vitest';
import type { JsonObject } from '../../data/item.ts';
import type { TablePayload } from '../../tables/call.ts';
import { compileFor, resumeNode, runNode } from '../testing.ts';
import { node } from './index.ts';

const TABLE = { __rl: true, mode: 'id', value: 't1' };

function asked(parameters: JsonObject, items: JsonObject[] = [{ n: 1 }]) {
  const result = runNode(node, { parameters: { dataTableId: TABLE, ...parameters }, items });
  if (result.kind !== 'effect') throw new Error(`The node answered ${result.kind}.`);
  const { calls } = result.effect.payload as unknown as TablePayload;
  return { kind: result.effect.kind, class: result.effect.class, calls };
}

describe('data table', () => {
  it('[DTB1] asks for all items at once; writes carry a key, reads do not', ({ expect }) => {
    const columns = { mappingMode: 'defineBelow', value: { name: '={{ $json.n }}' } };
    expect(asked({ columns }, [{ n: 'a' }, { n: 'b' }])).toEqual({
      kind: 'data-table',
      class: 'keyed',
      calls: [
        { itemIndex: 0, op: 'insert', table: { id: 't1', name: 't1' }, values: { name: 'a' }, quiet: false },
        { itemIndex: 1, op: 'insert', table: { id: 't1', name: 't1' }, values: { name: 'b' }, quiet: false },
      ],
    });
    expect(asked({ operation: 'get' })).toMatchObject({ class: 'pure', calls: [{ op: 'get', limit: 50 }] });
    expect(asked({ operation: 'get', returnAll: true }).calls[0]).not.toHaveProperty('limit');
    expect(runNode(node, { parameters: { dataTableId: TABLE }, inputs: [[]] })).toEqual({
      kind: 'output',
      outputs: [[]],
    });
  });

  it('[DTB2] reads conditions, mappings and tables in n8n’s shapes', ({ expect }) => {
    const filters = {
      conditions: [{ keyValue: '={{ $json.n }}' }, { keyName: 'at', condition: 'gte', keyValue: 'x' }],
    };
    expect(asked({ operation: 'deleteRows', filters, matchType: 'allConditions' }).calls).toMatchObject([
      {
        op: 'delete',
        filter: {
          match: 'all',
          conditions: [
            { column: 'id', operator: 'eq', value: 1 },
            { column: 'at', operator: 'gte', value: 'x' },
          ],
        },
      },
    ]);
    const auto = asked({ columns: { mappingMode: 'autoMapInputData' } }, [{ id: 1, createdAt: 'x', a: 2 }]);
    expect(auto.calls).toMatchObject([{ values: { a: 2 } }]);
    expect(asked({ operation: 'get', dataTableId: { __rl: true, mode: 'name', value: 'people' } }).calls).toMatchObject(
      [{ table: { name: 'people' } }],
    );
    const order = { orderBy: true, orderByColumn: 'age', orderByDirection: 'ASC' };
    expect(asked({ operation: 'get', ...order }).calls).toMatchObject([
      { order: { column: 'age', descending: false } },
    ]);
    const made = asked({
      resource: 'table',
      operation: 'create',
      tableName: 'new',
      columns: { column: [{ name: 'a', type: 'date' }] },
    });
    expect(made.calls).toMatchObject([{ op: 'create-table', name: 'new', columns: [{ name: 'a', type: 'date' }] }]);
    expect(asked({ resource: 'table', operation: 'list', options: { filterName: 'x' } })).toMatchObject({
      class: 'pure',
      calls: [{ op: 'list-tables', name: 'x', limit: 50 }],
    });
  });

  it('[DTB3] refuses what would touch every row, and what it does not know', ({ expect }) => {
    for (const operation of ['update', 'upsert', 'deleteRows', 'rowExists']) {
      expect(() => asked({ operation }), operation).toThrow('the node has no condition');
    }
    expect(() => asked({ dataTableId: { __rl: true, mode: 'list', value: '' } })).toThrow('No data table is chosen');
    expect(() => asked({ operation: 'get', filters: { conditions: [{ condition: 'sounds' }] } })).toThrow(
      'cannot compare by "sounds"',
    );
    expect(() => asked({ operation: 'get', limit: 'many' })).toThrow("'many' is not a number of rows");
    expect(() => compileFor(node, { parameters: { operation: 'dance' } })).toThrow('no operation "dance"');
  });

  it('[DTB4] gives rows, paired to their items; tests pass the item or nothing', ({ expect }) => {
    const reply = (results: JsonObject[]) => ({ kind: 'reply' as const, value: { results } });
    const parameters = { dataTableId: TABLE, operation: 'get' };
    const items = [{ n: 1 }, { n: 2 }];
    const results = [
      { ok: true, itemIndex: 0, rows: [{ id: 1 }, { id: 2 }] },
      { ok: false, itemIndex: 1, error: { code: 'x', message: 'no' } },
    ];
    expect(resumeNode(node, { parameters, items }, reply(results))).toEqual({
      kind: 'output',
      outputs: [
        [
          { json: { id: 1 }, pairedItem: { item: 0 } },
          { json: { id: 2 }, pairedItem: { item: 0 } },
          { json: { error: 'no' }, pairedItem: { item: 1 } },
        ],
      ],
    });
    const found = [
      { ok: true, itemIndex: 0, rows: [{ id: 1 }] },
      { ok: true, itemIndex: 1, rows: [] },
    ];
    const filters = { conditions: [{ keyValue: 1 }] };
    const test = (operation: string) =>
      resumeNode(node, { parameters: { ...parameters, filters, operation }, items }, reply(found));
    expect(test('rowExists')).toMatchObject({ outputs: [[{ json: { n: 1 }, pairedItem: 0 }]] });
    expect(test('rowNotExists')).toMatchObject({ outputs: [[{ json: { n: 2 }, pairedItem: 1 }]] });
  });
});
