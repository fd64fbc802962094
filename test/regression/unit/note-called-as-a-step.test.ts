import { describe, it } from 'vitest';
import { importN8n } from '../../../core/interop/n8n/import.ts';
import { exportN8n } from '../../../core/interop/n8n/export.ts';
import { parseWorkflow } from '../../../core/graph/validate.ts';
import { chain, manual, node } from '../../served/documents.ts';

describe('a note with the id of a step', () => {
  it('is refused: removing the step took the note away, and the canvas drew one of them only', ({ expect }) => {
    const workflow = {
      ...chain('Both', [manual(), node('a', 'no-op', 1)]),
      notes: ['b', 'a'].map((id) => ({ id, text: '', position: [0, 0] as [number, number] })),
    };
    const parsed = parseWorkflow(workflow);
    expect(parsed.ok ? [] : parsed.problems.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'duplicate-id /notes/1/id',
    ]);
  });

  it('is given another when a file has it, and its own back', ({ expect }) => {
    const entry = (type: string, parameters: object) => ({
      parameters,
      id: 'a',
      name: type,
      type: `n8n-nodes-base.${type}`,
      typeVersion: 1,
      position: [0, 0],
    });
    const file = {
      name: 'Both',
      nodes: [entry('noOp', {}), entry('stickyNote', { content: 'why' }), entry('stickyNote', { content: 'how' })],
      connections: {},
      settings: {},
    };
    const { workflows } = importN8n(structuredClone(file), { types: new Map() });
    const workflow = workflows[0]?.workflow;
    const ids = [...(workflow?.nodes ?? []), ...(workflow?.notes ?? [])].map(({ id }) => id);
    expect([ids.length, new Set(ids).size, ids[0]]).toEqual([3, 3, 'a']);
    expect(workflow && exportN8n(workflow)).toEqual(file);
  });
});
