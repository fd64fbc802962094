import { when } from '../../node/field.ts';
import { textOf } from '../../data/text.ts';
import type { JsonObject } from '../../data/item.ts';
import type { Scope } from '../../expression/scope.ts';
import { compilePage } from '../../forms/page-node.ts';
import { pageJson } from '../../forms/page.ts';
import {
  type CompileKit,
  NodeError,
  type NodeType,
  type StepContext,
  type StepResult,
  defineNode,
} from '../../node/kit.ts';
import { credentialOf } from '../../node/calls.ts';
import { FORM_FIELDS, PAGE_OPTIONS } from '../form/fields.ts';
import { pass } from '../pass.ts';
import { HOOK_CREDENTIALS, hookOf } from '../webhook/route.ts';
import { type Until, compileInterval, compileLimit, compileMoment } from './until.ts';

export const node: NodeType = defineNode({
  type: 'wait',
  title: 'Wait',
  summary: 'Pauses the run for a time, until a moment, or until its resume URL is called.',
  group: 'flow',
  icon: 'hourglass',
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
    { name: 'amount', label: 'Amount', type: 'number', default: 5, show: { resume: ['timeInterval'] } },
    {
      name: 'unit',
      label: 'Unit',
      type: 'options',
      default: 'seconds',
      options: ['seconds', 'minutes', 'hours', 'days'],
      show: { resume: ['timeInterval'] },
    },
    { name: 'dateTime', label: 'Moment', type: 'date', show: { resume: ['specificTime'] } },
    {
      name: 'limitWaitTime',
      label: 'Limit the wait',
      type: 'boolean',
      default: false,
      show: { resume: ['webhook', 'form'] },
    },
    {
      name: 'limitType',
      label: 'Limit by',
      type: 'options',
      default: 'afterTimeInterval',
      options: ['afterTimeInterval', 'atSpecifiedTime'],
      show: { limitWaitTime: [true] },
    },
    { name: 'resumeAmount', label: 'At most', type: 'number', default: 1, show: { limitType: ['afterTimeInterval'] } },
    {
      name: 'resumeUnit',
      label: 'At most, in',
      type: 'options',
      default: 'hours',
      options: ['seconds', 'minutes', 'hours', 'days'],
      show: { limitType: ['afterTimeInterval'] },
    },
    { name: 'maxDateAndTime', label: 'Until', type: 'date', show: { limitType: ['atSpecifiedTime'] } },
    { name: 'formTitle', label: 'Title of the form', type: 'string', show: { resume: ['form'] } },
    { name: 'formDescription', label: 'Description of the form', type: 'string', show: { resume: ['form'] } },
    ...when({ resume: ['form'] }, FORM_FIELDS),
    {
      name: 'incomingAuthentication',
      label: 'Authentication of the resuming call',
      type: 'options',
      default: 'none',
      options: ['none', 'basicAuth', 'headerAuth', 'jwtAuth'],
      show: { resume: ['webhook'] },
    },
    {
      name: 'responseMode',
      label: 'Answer the resuming call',
      type: 'options',
      default: 'onReceived',
      options: ['onReceived', 'lastNode', 'responseNode'],
      show: { resume: ['webhook', 'form'] },
    },
    ...when({ resume: ['form'] }, PAGE_OPTIONS),
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
  const resume = textOf(kit.raw('resume'), 'timeInterval');
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
  const until = kit.raw('limitWaitTime') === true ? compileLimit(kit) : undefined;
  const detail = signal === 'form' ? formDetail(kit) : hookDetail(kit);
  return (step) => {
    const result = { kind: 'wait', signal, detail: detail(step.scope(0)) } as const;
    return until ? { ...result, untilMs: until(step) } : result;
  };
}

function formDetail(kit: CompileKit): (scope: Scope) => JsonObject {
  const page = compilePage(kit);
  const proof = proofWanted(kit);
  return (scope) => ({ page: pageJson(page(scope)), ...(proof ? { proof } : {}) });
}

/** What the call must prove besides its address, and the credential that checks it. Without one nothing waits. */
function proofWanted(kit: CompileKit): JsonObject | undefined {
  const by = textOf(kit.raw('incomingAuthentication'), 'none');
  if (by === 'none' || by === '') return undefined;
  const types: Readonly<Record<string, string>> = HOOK_CREDENTIALS;
  const type = Object.hasOwn(types, by) ? types[by] : undefined;
  if (type === undefined) throw new NodeError('unknown-mode', `Wait cannot authenticate by "${by}".`);
  return { by, ref: credentialOf(kit, type).ref };
}

/** How the call that resumes the run is answered, in the words of a webhook node. */
function hookDetail(kit: CompileKit): (scope: Scope) => JsonObject {
  const { method, responseMode, responseCode, responseData, responseHeaders, ...rest } = hookOf(kit.node);
  const { responseText, responseProperty, responseContentType, responseBinary } = rest;
  const answer = { responseMode, responseCode, responseData, responseHeaders };
  const optional = { responseText, responseProperty, responseContentType, responseBinary };
  const given = Object.entries(optional).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  const suffix = kit.param('options.webhookSuffix', '');
  const proof = proofWanted(kit);
  return (scope) => ({
    httpMethod: method[0] ?? 'GET',
    ...(proof ? { proof } : {}),
    answer: { ...answer, ...(Object.fromEntries(given) as JsonObject) },
    suffix: textOf(suffix.at(scope)),
  });
}
