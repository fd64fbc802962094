import type { Env } from '../env.ts';
import { common } from '../kit/problem.ts';
import { failureResponse, newRequestId, SECURITY_HEADERS } from '../kit/response.ts';
import { d1Erasures } from './erasures.ts';

/** `GET /erasures/{receipt}`: the certificate, for who has its address: there is no key any more that could ask. */
export async function serveReceipt(request: Request, env: Env): Promise<Response> {
  const requestId = newRequestId();
  const headers = { ...SECURITY_HEADERS, 'cache-control': 'no-store', 'x-request-id': requestId };
  try {
    if (request.method !== 'GET') throw common('method-not-allowed', { headers: { allow: 'GET' } });
    const receipt = /^\/erasures\/([0-9a-f]{32})$/.exec(new URL(request.url).pathname)?.[1];
    const erasure = receipt === undefined ? null : await d1Erasures(env.DB).byReceipt(receipt);
    if (!erasure) throw common('not-found', { hint: 'DELETE /v1/organization gave the whole address.' });
    if (erasure.certificate !== null) {
      return new Response(erasure.certificate, { headers: { ...headers, 'content-type': 'application/json' } });
    }
    return Response.json({ state: 'pending', deleteAt: erasure.dueAt }, { status: 202, headers });
  } catch (error) {
    return failureResponse(error, requestId);
  }
}
