import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import { describe, it } from 'vitest';
import type { Item, JsonObject } from '../data/item.ts';
import { N8N_TYPES } from './n8n-types.ts';
import { NODES } from './registry.generated.ts';
import { transformed } from './testing.ts';

interface CaseNode {
  name: string;
  type: string;
  typeVersion: number;
  parameters: JsonObject;
}
interface Case {
  workflow: { nodes: CaseNode[]; connections: Record<string, { main: { node: string }[][] }> };
  expected: Record<string, Item[]>;
}

const folder = path.resolve('..', 'shared', 'data', 'n8n', 'conformance');
const KINDS = ['Html', 'HtmlExtract', 'Markdown', 'Xml'];

/** These cases are chains of one item each: their code is data, and every node runs once. */
async function run({ workflow }: Case): Promise<Record<string, JsonObject[]>> {
  const made: Record<string, JsonObject[]> = {};
  const visit = async (node: CaseNode, items: Item[]): Promise<void> => {
    const output = await runOne(node, items);
    made[node.name] = output.map(({ json }) => json);
    for (const target of workflow.connections[node.name]?.main.flat() ?? []) {
      const next = workflow.nodes.find(({ name }) => name === target.node);
      if (next) await visit(next, output);
    }
  };
  const start = workflow.nodes.find(({ type }) => type.endsWith('.manualTrigger'));
  if (start) await visit(start, [{ json: {} }]);
  return made;
}

async function runOne(node: CaseNode, items: Item[]): Promise<Item[]> {
  if (node.type.endsWith('.code')) {
    const result: unknown = runInNewContext(`(() => {${String(node.parameters['jsCode'])}})()`);
    // The objects of another realm are not plain ones here.
    const list = JSON.parse(JSON.stringify([result].flat())) as JsonObject[];
    return list.map((each) => (each['json'] ? (each as unknown as Item) : { json: each }));
  }
  const type = NODES.find((each) => each.type === N8N_TYPES.get(node.type)?.type);
  if (!type) throw new Error(`Nothing runs ${node.type}.`);
  return transformed(type, { parameters: node.parameters, version: node.typeVersion, inputs: [items] });
}

describe('recorded cases', () => {
  const files = KINDS.flatMap((kind) => {
    const here = path.join(folder, kind);
    return existsSync(here) ? readdirSync(here).map((name) => path.join(here, name)) : [];
  });
  it('[HTM1] [MRK1] [XML1] give what they gave in n8n', async ({ expect, skip }) => {
    if (files.length === 0) skip('../shared/data/n8n/conformance is not there: no cases to run');
    for (const file of files) {
      const each = JSON.parse(readFileSync(file, 'utf8')) as Case;
      const made = await run(each);
      for (const [name, items] of Object.entries(each.expected)) {
        expect(made[name], `${path.basename(file)}: ${name}`).toEqual(items.map(({ json }) => json));
      }
    }
  });
});
