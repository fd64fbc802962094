import { describe, it } from 'vitest';
import type { WorkflowNode } from './document.ts';
import { withBindings } from './binding.ts';
import { parseWorkflow } from './validate.ts';

const types = new Map([
  ['manual', { trigger: 'manual' }],
  ['webhook', { trigger: 'webhook', inputs: 0 as const }],
  ['fixed-items', { inputs: 1 as const }],
]);
const node = (name: string, more: object): object => ({
  id: name,
  name,
  type: 'acme.thing',
  version: 3,
  parameters: { a: 1 },
  position: [0, 0],
  ...more,
});
const parse = (...nodes: object[]) => {
  const edges = [{ from: { node: 'a', port: 'main', index: 0 }, to: { node: 'b', port: 'main', index: 0 } }];
  return parseWorkflow({ schema: 1, name: 'w', nodes, edges, settings: {}, notes: [], pinned: [] }, { types });
};

describe('bindings', () => {
  it('[DOC18] a bound node counts as what it is bound to', ({ expect }) => {
    const bound = parse(
      node('a', { binding: { type: 'webhook', parameters: {} } }),
      node('b', { binding: { type: 'fixed-items', parameters: { items: [] } } }),
    );
    expect(bound).toMatchObject({ ok: true, warnings: [] });
    const unknown = parse(node('a', { type: 'manual' }), node('b', { binding: { type: 'none', parameters: {} } }));
    expect(unknown).toMatchObject({ ok: true, warnings: [{ path: '/nodes/1/binding/type', code: 'unknown-type' }] });
  });

  it('[DOC18] stands beside type and parameters, and is checked', ({ expect }) => {
    const binding = { type: 'fixed-items', version: 1, parameters: {}, credentials: { x: { id: '1' } } };
    const parsed = parse(node('a', { type: 'manual' }), node('b', { binding }));
    expect(parsed.ok && parsed.workflow.nodes[1]).toEqual(node('b', { binding }));
    const wrong = parse(node('a', {}), node('b', { binding: { version: 'x', more: 1 } }));
    expect(!wrong.ok && wrong.problems.map(({ path, code }) => `${path} ${code}`)).toEqual([
      '/nodes/1/binding/type missing',
      '/nodes/1/binding/parameters missing',
      '/nodes/1/binding/version wrong-type',
      '/nodes/1/binding/more unknown-member',
    ]);
  });

  it('[DOC18] runs in place of the node, which keeps name, errors and credentials', ({ expect }) => {
    const made = (more: object) => {
      const nodes = [node('a', { onError: 'continue', credentials: { c: 1 }, ...more }) as WorkflowNode];
      const doc = { schema: 1 as const, name: 'w', nodes, edges: [], settings: {}, notes: [], pinned: [] };
      return withBindings(doc, () => 7).nodes[0];
    };
    const plain = node('a', { onError: 'continue', credentials: { c: 1 } });
    expect(made({})).toEqual(plain);
    expect(made({ binding: { type: 't', parameters: { p: 1 } } })).toEqual({
      ...plain,
      type: 't',
      version: 7,
      parameters: { p: 1 },
    });
    expect(made({ binding: { type: 't', version: 2, parameters: {}, credentials: { d: 1 } } })).toMatchObject({
      version: 2,
      credentials: { d: 1 },
    });
  });
});
