import fc from 'fast-check';
import { describe, it } from 'vitest';
import type { Json } from '../../data/item.ts';
import { parseWorkflow } from '../../graph/validate.ts';
import { exportN8n, importN8n } from './index.ts';

const types = new Map([['n8n-nodes-base.set', { type: 'set', versions: [1, 3.4] }]]);

describe('importN8n', () => {
  it('[N8N2] imports or refuses any JSON, and what it imports comes back equal', ({ expect }) => {
    const names = ['a', 'b', '__proto__', 'constructor', ''];
    const name = fc.oneof(fc.constantFrom(...names), fc.jsonValue({ maxDepth: 1 }));
    const rarely = (usual: fc.Arbitrary<unknown>) =>
      fc.oneof({ weight: 4, arbitrary: usual }, fc.jsonValue({ maxDepth: 2 }));
    const target_ = rarely(
      fc.record({ node: name, type: fc.constantFrom('main', 'ai_tool', ''), index: rarely(fc.nat(3)) }),
    );
    const slots = rarely(fc.array(rarely(fc.array(target_, { maxLength: 3 })), { maxLength: 3 }));
    const keyed = <T>(value: fc.Arbitrary<T>) =>
      fc
        .array(fc.tuple(fc.constantFrom(...names, 'main', 'ai_tool'), value))
        .map((entries) => Object.fromEntries(entries));
    const node = fc.record(
      {
        id: rarely(fc.constantFrom('1', '2', '3')),
        name,
        type: rarely(fc.constantFrom('n8n-nodes-base.set', 'n8n-nodes-base.stickyNote', 'x.y')),
        typeVersion: rarely(fc.constantFrom(1, 3.4, '2')),
        position: rarely(fc.tuple(fc.integer(), fc.integer())),
        parameters: rarely(fc.dictionary(fc.string(), fc.jsonValue())),
        credentials: rarely(fc.dictionary(fc.string(), fc.string())),
        onError: rarely(fc.constantFrom('stopWorkflow', 'continueErrorOutput')),
        continueOnFail: rarely(fc.boolean()),
        retryOnFail: rarely(fc.boolean()),
        maxTries: rarely(fc.integer({ min: -1, max: 9 })),
        notes: rarely(fc.string()),
        disabled: rarely(fc.boolean()),
      },
      { requiredKeys: [] },
    );
    const file = fc.record(
      {
        nodes: fc.array(rarely(node), { maxLength: 6 }),
        connections: rarely(keyed(rarely(keyed(slots)))),
        pinData: rarely(keyed(rarely(fc.array(rarely(fc.record({ json: fc.jsonValue() })), { maxLength: 3 })))),
        settings: rarely(fc.record({ executionOrder: fc.constantFrom('v1', 'parallel'), timezone: fc.string() })),
        name: rarely(fc.string()),
        tags: fc.jsonValue(),
      },
      { requiredKeys: ['nodes'] },
    );
    fc.assert(
      fc.property(file, (generated) => {
        const input = JSON.parse(JSON.stringify(generated)) as Json;
        const { workflows, problems } = importN8n(input, { types });
        expect(problems).toEqual([]);
        const stored = JSON.parse(JSON.stringify(workflows[0]?.workflow));
        expect(parseWorkflow(stored).ok).toBe(true);
        expect(exportN8n(stored)).toEqual(input);
      }),
      { numRuns: 500, seed: 1 },
    );
    fc.assert(
      fc.property(fc.jsonValue(), (input) => void importN8n(input, { types })),
      { numRuns: 300, seed: 2 },
    );
  });
});
