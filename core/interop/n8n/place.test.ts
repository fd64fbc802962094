import { describe, it } from 'vitest';
import type { Json } from '../../data/item.ts';
import type { Workflow } from '../../graph/document.ts';
import { exportN8n } from './export.ts';
import { importN8n } from './import.ts';

const row = (xs: readonly number[]) => ({
  nodes: xs.map((x, at) => ({
    parameters: {},
    id: `n${at}`,
    name: `Step ${at}`,
    type: 'n8n-nodes-base.set',
    typeVersion: 3.4,
    position: [x, -140],
  })),
  connections: {},
});
const types = new Map([['n8n-nodes-base.set', { type: 'set', versions: [3.4] }]]);
const CARD_PX = 192;

function read(file: Json): Workflow {
  const { workflows, problems } = importN8n(file, { types });
  if (!workflows[0]) throw new Error(JSON.stringify(problems));
  return workflows[0].workflow;
}

describe('where imported steps stand', () => {
  it('[N8N21] is further apart, in the same order, and as before when written again', ({ expect }) => {
    const xs = [-1120.5, -960, -800, 0, 160.33, 380, 6e8];
    const file = row(xs);
    const workflow = read(file);
    const placed = workflow.nodes.map(({ position: [x] }) => x);
    for (const [at, x] of placed.entries()) if (at > 0) expect(x - (placed[at - 1] ?? x)).toBeGreaterThan(CARD_PX);
    expect(workflow.nodes.every(({ position }) => position[1] === -140)).toBe(true);
    expect(exportN8n(workflow)['nodes']).toEqual(file.nodes);
  });

  it('[N8N21] is kept by what was drawn here, written and read again', ({ expect }) => {
    const drawn = [0, 1, 7, 100, 191.5, -333.3];
    const blank = { type: 'set', version: 3.4, parameters: {} };
    const nodes = drawn.map((x, at) => ({
      ...blank,
      id: `d${at}`,
      name: `D ${at}`,
      position: [x, 5] as [number, number],
    }));
    const again = read(exportN8n({ ...read(row([0])), nodes }, { types }));
    expect(again.nodes.map(({ position: [x] }) => x)).toEqual(drawn);
  });
});
