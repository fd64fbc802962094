import { answerText } from '../chat/answer.ts';
import { isChat, MAX_SAID_CHARS } from '../chat/told.ts';
import type { Run } from '../engine/run.ts';
import type { StepDone } from '../engine/step.ts';
import type { StepResult } from '../node/kit.ts';

/** What of a node's result is recorded. Whatever a node replies to a chat, it said: a page that comes back shows it again. */
export function doneOf(run: Run, result: StepResult & { kind: 'output' }): StepDone {
  const { outputs, context, logs, customData, reply } = result;
  const done: StepDone = { out: outputs };
  if (context) done.ctx = context;
  if (logs) done.logs = logs;
  if (customData) done.cd = customData;
  if (!isChat(run)) return done;
  const say = result.say ?? (reply && answerText(reply));
  // whoever asked is given the reply whole
  if (say !== undefined) done.say = say.slice(0, MAX_SAID_CHARS);
  return done;
}
