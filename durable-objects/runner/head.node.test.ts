import { describe, it } from 'vitest';
import { compileProgram } from '../../core/engine/program.ts';
import type { Item } from '../../core/data/item.ts';
import type { RunMode } from '../../core/engine/events.ts';
import type { NodeType } from '../../core/node/kit.ts';
import { bench, json } from '../../core/shard/testing.ts';
import { headOf } from './head.ts';

const poll = (found: Item[]): NodeType => ({
  type: 'poll',
  title: 'Poll',
  summary: '',
  group: 'trigger',
  icon: 'rss',
  trigger: 'poll',
  version: 1,
  fields: [],
  compile: () => ({ outputs: 1, run: () => ({ kind: 'output', outputs: [found] }) }),
});

async function head(found: Item[], mode: RunMode = 'production') {
  const type = poll(found);
  const node = { id: 'p', name: 'p', type: 'poll', version: 1, parameters: {}, position: [0, 0] as [number, number] };
  const doc = { schema: 1 as const, name: 'w', nodes: [node], edges: [], settings: {}, notes: [], pinned: [] };
  const program = compileProgram({ workflow: 'w', version: '1', doc, registry: new Map([['poll', type]]) });
  return headOf(await bench().host.run(program, { mode }), 0);
}

describe('the run list’s line', () => {
  it('is marked for a poll that found nothing, so that it can stay out of the list', async ({ expect }) => {
    expect((await head([])).idle).toBe(true);
    expect((await head(json({ a: 1 }))).idle).toBeUndefined();
    expect((await head([], 'manual')).idle).toBeUndefined();
  });

  it('[RNS6] of a run from before it was noted says nobody', async ({ expect }) => {
    expect(await head(json({ a: 1 }), 'manual')).not.toHaveProperty('startedBy');
  });
});
