import { SECURITY_HEADERS } from '../kit/response.ts';
import { allowed } from './failures.ts';

/** A browser asking whether it may call. Webhooks are public and carry no cookies, so any page may. */
export function preflight(request: Request, methods: ReadonlyMap<string, unknown>, requestId: string): Response {
  const allow = allowed(methods);
  const headers = new Headers({
    ...SECURITY_HEADERS,
    allow,
    'access-control-allow-origin': '*',
    'access-control-allow-methods': allow,
    'access-control-max-age': '600',
    'x-request-id': requestId,
  });
  const wanted = request.headers.get('access-control-request-headers');
  if (wanted !== null) headers.set('access-control-allow-headers', wanted);
  return new Response(null, { status: 204, headers });
}

/** HEAD on a GET webhook: link previews and monitors look, they must not start a run. */
export function presence(requestId: string): Response {
  return new Response(null, { status: 200, headers: { ...SECURITY_HEADERS, 'x-request-id': requestId } });
}
