import type { Item, Json, JsonObject } from '../../core/data/item.ts';
import { parseRunId } from '../../durable-objects/runner/protocol.ts';
import type { Visit } from '../../durable-objects/runner/protocol.ts';
import { isTenantId, runnerOf } from '../../durable-objects/stubs.ts';
import type { Env } from '../env.ts';
import { parseJson } from '../kit/body.ts';
import { common } from '../kit/problem.ts';
import { valueOf } from '../kit/refusal.ts';
import { failureResponse, newRequestId, SECURITY_HEADERS } from '../kit/response.ts';
import { routesOf } from '../kit/route-table.ts';
import { queryOf } from '../kit/validate.ts';
import { pageFailure } from '../pages/failure.ts';
import { readerOf } from '../pages/reader.ts';
import { type RunVisit, serveRunPage } from '../pages/run-page.ts';
import { addressIn } from './address.ts';
import { mayLookUp } from './probe-limit.ts';
import { payloadOf } from './payload.ts';
import { admit, masked } from './proof.ts';
import type { Pass } from './proof.ts';
import { replyResponse } from './reply.ts';
import { filePlace } from './files.ts';

/** `/waiting/{tenant}/{run}/{token}`: continues a run that waits for a webhook, a form or an approval. */
export async function serveWaiting(request: Request, env: Env): Promise<Response> {
  const requestId = newRequestId();
  const reader = readerOf(request, requestId);
  const headers = { ...SECURITY_HEADERS, 'cache-control': 'no-store', 'x-request-id': requestId };
  try {
    const address = addressIn(request.url, '/waiting/');
    const [run, token, ...rest] = address?.path.split('/') ?? [];
    const place = run === undefined ? undefined : parseRunId(run);
    if (!address || !isTenantId(address.tenant) || !run || !token || !place || rest.length > 1) throw gone();
    // Mail scanners and previews send HEAD: looking must not decide.
    if (request.method === 'HEAD' || request.method === 'OPTIONS') return new Response(null, { status: 204, headers });
    if (!mayLookUp(address.tenant)) throw common('rate-limited', { headers: { 'retry-after': '1' } });
    const { shards } = await routesOf(env, address.tenant);
    if (place.shard >= shards) throw gone();
    const { tenant, query: search } = address;
    const runner = runnerOf(env, tenant, place.shard);
    const files = filePlace(env, tenant);
    const shown = valueOf(await runner.visit(run, token, MAX_LOOK_MS));
    const proof = 'proof' in shown ? shown.proof : undefined;
    const pass = proof && (await admit(request.headers, proof, { env, tenant }));
    if (shown.kind !== 'call') {
      return await servePage(request, shown, {
        app: env.PUBLIC_URL ?? '',
        runner,
        run,
        token,
        query: search,
        place: files,
        reader,
      });
    }
    const { item, query } = await itemOf(request, { query: search, env, tenant, pass });
    const detail = { method: request.method, query, ...(rest[0] === undefined ? {} : { suffix: rest[0] }) };
    const at = shown.step === undefined ? {} : { step: shown.step };
    const reply = valueOf(await runner.resume(run, { token, items: [item], detail, ...at }));
    if (reply) return await replyResponse(reply, requestId, { place: files, cors: '*' });
    return Response.json({ resumed: true, run }, { headers });
  } catch (error) {
    // Somebody who follows a link gets words, a program a problem.
    const isPerson = request.headers.get('accept')?.includes('text/html') === true;
    return isPerson ? pageFailure(error, reader) : failureResponse(error, requestId);
  }
}

/** How long a visitor waits for the next page before being shown that the run is at work. */
const MAX_LOOK_MS = 4_000;

async function servePage(request: Request, shown: Visit, visit: RunVisit): Promise<Response> {
  try {
    return await serveRunPage(request, shown, visit);
  } catch (error) {
    return pageFailure(error, visit.reader);
  }
}

const gone = () =>
  common('not-found', { detail: 'No run waits at this address.', hint: 'Use the whole address as it was sent.' });

async function itemOf(
  request: Request,
  where: { query: string; env: Env; tenant: string; pass: Pass | undefined },
): Promise<{ item: Item; query: JsonObject }> {
  const type = request.headers.get('content-type') ?? '';
  const payload = await payloadOf(request, type, filePlace(where.env, where.tenant));
  const query = queryOf(where.query);
  const body = payload.fields ?? bodyOf(payload.text, type);
  const { pass } = where;
  const headers = Object.fromEntries(pass ? masked(request.headers, pass.header) : request.headers);
  const claims = pass?.jwtPayload ? { jwtPayload: pass.jwtPayload } : {};
  const json: JsonObject = { headers, params: {}, query, body, ...claims };
  // SAFETY: files.ts makes these, and they are BinaryRefs.
  const item = (payload.files ? { json, binary: payload.files } : { json }) as unknown as Item;
  return { item, query };
}

function bodyOf(text: string | undefined, type: string): Json {
  if (text === undefined || text === '') return {};
  if (/\bjson\b/i.test(type)) return parseJson(text, 'last-wins') as Json;
  if (/^application\/x-www-form-urlencoded\b/i.test(type)) return queryOf(text);
  return text;
}
