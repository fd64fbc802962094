import { describe, it } from 'vitest';
import { itemsOf, NOW_MS, resumeNode, runNode } from '../testing.ts';
import { node } from './index.ts';

const items = [{ a: 1 }, { a: 2 }];
const said = (json: object) => ({ kind: 'signal' as const, items: itemsOf([json as { decision: string }]) });
const marked = (approval: object) => [
  { json: { a: 1, approval }, pairedItem: 0 },
  { json: { a: 2, approval }, pairedItem: 1 },
];

describe('approval', () => {
  it('[APP1] waits for a decision, with a page that asks for it', ({ expect }) => {
    const asked = runNode(node, { items, parameters: { title: '=Pay {{ $json.a }}?', message: 'Now' } });
    expect(asked).toMatchObject({
      kind: 'wait',
      signal: 'approval',
      detail: { page: { title: 'Pay 1?', description: 'Now', fields: [{ name: 'decision' }, { name: 'remark' }] } },
    });
    expect(asked).not.toHaveProperty('untilMs');
    const limited = runNode(node, { items, parameters: { limitWaitTime: true, resumeAmount: 2 } });
    expect(limited).toMatchObject({ untilMs: NOW_MS + 7_200_000 });
  });

  it('[APP2] hands its items on by the output of the decision, and says who decided', ({ expect }) => {
    expect(resumeNode(node, { items }, said({ decision: 'Approve', remark: 'fine', by: 'ann' }))).toEqual({
      kind: 'output',
      outputs: [marked({ approved: true, remark: 'fine', by: 'ann' }), []],
    });
    expect(resumeNode(node, { items }, said({ decision: 'Decline' }))).toEqual({
      kind: 'output',
      outputs: [[], marked({ approved: false, remark: '', by: 'link' })],
    });
  });

  it('[APP3] nothing but an approval approves: not the end of the time, nor any other word', ({ expect }) => {
    const declined = (by: string) => ({ kind: 'output', outputs: [[], marked({ approved: false, remark: '', by })] });
    expect(resumeNode(node, { items }, { kind: 'timer' })).toEqual(declined('time'));
    for (const decision of ['approve', true, ['Approve'], null]) {
      expect(resumeNode(node, { items }, said({ decision }))).toEqual(declined('link'));
    }
  });
});
