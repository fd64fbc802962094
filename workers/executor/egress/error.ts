/** A request that did not get an answer. `code` is one of the executor's codes. */
export class EgressError extends Error {
  readonly code: string;
  readonly retryable: boolean;
  constructor(code: string, message: string, retryable: boolean) {
    super(message);
    this.name = 'EgressError';
    this.code = code;
    this.retryable = retryable;
  }
}
