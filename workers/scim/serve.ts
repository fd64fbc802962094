import { type AuditNote, outcomeOf } from '../../core/audit/entry.ts';
import type { Json, JsonObject } from '../../core/data/item.ts';
import { bad, ScimError } from '../../core/scim/error.ts';
import { project } from '../../core/scim/project.ts';
import { auditOf } from '../../durable-objects/stubs.ts';
import { recordLater } from '../api/read-trail.ts';
import type { Env } from '../env.ts';
import { parseJson, readBytes } from '../kit/body.ts';
import { newRequestId } from '../kit/response.ts';
import { scimFailure, scimResponse } from './answer.ts';
import { callerOf } from './caller.ts';
import type { ScimCaller } from './caller.ts';
import { discovery } from './discovery.ts';
import { groupHandler } from './groups.ts';
import { listResources } from './list.ts';
import type { ListQuery } from './list.ts';
import { tagOf } from './resource.ts';
import type { ResourceHandler } from './resource.ts';
import { userHandler } from './users.ts';

const MAX_BODY_BYTES = 1024 * 1024;
const CHANGES: ReadonlyMap<string, string> = new Map([
  ['POST', 'create'],
  ['PUT', 'replace'],
  ['PATCH', 'change'],
  ['DELETE', 'remove'],
]);

/** `/scim/v2/*` (SPEC.md). */
export async function serveScim(request: Request, env: Env): Promise<Response> {
  const requestId = newRequestId();
  let caller: ScimCaller | undefined;
  try {
    const { pathname } = new URL(request.url);
    const [, , version, ...place] = pathname.replace(/\/$/, '').split('/');
    if (version !== 'v2') throw new ScimError(404, 'SCIM is at /scim/v2');
    caller = await callerOf(request, env, requestId);
    const found = request.method === 'GET' ? discovery(caller.base, place) : undefined;
    if (found !== undefined) return scimResponse(found, { requestId });
    return await serveResource(request, caller, place.map(decodeURIComponent));
  } catch (error) {
    const fault = error instanceof URIError ? new ScimError(404, 'There is nothing here') : error;
    const response = scimFailure(fault, requestId);
    if (caller && CHANGES.has(request.method)) {
      recordLater(env, caller.tenant, note(caller, request, { status: response.status }));
    }
    return response;
  }
}

async function serveResource(
  request: Request,
  caller: ScimCaller,
  [what = '', id, ...rest]: readonly string[],
): Promise<Response> {
  if (what === 'Bulk' || what === 'Me') throw new ScimError(501, `${what} is not supported`);
  const handler = what === 'Users' ? userHandler(caller) : what === 'Groups' ? groupHandler(caller) : undefined;
  if (!handler || rest.length > 0) throw new ScimError(404, 'There is nothing here');
  const { requestId } = caller;
  if (id === '.search' && request.method === 'POST') {
    return scimResponse(await listResources(handler.type, searchOf(await bodyOf(request)), handler), { requestId });
  }
  const query = queryOf(new URL(request.url).searchParams);
  if (id === undefined && request.method === 'GET') {
    return scimResponse(await listResources(handler.type, query, handler), { requestId });
  }
  if (id !== undefined && request.method === 'GET') return read(request, handler, { id, query, requestId });
  return change(request, handler, { caller, id, query });
}

async function read(
  request: Request,
  handler: ResourceHandler,
  { id, query, requestId }: { id: string; query: ListQuery; requestId: string },
): Promise<Response> {
  const { row, resource } = await handler.get(id);
  const headers = { etag: tagOf(row) };
  if (request.headers.get('if-none-match') === tagOf(row)) {
    return scimResponse(undefined, { status: 304, requestId, headers });
  }
  return scimResponse(project(handler.type, resource, query), { requestId, headers });
}

async function change(
  request: Request,
  handler: ResourceHandler,
  { caller, id, query }: { caller: ScimCaller; id: string | undefined; query: ListQuery },
): Promise<Response> {
  const { method } = request;
  const { requestId, base, env, tenant } = caller;
  const fits = id === undefined ? method === 'POST' : ['PUT', 'PATCH', 'DELETE'].includes(method);
  if (!fits) throw new ScimError(405, `${method.slice(0, 20)} is not for this address`);
  const tag = request.headers.get('if-match');
  if (method === 'DELETE') {
    await handler.remove(id ?? '', tag);
    await auditOf(env, tenant).append([
      note(caller, request, { status: 204, ...(id === undefined ? {} : { target: id }) }),
    ]);
    return scimResponse(undefined, { status: 204, requestId });
  }
  const body = await bodyOf(request);
  const { row, resource } =
    id === undefined
      ? await handler.create(body)
      : method === 'PUT'
        ? await handler.replace(id, body, tag)
        : await handler.patch(id, body, tag);
  const status = id === undefined ? 201 : 200;
  await auditOf(env, tenant).append([note(caller, request, { status, target: row.id })]);
  const headers = { etag: tagOf(row), location: `${base}${handler.type.endpoint}/${row.id}` };
  return scimResponse(project(handler.type, resource, query), { status, requestId, headers });
}

async function bodyOf(request: Request): Promise<Json | undefined> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/(scim\+)?json\b/i.test(type)) throw new ScimError(415, 'Send application/scim+json');
  const bytes = await readBytes(request, MAX_BODY_BYTES);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw bad('invalidSyntax', 'The body is not UTF-8');
  }
  return parseJson(text, 'refused') as Json;
}

const namesOf = (text: string | null): string[] | undefined =>
  text === null ? undefined : text.split(',').slice(0, 200);

function queryOf(search: URLSearchParams): ListQuery {
  const attributes = namesOf(search.get('attributes'));
  const excluded = namesOf(search.get('excludedAttributes'));
  return {
    filter: search.get('filter') ?? '',
    startIndex: search.get('startIndex') ?? '',
    count: search.get('count') ?? '',
    ...(attributes ? { attributes } : {}),
    ...(excluded ? { excluded } : {}),
  };
}

/** The body of `/.search`: the same as a query, as JSON. */
function searchOf(body: Json | undefined): ListQuery {
  const given: JsonObject = typeof body === 'object' && body !== null && !Array.isArray(body) ? body : {};
  const { filter, startIndex, count, attributes, excludedAttributes } = given;
  const list = (value: Json | undefined): string[] | undefined =>
    Array.isArray(value) ? value.slice(0, 200).map(String) : undefined;
  const [wanted, unwanted] = [list(attributes), list(excludedAttributes)];
  return {
    filter: typeof filter === 'string' ? filter : '',
    ...(typeof startIndex === 'number' ? { startIndex } : {}),
    ...(typeof count === 'number' ? { count } : {}),
    ...(wanted ? { attributes: wanted } : {}),
    ...(unwanted ? { excluded: unwanted } : {}),
  };
}

function note(
  { row, requestId }: ScimCaller,
  request: Request,
  { status, target }: { status: number; target?: string },
): AuditNote {
  const what = new URL(request.url).pathname.split('/')[3]?.toLowerCase() === 'groups' ? 'groups' : 'users';
  return {
    at: Date.now(),
    actor: { kind: 'scim', id: row.id },
    action: `scim.${what}-${CHANGES.get(request.method) ?? 'read'}`,
    ...(target === undefined ? {} : { target: target.slice(0, 200) }),
    status,
    outcome: outcomeOf(status),
    requestId,
  };
}
