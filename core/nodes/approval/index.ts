import type { Item } from '../../data/item.ts';
import { textOf } from '../../data/text.ts';
import { type FormPage, pageJson } from '../../forms/page.ts';
import { defineNode, type NodeType, type StepResult } from '../../node/kit.ts';
import { pass } from '../pass.ts';
import { compileLimit } from '../wait/until.ts';

const DECISIONS = ['Approve', 'Decline'] as const;

export const node: NodeType = defineNode({
  type: 'approval',
  title: 'Approval',
  summary: 'Holds the run until somebody approves or declines: in the inbox, or at `{{ $execution.resumeUrl }}`.',
  group: 'flow',
  icon: 'stamp',
  version: 1,
  fields: [
    { name: 'title', label: 'What is asked', type: 'string', default: 'Approve?' },
    { name: 'message', label: 'Details', type: 'string', description: 'May hold HTML; it is sanitised.' },
    {
      name: 'decidedBy',
      label: 'Who decides',
      type: 'options',
      default: 'link',
      options: ['link', 'members'],
      description: 'link: whoever has the address, and members. members: only people signed in who may answer runs.',
    },
    { name: 'limitWaitTime', label: 'Limit the wait (then it is declined)', type: 'boolean', default: false },
    {
      name: 'limitType',
      label: 'Limit by',
      type: 'options',
      default: 'afterTimeInterval',
      options: ['afterTimeInterval', 'atSpecifiedTime'],
    },
    { name: 'resumeAmount', label: 'At most', type: 'number', default: 1 },
    {
      name: 'resumeUnit',
      label: 'At most, in',
      type: 'options',
      default: 'hours',
      options: ['seconds', 'minutes', 'hours', 'days'],
    },
    { name: 'maxDateAndTime', label: 'Until', type: 'string' },
  ],
  inputs: 1,
  compile(kit) {
    const title = kit.param('title', 'Approve?');
    const message = kit.param('message', '');
    const until = kit.raw('limitWaitTime') === true ? compileLimit(kit) : undefined;
    return {
      outputs: 2,
      run(step) {
        const scope = step.scope(0);
        const page = pageOf(textOf(title.at(scope), 'Approve?'), textOf(message.at(scope)));
        const members = kit.raw('decidedBy') === 'members' ? { members: true } : {};
        const wait = { kind: 'wait', signal: 'approval', detail: { page: pageJson(page), ...members } } as const;
        return until ? { ...wait, untilMs: until(step) } : wait;
      },
      resume(step, wake) {
        const said = wake.kind === 'signal' ? wake.items[0]?.json : undefined;
        return decided(step.items, {
          approved: said?.decision === 'Approve',
          remark: textOf(said?.remark),
          by: wake.kind === 'timer' ? 'time' : textOf(said?.by, 'link'),
        });
      },
    };
  },
});

/** What the run's address shows: without a script, and `?decision=Approve` chooses beforehand. */
const pageOf = (title: string, description: string): FormPage => ({
  title,
  description,
  button: 'Send',
  attribution: true,
  fields: [
    { ...FIELD, kind: 'radio', name: 'decision', label: 'Decision', required: true, options: [...DECISIONS] },
    { ...FIELD, kind: 'textarea', name: 'remark', label: 'Remark' },
  ],
});
const FIELD = { required: false, placeholder: '', initial: [], options: [], multiple: false };

/** The items go on, approved by the first output and declined by the second, each saying how. */
function decided(
  items: readonly Item[],
  approval: { approved: boolean; remark: string; by: string },
): StepResult & { kind: 'output' } {
  const marked = items.map((item, index) => {
    const passed = pass(item, index);
    return { ...passed, json: { ...passed.json, approval } };
  });
  return { kind: 'output', outputs: approval.approved ? [marked, []] : [[], marked] };
}
