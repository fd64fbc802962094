import type { JsonObject } from '../../data/item.ts';
import { itemsText } from '../../data/json-text.ts';
import { executionMode } from '../../expression/mode.ts';
import type { StepContext, StepResult } from '../../node/kit.ts';
import { nodesJson, plain } from './node-data.ts';
import type { CodePayload, CodeSource } from './payload.ts';

/** Parameters that hold the code. It is a module already; sent twice it would only cost. */
const CODE_PARAMETERS: ReadonlySet<string> = new Set(['jsCode', 'pythonCode', 'functionCode']);

/** `$input.params` and `$input.context`: of the node before, if the code looks at them. */
function inputOf(step: StepContext, code: string): JsonObject {
  if (!/input\.(params|context)\b/.test(code)) return {};
  const { run } = step.scope(0);
  const previous = run.previous();
  if (!previous) return {};
  return { input: { params: run.parameters(previous.name) ?? {}, context: run.context(previous.name) } };
}

const keptOf = (step: StepContext, code: string): object =>
  /StaticData/.test(code) ? { kept: { node: step.kept('node'), global: step.kept('global') } } : {};

/** The URL is signed, which costs more than all else here: not for code that cannot be looking for it. */
function executionOf(step: StepContext, code: string): JsonObject {
  const { id, mode } = step.execution;
  const asks = /resume|[$_]execution(?!\s*\.)/.test(code);
  return { id, mode: executionMode(mode), ...(asks ? { resumeUrl: step.resumeUrl } : {}) };
}

/** The effect that runs the code; `ask.names`: nodes it read by names that the source does not hold. */
export function callOf(
  step: StepContext,
  source: CodeSource,
  mentioned: readonly string[],
  ask: { names: string[]; round: number },
): StepResult {
  const scope = step.scope(0);
  const { code, language, network = false } = source;
  const { id, name, version, parameters } = scope.node;
  const meta = {
    mode: source.mode,
    continueOnFail: step.continueOnFail,
    runIndex: step.runIndex,
    nowMs: step.nowMs,
    zone: step.zone,
    node: {
      id,
      name,
      version,
      parameters: Object.fromEntries(Object.entries(parameters).filter(([key]) => !CODE_PARAMETERS.has(key))),
    },
    workflow: scope.workflow,
    execution: executionOf(step, code),
    runMode: step.execution.mode,
    vars: scope.vars,
    previous: scope.run.previous() ?? null,
    ...inputOf(step, code),
    ...keptOf(step, code),
    ...(code.includes('customData') ? { customData: step.customData } : {}),
    ...(network ? { network } : {}),
    ...(source.returnsJson ? { returnsJson: true } : {}),
  };
  const payload: CodePayload = {
    code,
    language,
    network,
    metaJson: JSON.stringify(meta),
    itemsJson: itemsText(step.items.map(plain)),
    nodesJson: nodesJson(step, mentioned, ask.names),
    continueOnFail: step.continueOnFail,
    round: ask.round,
    names: ask.names,
  };
  return {
    kind: 'effect',
    effect: {
      kind: 'code',
      // A repeat of code that sends requests sends them again.
      class: network ? 'unsafe' : 'pure',
      payload: payload as unknown as JsonObject,
    },
  };
}
