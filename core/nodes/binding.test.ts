import { describe, it } from 'vitest';
import { compileProgram } from '../engine/program.ts';
import { exportN8n, importN8n } from '../interop/n8n/index.ts';
import { bench } from '../shard/testing.ts';
import { N8N_IMPORT } from './n8n-types.ts';
import { NODES } from './registry.generated.ts';

const registry = new Map(NODES.map((node) => [node.type, node]));
const node = (name: string, type: string, parameters = {}) => ({
  name,
  type,
  typeVersion: 1,
  position: [0, 0],
  parameters,
});
const to = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
const file = {
  name: 'w',
  nodes: [
    node('Start', 'acme.mailTrigger'),
    node('CRM', 'acme.crm', { resource: 'contact' }),
    node('After', 'n8n-nodes-base.set', {
      values: { string: [{ name: 'seen', value: "={{ $('CRM').first().json.id }}" }] },
    }),
  ],
  connections: { Start: to('CRM'), CRM: to('After') },
  settings: { executionOrder: 'v1' },
};

describe('a placeholder that is bound', () => {
  it('[N8N16] [DOC18] runs by the report’s template, filled in, and still exports as it came', async ({ expect }) => {
    const { workflow: doc, report } = importN8n(file, N8N_IMPORT).workflows[0] ?? {};
    if (!doc || !report) throw new Error('not imported');
    const compiled = (version: string) => compileProgram({ workflow: 'w', version, doc, registry });
    const [start, crm] = doc.nodes;
    const { host } = bench();
    expect((await host.run(compiled('v1'))).final?.err?.code).toBe('unknown-node-type');

    const [manual, fixed] = [report.bindings.manual, report.bindings['fixed-items']];
    if (!start || !crm || !manual || !fixed) throw new Error('no templates');
    start.binding = manual;
    crm.binding = { ...fixed, parameters: { items: [{ id: 7 }] } };
    const run = await host.run(compiled('v2'));
    expect(run.status).toBe('success');
    expect(run.steps.at(-1)?.outputs[0]?.[0]?.json).toEqual({ id: 7, seen: 7 });
    expect(exportN8n(doc)).toEqual(file);
  });

  it('[N8N16] every template compiles as it is', ({ expect }) => {
    const { bindable } = N8N_IMPORT;
    for (const binding of [...(bindable?.step ?? []), ...(bindable?.trigger ?? [])]) {
      expect(registry.get(binding.type)?.version, binding.type).toBe(binding.version);
    }
  });
});
