export type ExpressionErrorCode =
  | 'syntax'
  | 'unsupported'
  | 'unknown-node'
  | 'not-executed'
  | 'no-item'
  | 'no-paired-item'
  | 'limit'
  | 'refused'
  | 'function-result'
  | 'argument'
  | 'regex';

/**
 * The only error an evaluation throws. Errors of the language itself (a TypeError, `throw`) are not errors here:
 * the segment's value is then undefined, as in n8n.
 */
export class ExpressionError extends Error {
  readonly code: ExpressionErrorCode;
  /** Offset in the parameter text as written, `=` included. */
  readonly position: number | undefined;
  /** The parameter's whole text and the item it failed for; filled in by who evaluates it for a step. */
  expression: string | undefined;
  itemIndex: number | undefined;

  constructor(code: ExpressionErrorCode, message: string, position?: number) {
    super(message);
    this.name = 'ExpressionError';
    this.code = code;
    this.position = position;
  }
}
