import type { EffectFailure } from '../../node/kit.ts';
import type { CodeAnswer, CodeAnswerError } from './payload.ts';

/** Of what failing code printed, its end. */
const MAX_SHOWN_LOG_CHARS = 4_000;
/** A repeat ends the same way; and a hang costs everyone on the host. */
const FINAL = new Set(['code-output-too-large', 'code-timeout', 'network-denied', 'credential-denied']);

/** What went wrong, and at which line and item. */
export function failureText(error: CodeAnswerError): string {
  const where = [
    ...(error.line === undefined ? [] : [`line ${error.line}`]),
    ...(error.itemIndex === undefined ? [] : [`for item ${error.itemIndex}`]),
  ];
  const text = error.name === 'SyntaxError' ? `SyntaxError: ${error.message}` : error.message;
  return where.length === 0 ? text : `${text} [${where.join(', ')}]`;
}

/** The failure that an isolate's answer reports; undefined when it reports none. @throws SyntaxError when it is no JSON. */
export function failureOf(answerText: string): EffectFailure | undefined {
  // The isolate writes its failures first; whatever else the text holds is read where it is used.
  if (!answerText.startsWith('{"error":')) return undefined;
  const { error, logs, customData } = JSON.parse(answerText) as CodeAnswer;
  if (!error) return undefined;
  const code = error.code ?? 'code-error';
  return {
    code,
    message: failureText(error),
    retryable: !FINAL.has(code) && error.name !== 'SyntaxError',
    ...(customData ? { customData } : {}),
    // Shown with the error: what it printed is what an author looks for then.
    ...(logs ? { detail: `Console before it failed:\n${logs.join('\n').slice(-MAX_SHOWN_LOG_CHARS)}` } : {}),
  };
}
