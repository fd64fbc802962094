import { describe, it } from 'vitest';
import { readGroups, writeGroups } from '../../../core/interop/n8n/groups.ts';
import type { Workflow } from '../../../core/graph/document.ts';
import { parseWorkflow } from '../../../core/graph/validate.ts';
import { chain, manual, node } from '../../served/documents.ts';

describe('a group with the id of a step', () => {
  const workflow: Workflow = {
    ...chain('Both', [manual(), { ...node('a', 'no-op', 1), group: 'a' }]),
    notes: [{ id: 'n', text: '', position: [0, 0], group: 'n' }],
    groups: [
      { id: 'a', name: 'A' },
      { id: 'n', name: 'N' },
    ],
  };

  it('is refused: removing the step took the whole group away', ({ expect }) => {
    const parsed = parseWorkflow(workflow);
    expect(parsed.ok ? [] : parsed.problems.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'duplicate-id /groups/0/id',
      'duplicate-id /groups/1/id',
    ]);
  });

  it('is left out when a file has it', ({ expect }) => {
    const file = writeGroups({ ...workflow, groups: [...(workflow.groups ?? []), { id: 'free', name: 'Free' }] });
    expect(readGroups(file, workflow)).toEqual([{ id: 'free', name: 'Free' }]);
  });
});
