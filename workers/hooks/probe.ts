import type { HookRoute } from '../../durable-objects/tenant/protocol.ts';
import { SECURITY_HEADERS } from '../kit/response.ts';
import { allowed } from './failures.ts';
import { allowOrigin, corsOf } from './origins.ts';

/** A browser asking whether it may call. Webhooks carry no cookies, so any page may unless the node lists origins. */
export function preflight(request: Request, methods: ReadonlyMap<string, HookRoute>, requestId: string): Response {
  const allow = allowed(methods);
  const asked = request.headers.get('access-control-request-method') ?? '';
  const route = methods.get(asked) ?? [...methods.values()][0];
  const headers = new Headers({
    ...SECURITY_HEADERS,
    allow,
    'access-control-allow-methods': allow,
    'access-control-max-age': '600',
    'x-request-id': requestId,
  });
  allowOrigin(headers, route && corsOf(request, route));
  const wanted = request.headers.get('access-control-request-headers');
  if (wanted !== null) headers.set('access-control-allow-headers', wanted);
  return new Response(null, { status: 204, headers });
}

/** HEAD on a GET webhook: link previews and monitors look, they must not start a run. */
export function presence(requestId: string): Response {
  return new Response(null, { status: 200, headers: { ...SECURITY_HEADERS, 'x-request-id': requestId } });
}
