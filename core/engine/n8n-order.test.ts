import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'vitest';
import type { Item, Json, JsonObject } from '../data/item.ts';
import { importN8n } from '../interop/n8n/index.ts';
import { N8N_TYPES } from '../nodes/n8n-types.ts';
import { NODES } from '../nodes/registry.generated.ts';
import type { EffectOrder } from '../shard/ports.ts';
import { bench, orderOfSteps } from '../shard/testing.ts';
import { compileProgram, type Program } from './program.ts';
import type { Run } from './run.ts';

const folder = path.resolve('..', 'shared', 'data', 'n8n', 'engine');
const missing = existsSync(folder) ? undefined : '../shared/data/n8n/engine is not there: nothing to compare with';
const registry = new Map(NODES.map((node) => [node.type, node]));
const read = (name: string): Json => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as Json;

function program(workflow: JsonObject, order: 'v0' | 'v1' | undefined): Program {
  const { workflows, problems } = importN8n(workflow, { types: N8N_TYPES });
  const doc = workflows[0]?.workflow;
  if (!doc) throw new Error(`not imported: ${JSON.stringify(problems)}`);
  if (order) doc.settings.executionOrder = order;
  return compileProgram({ workflow: 'case', version: 'v1', doc, registry });
}

/** Data of every run of a node: per output, the json of its items. */
function dataOf(run: Run, name: string, allOutputs: boolean): Json {
  const indexes = run.byNode[run.program.graph.byName.get(name) ?? -1] ?? [];
  return indexes.map((index) => {
    const outputs = (run.steps[index]?.outputs ?? []).map((items) => (items ?? []).map((item) => item.json));
    return allOutputs ? outputs : [outputs[0] ?? []];
  });
}

interface OrderCase {
  id: string;
  description: string;
  executionOrder: 'v0' | 'v1';
  input: { workflowData: JsonObject };
  output: { nodeExecutionOrder: string[]; testAllOutputs?: boolean; nodeData: Record<string, (Json[] | null)[]> };
}

describe('n8n’s own cases of execution order', () => {
  if (missing) it.skip(missing, () => undefined);
  const cases = missing ? [] : ['v0.json', 'v1.json'].flatMap((name) => read(name) as unknown as OrderCase[]);
  for (const { id, description, executionOrder, input, output } of cases) {
    it(`[RUN1] [RUN2] ${id}: ${description}`, async ({ expect }) => {
      const { host } = bench();
      const run = await host.run(program(input.workflowData, executionOrder), { mode: 'manual' });
      expect(run.final).toMatchObject({ status: 'success' });
      expect(orderOfSteps(run)).toEqual(output.nodeExecutionOrder);
      for (const [name, runs] of Object.entries(output.nodeData)) {
        // some files leave the list of outputs out where only the first is meant
        const expected = runs.map((outputs) => (outputs && Array.isArray(outputs[0]) ? outputs : [outputs ?? []]));
        expect(dataOf(run, name, output.testAllOutputs === true), name).toEqual(expected);
      }
    });
  }
});

/** Plays the code sandbox well enough for these files: plain JavaScript with a memory between attempts. */
function codePerformer(): (order: EffectOrder) => { ok: true; value: Json } {
  const memory = new Map<string, string>();
  const customData = {
    get: (key: string) => memory.get(key),
    set: (key: string, value: string) => memory.set(key, value),
  };
  return ({ effect }) => {
    const payload = effect.payload as unknown as {
      code: string;
      itemsJson: string;
      metaJson: string;
      round: number;
      names: string[];
    };
    const items = JSON.parse(payload.itemsJson) as Item[];
    const { mode } = JSON.parse(payload.metaJson) as { mode: 'all' | 'each' };
    const run = (item: Item | undefined): Json => {
      // eslint-disable-next-line no-new-func -- the author's code, in a test
      const body = new Function('$input', '$json', '$execution', payload.code) as (...args: unknown[]) => Json;
      return body({ item, all: () => items, first: () => items[0] }, item?.json, { customData });
    };
    const failed = (error: unknown, itemIndex?: number): JsonObject => {
      const { name, message, stack = '' } = error as Error;
      const line = /<anonymous>:(\d+)/.exec(stack)?.[1];
      return {
        name,
        message,
        ...(line ? { line: Number(line) - 2 } : {}),
        ...(itemIndex === undefined ? {} : { itemIndex }),
      };
    };
    const attempt = (item: Item | undefined, itemIndex?: number): JsonObject => {
      try {
        return { value: run(item) };
      } catch (error) {
        return { error: failed(error, itemIndex) };
      }
    };
    const answer = mode === 'each' ? { each: items.map((item, index) => attempt(item, index)) } : attempt(undefined);
    return { ok: true, value: { outputJson: JSON.stringify(answer), round: payload.round, names: payload.names } };
  };
}

describe('n8n’s own cases of error handling', () => {
  if (missing) it.skip(missing, () => undefined);
  const files = missing ? [] : readdirSync(folder).filter((name) => name.startsWith('wf_'));
  for (const file of files) {
    it(`[RUN7] [RUN8] ${file}`, async ({ expect }) => {
      const { workflow, expected } = read(file) as { workflow: JsonObject; expected: Record<string, JsonObject[]> };
      const { host } = bench({ replies: codePerformer() });
      const run = await host.run(program(workflow, undefined), { mode: 'manual' });
      expect(run.final).toMatchObject({ status: 'success' });
      const comparesLineage = file !== 'wf_error_outputs.json';
      for (const [name, items] of Object.entries(expected)) {
        const indexes = run.byNode[run.program.graph.byName.get(name) ?? -1] ?? [];
        expect(indexes, name).toHaveLength(1);
        const got = (run.steps[indexes[0] ?? -1]?.outputs[0] ?? []).map(({ json, pairedItem }) => {
          if (!comparesLineage) return { json };
          return { json, pairedItem: typeof pairedItem === 'number' ? { item: pairedItem } : pairedItem };
        });
        const wanted = comparesLineage ? items : items.map(({ json }) => ({ json }));
        expect(JSON.parse(JSON.stringify(got)), name).toEqual(wanted);
      }
    });
  }
});
