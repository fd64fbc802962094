import { common, Problem } from './problem.ts';

/** On every answer that is not the app's: nothing in it may run, be framed, sniffed or leak its address. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

export const newRequestId = (): string => crypto.randomUUID();

export function problemResponse(problem: Problem, requestId: string): Response {
  const headers = new Headers({ ...SECURITY_HEADERS, ...problem.more.headers });
  headers.set('content-type', 'application/problem+json');
  headers.set('cache-control', 'no-store');
  headers.set('x-request-id', requestId);
  return new Response(JSON.stringify(problem.toBody(requestId)), { status: problem.status, headers });
}

/** Expected failures as themselves; anything else is a bug: logged once, here, and answered without its details. */
export function failureResponse(error: unknown, requestId: string): Response {
  if (error instanceof Problem) return problemResponse(error, requestId);
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  console.error(JSON.stringify({ level: 'error', requestId, error: text }));
  const hint = `Tell the operator this request id: ${requestId}`;
  return problemResponse(common('internal', { hint }), requestId);
}

const HSTS = 'max-age=31536000; includeSubDomains';

/** Over https every answer says that it always will be; over http the header must not be sent (RFC 6797, 7.2). */
export function strictTransport(request: Request, response: Response): Response {
  if (!request.url.startsWith('https:') || response.webSocket) return response;
  // Answers of objects and of the app's files have headers that cannot be changed.
  const sealed = new Response(response.body, response);
  sealed.headers.set('strict-transport-security', HSTS);
  return sealed;
}
