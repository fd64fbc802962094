import type { HookRoute } from '../../durable-objects/tenant/protocol.ts';

/** What `Access-Control-Allow-Origin` says to this request; undefined: nothing, so the page that asks reads nothing. */
export function corsOf(request: Request, { allowedOrigins }: Pick<HookRoute, 'allowedOrigins'>): string | undefined {
  if (!allowedOrigins) return '*';
  const origin = request.headers.get('origin');
  return origin !== null && allowedOrigins.some((each) => sameOrigin(each, origin)) ? origin : undefined;
}

/** As written in the node, which may have a trailing slash or capitals. */
const sameOrigin = (written: string, origin: string): boolean =>
  written.replace(/\/+$/, '').toLowerCase() === origin.toLowerCase();

/** Tells caches that answers differ by origin, where they do. */
export function allowOrigin(headers: Headers, cors: string | undefined): void {
  if (cors !== '*') headers.append('vary', 'origin');
  if (cors !== undefined) headers.set('access-control-allow-origin', cors);
}
