import { sha256Hex } from '../kit/digest.ts';
import type { Arrival } from './arrival.ts';
import { giveTo, heldBy, localPath } from './browser.ts';
import { randomText } from '../kit/random-text.ts';
import { SignInError } from './failure.ts';
import { keepFlow, takeFlow } from './flows.ts';
import type { Flow } from './flows.ts';
import { authorizationUrl, completeSignIn } from './oidc/flow.ts';
import type { OidcLogin } from './oidc/flow.ts';
import { oidcClient } from './provider.ts';

export const STALE =
  'This sign-in is unknown, was used already, took more than ten minutes, or was begun in another browser. Begin it again.';

interface Facts {
  nonce: string;
  verifier: string;
}

/** Where the browser goes, and what it is given to hold. */
export async function beginOidc({
  request,
  env,
  tenant,
  row,
  origin,
  isSecure,
}: Arrival): Promise<{ url: string; cookie: string }> {
  const { searchParams } = new URL(request.url);
  const { held, cookie } = giveTo(request, isSecure);
  const facts: Facts = { nonce: randomText(32), verifier: randomText(48) };
  const state = await keepFlow(env.DB, tenant, {
    connection: row.id,
    facts: JSON.stringify(facts),
    returnTo: localPath(searchParams.get('returnTo')),
    browser: await sha256Hex(held),
  });
  const client = await oidcClient(env, { tenant, row, origin });
  const hint = searchParams.get('hint') ?? undefined;
  return { url: await authorizationUrl(client, { state, ...facts }, hint?.slice(0, 320)), cookie };
}

/** Who came back. @throws SignInError, OidcError. */
export async function endOidc({
  request,
  env,
  tenant,
  row,
  origin,
  isSecure,
}: Arrival): Promise<{ login: OidcLogin; flow: Flow }> {
  const { searchParams } = new URL(request.url);
  // Given twice, nobody knows which of them counts.
  for (const name of searchParams.keys()) {
    if (searchParams.getAll(name).length > 1) throw new SignInError(400, 'flow-unknown', STALE);
  }
  const held = heldBy(request, isSecure);
  const browser = held === undefined ? undefined : await sha256Hex(held);
  const state = searchParams.get('state') ?? '';
  const flow =
    browser === undefined ? undefined : await takeFlow(env.DB, tenant, { state, connection: row.id, browser });
  if (!flow) throw new SignInError(400, 'flow-unknown', STALE);
  const client = await oidcClient(env, { tenant, row, origin });
  return { login: await completeSignIn(client, JSON.parse(flow.facts) as Facts, searchParams), flow };
}
