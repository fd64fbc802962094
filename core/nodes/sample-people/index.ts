import type { JsonObject } from '../../data/item.ts';
import { type NodeType, NodeError, defineNode } from '../../node/kit.ts';
import { pass } from '../pass.ts';

/** Made up for this program; the members are those that workflows for learning read. */
const PEOPLE: readonly JsonObject[] = [
  {
    id: '1001',
    name: 'Ada Brook',
    email: 'ada@mill.example',
    notes: 'Prefers mornings',
    country: 'IE',
    created: '2021-03-04',
  },
  {
    id: '1002',
    name: 'Bela Costa',
    email: 'bela@mill.example',
    notes: 'Asked for an invoice',
    country: 'PT',
    created: '2022-11-30',
  },
  {
    id: '1003',
    name: 'Chloé Dahl',
    email: 'chloe@mill.example',
    notes: 'Writes in French',
    country: 'FR',
    created: '2020-02-29',
  },
  {
    id: '1004',
    name: 'Dmitri Eriksen',
    email: 'dmitri@mill.example',
    notes: 'Address unknown',
    country: null,
    created: '2023-07-12',
  },
  {
    id: '1005',
    name: 'Elena Fuchs',
    email: 'elena@mill.example',
    notes: 'Pays by transfer',
    country: 'DE',
    created: '2019-10-01',
  },
];

const DIFFERS = 'Its sample people are others than those of n8n.';

export const node: NodeType = defineNode({
  type: 'sample-people',
  title: 'Sample people',
  summary: 'Gives five made-up customers, to learn and to try a workflow with.',
  group: 'data',
  icon: 'users',
  n8n: { type: 'n8n-nodes-base.n8nTrainingCustomerDatastore', versions: [1], differs: DIFFERS },
  version: 1,
  fields: [
    {
      name: 'operation',
      label: 'Operation',
      type: 'options',
      default: 'getAllPeople',
      options: ['getAllPeople', 'getOnePerson'],
    },
    { name: 'returnAll', label: 'All of them', type: 'boolean', default: false },
    { name: 'limit', label: 'At most', type: 'number', default: 5 },
  ],
  defaults: () => ({ operation: 'getAllPeople', returnAll: false, limit: 5 }),
  inputs: 1,
  compile(kit) {
    const operation = kit.param<string>('operation');
    const all = kit.param<boolean>('returnAll');
    const limit = kit.param<number>('limit');
    return {
      outputs: 1,
      run(step) {
        const people = step.items.flatMap((_, index) => {
          const scope = step.scope(index);
          const name = operation.at(scope);
          if (name === 'getOnePerson') return PEOPLE.slice(0, 1).map((json) => pass({ json }, index));
          if (name !== 'getAllPeople') {
            throw new NodeError('unknown-mode', `Sample People has no operation "${String(name)}".`, {
              itemIndex: index,
            });
          }
          const count = all.at(scope) === true ? PEOPLE.length : Math.max(0, Math.floor(Number(limit.at(scope)) || 0));
          return PEOPLE.slice(0, count).map((json) => pass({ json }, index));
        });
        return { kind: 'output', outputs: [people] };
      },
    };
  },
});
