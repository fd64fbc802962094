import { EgressError } from '../../egress/error.ts';
import { egressFetch } from '../../egress/fetch.ts';
import { base64, checkPlace, maskOf, textValue } from '../../credentials.ts';
import type { ExecutorPorts, PerformRequest } from '../../ports.ts';
import type { OpenCredential } from '../../../vault/resolver.ts';

const TOKEN_TIMEOUT_MS = 30_000;
const MAX_TOKEN_BYTES = 256 * 1024;

const formEncode = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1);

/**
 * A token for one effect: the one the credential holds, or one asked for by client credentials (RFC 6749 §4.4).
 * @throws EgressError `credential-unfinished`, `token-refused`.
 */
export async function accessToken(
  credential: OpenCredential,
  request: PerformRequest,
  ports: ExecutorPorts,
): Promise<string> {
  const held = textValue(credential, 'accessToken');
  if (held !== '') return held;
  const grant = textValue(credential, 'grantType');
  const name = JSON.stringify(credential.name);
  if (grant !== 'clientCredentials') {
    const message = `The credential ${name} has no access token: sign-in (${grant}) is not available yet; enter accessToken, or use client credentials`;
    throw new EgressError('credential-unfinished', message, false);
  }
  const url = textValue(credential, 'accessTokenUrl');
  const place = URL.canParse(url) ? new URL(url) : undefined;
  if (!place) throw new EgressError('credential-unfinished', `The credential ${name} has no access token URL`, false);
  checkPlace(credential, {
    host: place.hostname,
    port: Number(place.port) || (place.protocol === 'https:' ? 443 : 80),
  });
  const [id, secret] = [textValue(credential, 'clientId'), textValue(credential, 'clientSecret')];
  const scope = textValue(credential, 'scope');
  const form = new URLSearchParams({ grant_type: 'client_credentials', ...(scope === '' ? {} : { scope }) });
  const headers: [string, string][] = [
    ['content-type', 'application/x-www-form-urlencoded'],
    ['accept', 'application/json'],
  ];
  if (textValue(credential, 'authentication') === 'body') {
    form.set('client_id', id);
    form.set('client_secret', secret);
  } else headers.push(['authorization', `Basic ${base64(`${formEncode(id)}:${formEncode(secret)}`)}`]);
  const bytes = new TextEncoder().encode(form.toString());
  const response = await egressFetch(
    { url, method: 'POST', headers, body: { make: () => Promise.resolve(bytes), bytes: bytes.byteLength } },
    request.policy,
    { timeoutMs: TOKEN_TIMEOUT_MS, maxBytes: MAX_TOKEN_BYTES, redirect: { follow: false, max: 0 } },
    ports.egress,
  );
  const text = new TextDecoder().decode(response.body);
  const token = tokenIn(text);
  if (response.status < 400 && token !== undefined) return token;
  const excerpt = maskOf(credential.secrets)(text).slice(0, 200);
  const message = `The token server of ${name} answered ${response.status} without a token: ${excerpt}`;
  throw new EgressError('token-refused', message, response.status >= 500);
}

function tokenIn(text: string): string | undefined {
  try {
    const { access_token: token } = JSON.parse(text) as { access_token?: unknown };
    return typeof token === 'string' && token !== '' ? token : undefined;
  } catch {
    return undefined;
  }
}
