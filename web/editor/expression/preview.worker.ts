import { compileTemplate, ExpressionError, membersOf, toJson } from '../../../core/expression/index.ts';
import type { Answer, Question } from './preview.ts';
import type { Sample } from './sample.ts';
import { scopeOf } from './scope.ts';

/** What a person can read at a glance. */
const MAX_SHOWN = 4_000;

let sample: Sample | undefined;

function answerTo(question: Exclude<Question, { kind: 'sample' }>): Answer {
  const { id } = question;
  if (!sample) return { id, kind: 'nothing' };
  const scope = scopeOf(sample, question.item, Date.now());
  if (question.kind === 'members') return { id, kind: 'members', members: membersOf(question.code, scope) };
  try {
    const value = toJson(compileTemplate(question.text).at(scope));
    if (value === undefined) return { id, kind: 'nothing' };
    const text = typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
    const type = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
    return { id, kind: 'value', type, text: text.slice(0, MAX_SHOWN), isCut: text.length > MAX_SHOWN };
  } catch (error) {
    const known = error instanceof ExpressionError ? error : undefined;
    return {
      id,
      kind: 'error',
      code: known?.code ?? 'error',
      message: error instanceof Error ? error.message : String(error),
      position: known?.position,
    };
  }
}

addEventListener('message', ({ data }: MessageEvent<Question>) => {
  if (data.kind === 'sample') sample = data.sample;
  else postMessage(answerTo(data));
});
