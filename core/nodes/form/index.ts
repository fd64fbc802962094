import { pageJson } from '../../forms/page.ts';
import { compilePage } from '../../forms/page-node.ts';
import { type NodeType, type StepContext, type StepResult, defineNode } from '../../node/kit.ts';
import { pass } from '../pass.ts';
import { compileLimit } from '../wait/until.ts';
import { compileEnding } from './ending.ts';
import { FORM_FIELDS, PAGE_OPTIONS } from './fields.ts';

export const node: NodeType = defineNode({
  type: 'form',
  title: 'Form page',
  summary: 'Asks the next page of a form, or shows how it ended.',
  group: 'flow',
  icon: 'text-cursor-input',
  n8n: { type: 'n8n-nodes-base.form', versions: [1, 2.3, 2.4, 2.5] },
  version: 2.5,
  fields: [
    { name: 'operation', label: 'Page', type: 'options', default: 'page', options: ['page', 'completion'] },
    ...FORM_FIELDS,
    {
      name: 'respondWith',
      label: 'End with',
      type: 'options',
      default: 'text',
      options: ['text', 'redirect', 'showText', 'returnBinary'],
    },
    { name: 'completionTitle', label: 'Last title', type: 'string' },
    { name: 'completionMessage', label: 'Last message', type: 'string', description: 'Text or simple HTML.' },
    { name: 'redirectUrl', label: 'Lead to', type: 'string' },
    { name: 'responseText', label: 'Page to show', type: 'string', description: 'Text or HTML; scripts do not run.' },
    { name: 'inputDataFieldName', label: 'File to give', type: 'string', default: 'data' },
    { name: 'limitWaitTime', label: 'Limit the wait', type: 'boolean', default: false },
    { name: 'options.formTitle', label: 'Title', type: 'string', description: 'Default: that of the first page.' },
    { name: 'options.formDescription', label: 'Description', type: 'string' },
    ...PAGE_OPTIONS,
  ],
  inputs: 1,
  compile(kit) {
    if (kit.raw('operation') === 'completion') {
      const ending = compileEnding(kit);
      return {
        outputs: 1,
        run: (step): StepResult => ({
          kind: 'output',
          outputs: [step.items.map(pass)],
          context: { end: pageJson(ending(step, step.scope(0))) },
        }),
      };
    }
    const page = compilePage(kit);
    const until = kit.raw('limitWaitTime') === true ? compileLimit(kit) : undefined;
    return {
      outputs: 1,
      run(step: StepContext): StepResult {
        const detail = { page: pageJson(page(step.scope(0))) };
        return { kind: 'wait', signal: 'form', detail, ...(until ? { untilMs: until(step) } : {}) };
      },
      resume(step, wake): StepResult {
        if (wake.kind !== 'signal') return { kind: 'output', outputs: [step.items.map(pass)] };
        return { kind: 'output', outputs: [wake.items.map((item) => ({ ...item, pairedItem: 0 }))] };
      },
    };
  },
});
