import type { CredentialType } from '../../../core/credentials/kit.ts';
import { authorizeUrl, signInPlan, unreadyFor } from '../../../core/credentials/sign-in.ts';
import type { CredentialValue } from '../../../core/credentials/values.ts';
import { withDefaults } from '../../../core/credentials/values.ts';
import type { PendingSignIn } from '../../../durable-objects/sign-in/protocol.ts';
import { toBase64Url } from '../../../core/data/base64.ts';
import { sha256Hex } from '../../kit/digest.ts';
import { problemsOf } from '../../kit/problem.ts';
import { CALLBACK_PATH, SIGN_IN_MS } from '../../sign-in/browser.ts';
import type { CredentialRow } from '../../vault/store.ts';
import { errors } from './contract.ts';

const problem = problemsOf(errors);

export interface ConnectPorts {
  tenant: string;
  origin: string;
  actor: { kind: string; id: string };
  types: ReadonlyMap<string, CredentialType>;
  begin(credential: string, pending: PendingSignIn): Promise<void>;
  now(): number;
}

/** 256 random bits as 43 characters for URLs. */
const random = (): string => toBase64Url(crypto.getRandomValues(new Uint8Array(32)));

const challengeOf = async (verifier: string): Promise<string> =>
  toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));

/** Plan of a credential as far as its values in the open say; its secrets stay closed. */
export function openPlan(type: CredentialType | undefined, row: Pick<CredentialRow, 'fields'>) {
  if (!type) return undefined;
  const kept = new Map(Object.entries(JSON.parse(row.fields) as Record<string, CredentialValue>));
  return signInPlan(type, withDefaults(type, kept));
}

export interface Begun {
  url: string;
  expiresAt: number;
  /** For the browser that asked; undefined: any may bring the answer. */
  cookie: string | undefined;
}

/** Begins a sign-in: where to send the person, and what their browser must bring back (OAU2). */
export async function beginSignIn(
  row: CredentialRow,
  browser: 'this' | 'any',
  { tenant, origin, actor, types, begin, now }: ConnectPorts,
): Promise<Begun> {
  const plan = openPlan(types.get(row.type), row);
  if (plan?.grant !== 'authorizationCode' || 'accessToken' in JSON.parse(row.secrets)) {
    throw problem('sign-in-unsupported', {
      detail: `A credential of type ${row.type} that is set up like this gets no tokens by signing in.`,
      hint: 'GET /v1/credential-types says which types sign in; of oAuth2Api, those with the grant authorizationCode.',
    });
  }
  const unready = unreadyFor(plan);
  if (unready !== undefined) {
    throw problem('sign-in-unready', { detail: `${unready}.`, hint: 'Change the credential, then begin again.' });
  }
  const [verifier, cookie] = [random(), browser === 'this' ? random() : undefined];
  const state = `${tenant}.${row.id}.${random()}`;
  const redirectUri = `${origin}${CALLBACK_PATH}`;
  const expiresAt = now() + SIGN_IN_MS;
  await begin(row.id, {
    state: await sha256Hex(state),
    browser: cookie === undefined ? null : await sha256Hex(cookie),
    verifier,
    redirectUri,
    actor,
    expiresAt,
  });
  return { url: authorizeUrl(plan, { redirectUri, state, challenge: await challengeOf(verifier) }), expiresAt, cookie };
}
