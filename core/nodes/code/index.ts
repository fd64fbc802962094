import type { Item, Json, JsonObject } from '../../data/item.ts';
import { itemsText } from '../../data/json-text.ts';
import type { CompileKit, NodeExecutor, NodeType, StepContext, StepResult, Wake } from '../../node/kit.ts';
import { defineNode, NodeError } from '../../node/kit.ts';
import { nodesJson, plain } from './node-data.ts';
import type { CodeAnswerError, CodePayload, CodeReplyValue } from './payload.ts';
import { itemOfEach, itemOfJson, itemsOfAll } from './result.ts';
import { mentionedNames } from './scan.ts';

/** Repeats to fetch nodes whose names the code computes; each brings at least one new name. */
const MAX_ROUNDS = 20;

interface CodeAnswer {
  error?: CodeAnswerError;
  need?: string[];
  value?: Json;
  each?: { value?: Json; error?: CodeAnswerError }[];
}

export interface CodeSource {
  code: string;
  mode: 'all' | 'each';
  /** The old Function Item returns an item's data, not an item. */
  returnsJson?: boolean;
}

function effectOf(
  step: StepContext,
  source: CodeSource,
  mentioned: readonly string[],
  ask: { names: string[]; round: number },
): StepResult {
  const scope = step.scope(0);
  const meta = {
    mode: source.mode,
    continueOnFail: step.continueOnFail,
    runIndex: step.runIndex,
    nowMs: step.nowMs,
    zone: step.zone,
    node: { name: scope.node.name, version: scope.node.version, parameters: scope.node.parameters },
    workflow: scope.workflow,
    execution: { ...scope.execution, ...step.execution, resumeUrl: step.resumeUrl },
    vars: scope.vars,
    previous: scope.run.previous() ?? null,
  };
  // The code itself is a module already; sent twice it would only cost.
  meta.node.parameters = Object.fromEntries(
    Object.entries(meta.node.parameters).filter(([key]) => key !== 'jsCode' && key !== 'functionCode'),
  );
  const payload: CodePayload = {
    code: source.code,
    metaJson: JSON.stringify(meta),
    itemsJson: itemsText(step.items.map(plain)),
    nodesJson: nodesJson(step, mentioned, ask.names),
    continueOnFail: step.continueOnFail,
    round: ask.round,
    names: ask.names,
  };
  return { kind: 'effect', effect: { kind: 'code', class: 'pure', payload: payload as unknown as JsonObject } };
}

function text(error: CodeAnswerError): string {
  const where = [
    ...(error.line === undefined ? [] : [`line ${error.line}`]),
    ...(error.itemIndex === undefined ? [] : [`for item ${error.itemIndex}`]),
  ];
  return where.length === 0 ? error.message : `${error.message} [${where.join(', ')}]`;
}

function itemsOf(answer: CodeAnswer, source: CodeSource, continueOnFail: boolean): Item[] {
  if (answer.error) {
    if (!continueOnFail) throw new NodeError(answer.error.code ?? 'code-error', text(answer.error));
    return [{ json: { error: text(answer.error) }, pairedItem: { item: answer.error.itemIndex ?? 0 } }];
  }
  if (source.mode === 'all') {
    try {
      return itemsOfAll(answer.value);
    } catch (error) {
      if (!continueOnFail || !(error instanceof NodeError)) throw error;
      return [{ json: { error: error.message }, pairedItem: { item: 0 } }];
    }
  }
  const out: Item[] = [];
  for (const [index, each] of (answer.each ?? []).entries()) {
    try {
      if (each.error) throw new NodeError('code-error', text(each.error), { itemIndex: index });
      const item = source.returnsJson ? itemOfJson(each.value, index) : itemOfEach(each.value, index);
      if (item) out.push(item);
    } catch (error) {
      if (!continueOnFail || !(error instanceof NodeError)) throw error;
      out.push({ json: { error: error.message }, pairedItem: { item: index } });
    }
  }
  return out;
}

/** Runs JavaScript over items; shared by the Code node and its two ancestors. */
export function codeExecutor(source: CodeSource, check?: () => void): NodeExecutor {
  const mentioned = mentionedNames(source.code);
  return {
    outputs: 1,
    run(step) {
      check?.();
      if (source.mode === 'each' && step.items.length === 0) return { kind: 'output', outputs: [[]] };
      return effectOf(step, source, mentioned, { names: [], round: 0 });
    },
    resume(step: StepContext, wake: Wake): StepResult {
      if (wake.kind !== 'reply') throw new NodeError('code-error', `Code cannot continue after '${wake.kind}'`);
      const reply = wake.value as unknown as CodeReplyValue;
      let answer: CodeAnswer;
      try {
        answer = JSON.parse(reply.outputJson) as CodeAnswer;
      } catch {
        throw new NodeError('code-error', 'The code answered with something unreadable');
      }
      const need = answer.need ?? [];
      if (need.length > 0) {
        if (reply.round >= MAX_ROUNDS) {
          throw new NodeError('code-error', `The code reads more than ${MAX_ROUNDS} nodes by computed names`);
        }
        return effectOf(step, source, mentioned, { names: [...reply.names, ...need], round: reply.round + 1 });
      }
      return { kind: 'output', outputs: [itemsOf(answer, source, step.continueOnFail)] };
    },
  };
}

function compile(kit: CompileKit): NodeExecutor {
  const language = kit.raw('language') ?? 'javaScript';
  const code = kit.raw('jsCode');
  const source: CodeSource = {
    code: typeof code === 'string' ? code : '',
    mode: kit.raw('mode') === 'runOnceForEachItem' ? 'each' : 'all',
  };
  return codeExecutor(source, () => {
    if (language === 'javaScript') return;
    throw new NodeError(
      'unsupported-language',
      `Code in '${String(language)}' cannot run here; rewrite it in JavaScript`,
    );
  });
}

export const node: NodeType = defineNode({
  type: 'code',
  title: 'Code',
  summary: 'Runs JavaScript over the items, isolated from network and credentials.',
  group: 'code',
  n8n: { type: 'n8n-nodes-base.code', versions: [1, 2] },
  version: 2,
  fields: [
    {
      name: 'mode',
      label: 'Mode',
      type: 'options',
      default: 'runOnceForAllItems',
      options: ['runOnceForAllItems', 'runOnceForEachItem'],
    },
    { name: 'language', label: 'Language', type: 'options', default: 'javaScript', options: ['javaScript'] },
    { name: 'jsCode', label: 'JavaScript', type: 'code', default: '', required: true },
  ],
  defaults: () => ({ mode: 'runOnceForAllItems', language: 'javaScript', jsCode: '' }),
  compile,
});
