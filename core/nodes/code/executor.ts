import type { NodeExecutor, StepContext, StepResult, Wake } from '../../node/kit.ts';
import { NodeError } from '../../node/kit.ts';
import { itemsOf } from './answer.ts';
import { callOf } from './call.ts';
import type { CodeAnswer, CodeReplyValue, CodeSource } from './payload.ts';
import { mentionedNames } from './scan.ts';

/** Repeats to fetch nodes whose names the code computes; each brings at least one new name. */
const MAX_ROUNDS = 20;

/** Characters of console output that a run keeps of one step: runs lie in memory, with all steps of their loops. */
const MAX_KEPT_LOG_CHARS = 8 * 1024;

function shortened(logs: readonly string[]): string[] {
  let left = MAX_KEPT_LOG_CHARS;
  const end = logs.findIndex((line) => (left -= line.length) < 0);
  if (end < 0) return [...logs];
  return [...logs.slice(0, end), (logs[end] ?? '').slice(0, left), `… (${logs.length - end} lines cut off)`];
}

/** Runs code over items; shared by the Code node and its two ancestors. */
export function codeExecutor(source: CodeSource, check?: () => void): NodeExecutor {
  const mentioned = mentionedNames(source.code, source.language);
  return {
    outputs: 1,
    run(step) {
      check?.();
      if (source.mode === 'each' && step.items.length === 0) return { kind: 'output', outputs: [[]] };
      return callOf(step, source, mentioned, { names: [], round: 0 });
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
        return callOf(step, source, mentioned, { names: [...reply.names, ...need], round: reply.round + 1 });
      }
      const { keep, logs, customData } = answer;
      return {
        kind: 'output',
        outputs: [itemsOf(answer, source, step.continueOnFail)],
        ...(keep ? { keep } : {}),
        ...(customData ? { customData } : {}),
        ...(logs ? { logs: shortened(logs) } : {}),
      };
    },
  };
}
