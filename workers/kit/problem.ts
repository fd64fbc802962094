import type { ErrorKind } from './contract.ts';

/** One thing wrong with the input. `pointer` is a JSON pointer into the body, or `?name` / `{name}` for other parts. */
export interface Fault {
  pointer: string;
  message: string;
  code?: string;
  hint?: string;
}

export interface ProblemMore {
  detail?: string;
  /** The reader's next action. */
  hint?: string;
  errors?: readonly Fault[];
  headers?: Record<string, string>;
  /** Further members of the answer, e.g. the id of the conflicting workflow. */
  extra?: Record<string, string | number>;
}

/** What to do next where nobody said anything better. */
const HINTS: ReadonlyMap<number, string> = new Map([
  [400, 'Correct what `errors` or `detail` names and send it again; /openapi.json has the schemas.'],
  [403, 'GET /v1/access says what you may do; somebody who manages roles can give you more.'],
  [404, 'Check the id against the list it comes from.'],
  [409, 'Read the resource again, then decide.'],
  [412, 'Read the resource again, then decide.'],
  [413, 'Send less at once.'],
  [429, 'Wait as long as Retry-After says, then send it again.'],
  [503, 'Send it again in a while.'],
]);

/** An expected failure: thrown anywhere below the API, answered as application/problem+json (RFC 9457). */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly more: ProblemMore;
  constructor(code: string, kind: ErrorKind, more: ProblemMore = {}) {
    super(more.detail ?? kind.title);
    this.name = 'Problem';
    this.status = kind.status;
    this.code = code;
    this.title = kind.title;
    this.more = more;
  }

  toBody(requestId: string): Record<string, unknown> {
    const { detail, hint = HINTS.get(this.status), errors, extra } = this.more;
    return {
      status: this.status,
      code: this.code,
      title: this.title,
      ...(detail === undefined ? {} : { detail }),
      ...(hint === undefined ? {} : { hint }),
      ...(errors === undefined ? {} : { errors }),
      ...extra,
      requestId,
    };
  }
}

/** Codes every route may answer with; areas add their own in `contract.ts`. */
export const COMMON_ERRORS = {
  'input-invalid': { status: 400, title: 'The request does not fit its schema' },
  'json-invalid': { status: 400, title: 'The body is not JSON' },
  'json-too-deep': { status: 400, title: 'The JSON is nested too deeply' },
  'json-too-large': { status: 413, title: 'The JSON has too many keys or too long a text' },
  'key-missing': { status: 401, title: 'An API key is needed' },
  'key-invalid': { status: 401, title: 'The API key is not valid' },
  'session-invalid': { status: 401, title: 'You are not signed in' },
  'organization-missing': { status: 400, title: 'The request does not name an organisation' },
  'person-needed': { status: 403, title: 'Only a person who is signed in may do this' },
  'sso-required': { status: 403, title: 'This organisation is entered through its identity provider' },
  'origin-refused': { status: 403, title: 'The request does not come from our own pages' },
  'scope-missing': { status: 403, title: 'You may not do this' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'method-not-allowed': { status: 405, title: 'This address does not take that method' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'media-type-unsupported': { status: 415, title: 'The body has the wrong content type' },
  'organization-suspended': { status: 423, title: 'This organization is suspended' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something broke on our side' },
  unavailable: { status: 503, title: 'Not available right now' },
} as const satisfies Record<string, ErrorKind>;

export const common = (code: keyof typeof COMMON_ERRORS, more?: ProblemMore): Problem =>
  new Problem(code, COMMON_ERRORS[code], more);

/** For every way in: webhooks, pages, the API's changes. */
export const suspended = (): Problem =>
  common('organization-suspended', {
    hint: 'Its owner or the operator of this deployment can resume it.',
  });

/** Makes an area's thrower: only codes of its closed map compile. */
export function problemsOf<K extends string>(kinds: Readonly<Record<K, ErrorKind>>) {
  return (code: K, more?: ProblemMore): Problem => new Problem(code, kinds[code], more);
}
