import type { JsonObject } from '../../data/item.ts';
import {
  type CompileKit,
  NodeError,
  type NodeType,
  type StepContext,
  type StepResult,
  defineNode,
} from '../../node/kit.ts';
import { pass } from '../pass.ts';
import { type Until, compileInterval, compileMoment } from './until.ts';

export const node: NodeType = defineNode({
  type: 'wait',
  title: 'Wait',
  summary: 'Pauses the run for a time, until a moment, or until its resume URL is called.',
  group: 'flow',
  n8n: { type: 'n8n-nodes-base.wait', versions: [1, 1.1] },
  version: 1.1,
  fields: [
    {
      name: 'resume',
      label: 'Resume',
      type: 'options',
      default: 'timeInterval',
      options: ['timeInterval', 'specificTime', 'webhook', 'form'],
    },
    { name: 'amount', label: 'Amount', type: 'number', default: 5 },
    {
      name: 'unit',
      label: 'Unit',
      type: 'options',
      default: 'seconds',
      options: ['seconds', 'minutes', 'hours', 'days'],
    },
    { name: 'dateTime', label: 'Moment', type: 'string' },
    { name: 'limitWaitTime', label: 'Limit the wait', type: 'boolean', default: false },
  ],
  inputs: 1,
  compile(kit) {
    const wait = waitOf(kit);
    return {
      outputs: 1,
      run: wait,
      resume(step, wake) {
        // What called the resume URL replaces the items, as a webhook's data would start a run.
        if (wake.kind === 'signal') return { kind: 'output', outputs: [wake.items.map(paired)] };
        return passOn(step);
      },
    };
  },
});

const paired = <T extends object>(item: T): T & { pairedItem: number } => ({ ...item, pairedItem: 0 });

const passOn = (step: StepContext): StepResult => ({ kind: 'output', outputs: [step.items.map(pass)] });

function waitOf(kit: CompileKit): (step: StepContext) => StepResult {
  const resume = String(kit.raw('resume') ?? 'timeInterval');
  switch (resume) {
    case 'timeInterval': {
      const isFirst = kit.node.version < 1.1;
      const amount = kit.param('amount', isFirst ? 1 : 5);
      return sleep(compileInterval(amount, kit.param('unit', isFirst ? 'hours' : 'seconds')));
    }
    case 'specificTime':
      return sleep(compileMoment(kit.param('dateTime', '')));
    case 'webhook':
    case 'form':
      return listen(kit, resume);
    default:
      throw new NodeError('unknown-mode', `Wait cannot resume on "${resume}".`);
  }
}

const sleep =
  (until: Until) =>
  (step: StepContext): StepResult => {
    const untilMs = until(step);
    return untilMs > step.nowMs ? { kind: 'wait', untilMs } : passOn(step);
  };

function listen(kit: CompileKit, signal: 'webhook' | 'form'): (step: StepContext) => StepResult {
  const until = kit.raw('limitWaitTime') === true ? limitOf(kit) : undefined;
  const detail = kit.value<JsonObject>({
    httpMethod: kit.raw('httpMethod') ?? (signal === 'form' ? 'POST' : 'GET'),
    responseMode: kit.raw('responseMode') ?? 'onReceived',
    authentication: kit.raw('incomingAuthentication') ?? 'none',
    suffix: kit.raw('options.webhookSuffix') ?? '',
    ...(signal === 'form' ? { title: kit.raw('formTitle') ?? '', fields: kit.raw('formFields') ?? {} } : {}),
  });
  return (step) => {
    const result = { kind: 'wait', signal, detail: detail.at(step.scope(0)) } as const;
    return until ? { ...result, untilMs: until(step) } : result;
  };
}

function limitOf(kit: CompileKit): Until {
  if (kit.raw('limitType') === 'atSpecifiedTime') return compileMoment(kit.param('maxDateAndTime', ''));
  return compileInterval(kit.param('resumeAmount', 1), kit.param('resumeUnit', 'hours'));
}
