import { ScimError } from '../../core/scim/error.ts';
import type { Json, JsonObject } from '../../core/data/item.ts';
import { Problem } from '../kit/problem.ts';
import { SECURITY_HEADERS } from '../kit/response.ts';

const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';

export function scimResponse(
  body: Json | undefined,
  { status = 200, requestId, headers = {} }: { status?: number; requestId: string; headers?: Record<string, string> },
): Response {
  const all = new Headers({ ...SECURITY_HEADERS, 'cache-control': 'no-store', 'x-request-id': requestId, ...headers });
  if (body === undefined) return new Response(null, { status, headers: all });
  all.set('content-type', 'application/scim+json; charset=utf-8');
  return new Response(JSON.stringify(body), { status, headers: all });
}

/** A failure in SCIM's own format (SRV2). What is not expected is logged, once, and shown without its details. */
export function scimFailure(error: unknown, requestId: string): Response {
  const known = asScim(error);
  if (!known) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    console.error(JSON.stringify({ level: 'error', requestId, error: text }));
  }
  const { status, message, scimType, headers } = known ?? {
    status: 500,
    message: `Something broke on our side (${requestId})`,
  };
  const body: JsonObject = { schemas: [ERROR], status: String(status), detail: message };
  if (scimType !== undefined) body['scimType'] = scimType;
  return scimResponse(body, { status, requestId, ...(headers ? { headers } : {}) });
}

interface Known {
  status: number;
  message: string;
  scimType?: string | undefined;
  headers?: Record<string, string> | undefined;
}

function asScim(error: unknown): Known | undefined {
  if (error instanceof ScimError) return { status: error.status, message: error.message, scimType: error.scimType };
  if (!(error instanceof Problem)) return undefined;
  const { status, message, more } = error;
  return { status, message, scimType: status === 400 ? 'invalidSyntax' : undefined, headers: more.headers };
}
