import { mayGoTo } from '../../../core/credentials/domains.ts';
import { type GrantForm, type SignInPlan, tokenRequest } from '../../../core/credentials/sign-in.ts';
import { readTokens, type TokenAnswer, type Tokens } from '../../../core/credentials/tokens.ts';
import { base64, maskOf } from '../credentials.ts';
import { EgressError } from '../egress/error.ts';
import { egressFetch, type EgressPorts } from '../egress/fetch.ts';
import type { EgressPolicy } from '../egress/policy.ts';

const TIMEOUT_MS = 30_000;
const MAX_BYTES = 256 * 1024;

interface TokenWish {
  plan: SignInPlan;
  form: GrantForm;
  /** Of the credential, for messages. */
  name: string;
  domains: readonly string[];
  before?: Tokens | undefined;
}

/** What a token endpoint said. `excerpt` holds none of the secrets that were sent. */
type TokenReply = TokenAnswer & { status: number; excerpt: string };

/**
 * Asks the token URL. Redirects are not followed: the secret is for that address.
 * @throws EgressError `credential-unfinished`, `credential-refused`, and the codes of egress.
 */
export async function askForTokens(
  { plan, form, name, domains, before }: TokenWish,
  { egress, policy, nowMs }: { egress: EgressPorts; policy: EgressPolicy; nowMs: number },
): Promise<TokenReply> {
  if (!URL.canParse(plan.tokenUrl)) {
    throw new EgressError(
      'credential-unfinished',
      `The credential ${JSON.stringify(name)} has no access token URL`,
      false,
    );
  }
  const { hostname, port, protocol } = new URL(plan.tokenUrl);
  const place = { host: hostname, port: Number(port) || (protocol === 'https:' ? 443 : 80) };
  if (!plan.isTokenUrlOfType && !mayGoTo(domains, place)) {
    const message = `The credential ${JSON.stringify(name)} may not be sent to ${place.host}:${place.port}; its domains are ${domains.join(', ')}`;
    throw new EgressError('credential-refused', message, false);
  }
  const { headers, body } = tokenRequest(plan, form, base64);
  const bytes = new TextEncoder().encode(body);
  const response = await egressFetch(
    {
      url: plan.tokenUrl,
      method: 'POST',
      headers,
      body: { make: () => Promise.resolve(bytes), bytes: bytes.byteLength },
    },
    policy,
    { timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES, redirect: { follow: false, max: 0 } },
    egress,
  );
  const text = new TextDecoder().decode(response.body);
  const sent = [plan.clientSecret, before?.refresh ?? '', before?.access ?? '', ...Object.values(form)];
  return {
    ...readTokens({ status: response.status, body: text }, nowMs, before),
    status: response.status,
    excerpt: maskOf(sent)(text).slice(0, 200),
  };
}

/** Why no tokens came, for the owner of the credential. */
export const tokensRefused = (name: string, { status, excerpt }: TokenReply): EgressError =>
  new EgressError(
    'token-refused',
    `The token server of ${JSON.stringify(name)} answered ${status} without a token: ${excerpt}`,
    status >= 500 || status === 429,
  );
