/** What a caller can mend. `code` is stable. */
export class TableFailure extends Error {
  readonly code: string;
  readonly status: number;
  constructor(code: string, message: string, status = 400) {
    super(message);
    this.name = 'TableFailure';
    this.code = code;
    this.status = status;
  }
}

export const shown = (value: unknown): string => JSON.stringify(value)?.slice(0, 120) ?? 'nothing';
