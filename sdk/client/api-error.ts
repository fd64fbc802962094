/** A refusal of the API (RFC 9457). Test `code`, show `message` and `hint`. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  /** Of every refusal of this code; `message` says more where there is more to say. */
  readonly title: string | undefined;
  readonly hint: string | undefined;
  /** What is wrong where: `pointer` is a JSON pointer into the body, `?name` or `{name}`. */
  readonly errors: readonly { pointer: string; message: string; code?: string; hint?: string }[];
  readonly requestId: string | undefined;

  constructor(status: number, body: ProblemBody) {
    super(body.detail ?? body.title ?? `The API answered ${status}`);
    this.name = 'ApiError';
    this.status = status;
    this.code = body.code ?? 'unknown';
    this.title = body.title;
    this.hint = body.hint;
    this.errors = body.errors ?? [];
    this.requestId = body.requestId;
  }
}

interface ProblemBody {
  code?: string;
  title?: string;
  detail?: string;
  hint?: string;
  errors?: ApiError['errors'];
  requestId?: string;
}

/** The problem in an answer, also when a proxy in between answered with something else. */
export async function errorFrom(response: Response): Promise<ApiError> {
  const text = await response.text();
  try {
    return new ApiError(response.status, JSON.parse(text) as ProblemBody);
  } catch {
    return new ApiError(response.status, { detail: text.slice(0, 500) || response.statusText });
  }
}
