/** A handler's answer when the plain value is not enough: another status, headers, ready JSON text, or a stream. */
export class Answer<T> {
  readonly status: number | undefined;
  readonly headers: Record<string, string>;
  readonly value: T | undefined;
  readonly text: string | undefined;
  readonly stream: Response | undefined;
  private constructor(init: { value?: T; text?: string; stream?: Response }, more: AnswerMore) {
    this.status = more.status;
    this.headers = more.headers ?? {};
    this.value = init.value;
    this.text = init.text;
    this.stream = init.stream;
  }

  static json<T>(value: T, more: AnswerMore = {}): Answer<T> {
    return new Answer<T>({ value }, more);
  }

  /** JSON text that an object already wrote: passed on without parsing it. */
  static jsonText(text: string, more: AnswerMore = {}): Answer<never> {
    return new Answer<never>({ text }, more);
  }

  static stream(stream: Response, more: AnswerMore = {}): Answer<never> {
    return new Answer<never>({ stream }, more);
  }
}

interface AnswerMore {
  status?: number;
  headers?: Record<string, string>;
}
