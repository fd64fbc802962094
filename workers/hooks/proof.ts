import type { JsonObject } from '../../core/data/item.ts';
import { HOOK_CREDENTIALS } from '../../core/nodes/webhook/route.ts';
import type { HookProof } from '../../core/nodes/webhook/route.ts';
import { type ObjectBindings, tenantOf } from '../../durable-objects/stubs.ts';
import { EgressError } from '../executor/egress/error.ts';
import { networkPorts } from '../executor/egress/network.ts';
import { withExternal } from '../executor/external/fetch.ts';
import type { NetworkLike } from '../executor/ports.ts';
import { BoundedCache } from '../kit/bounded-cache.ts';
import { sha256Hex } from '../kit/digest.ts';
import { problemsOf } from '../kit/problem.ts';
import {
  CredentialError,
  type CredentialWish,
  type OpenCredential,
  type VaultEnv,
  VaultError,
  vaultResolver,
} from '../vault/resolver.ts';
import { type CheckToken, tokenChecker } from './token.ts';

const problem = problemsOf({
  'hook-proof-missing': { status: 401, title: 'This webhook wants authentication' },
  'hook-proof-wrong': { status: 403, title: 'The authentication is wrong' },
  'hook-guard-broken': { status: 503, title: 'The credential of this webhook cannot be used' },
});

type DoorEnv = VaultEnv & ObjectBindings;

/** What an admitted caller brought: the header its proof stood in, and what a token says. */
export interface Pass {
  header: string;
  jwtPayload?: JsonObject;
}

/** What checks proofs. It can recognise a secret and cannot tell it. */
type Checker = { by: 'header'; header: string; hash: string; challenge?: string } | { by: 'token'; check: CheckToken };

/** As long as a revoked API key lives. */
const KEEP_MS = 30_000;
const MAX_CHECKERS = 2_000;

// Per isolate: asking the database at each call would cost more than the call.
const checkers = new BoundedCache<Checker>(MAX_CHECKERS);

/** @throws Problem `hook-proof-missing`, `hook-proof-wrong`, `hook-guard-broken`. */
export async function admit(
  headers: Headers,
  proof: HookProof,
  where: { env: DoorEnv; tenant: string },
): Promise<Pass> {
  const checker = await checkerOf(proof, where);
  if (checker.by === 'token') {
    const [, token] = /^Bearer\s+(\S+)\s*$/i.exec(headers.get('authorization') ?? '') ?? [];
    if (token === undefined) throw missing('Send a token: Authorization: Bearer …', 'Bearer');
    const jwtPayload = await checker.check(token);
    if (!jwtPayload) throw problem('hook-proof-wrong', { hint: 'The token is expired, or signed with another key.' });
    return { header: 'authorization', jwtPayload };
  }
  const given = headers.get(checker.header);
  if (given === null) throw missing(`Send the header ${checker.header}.`, checker.challenge);
  // Digests of one length: the time of comparing tells nothing of either text.
  if (!sameText(await sha256Hex(proofOf(given, checker)), checker.hash)) throw problem('hook-proof-wrong');
  return { header: checker.header };
}

/** `Basic` is a word of no case; what follows is compared as it stands. */
const proofOf = (given: string, { challenge }: { challenge?: string }): string =>
  challenge === undefined ? given : given.replace(/^basic\s+/i, 'Basic ');

function sameText(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let at = 0; at < a.length; at++) difference |= a.charCodeAt(at) ^ b.charCodeAt(at);
  return difference === 0;
}

const missing = (hint: string, challenge: string | undefined) =>
  problem('hook-proof-missing', {
    hint,
    ...(challenge === undefined ? {} : { headers: { 'www-authenticate': challenge } }),
  });

/** Headers as the workflow sees them: without the proof. */
export function masked(headers: Headers, name: string): [string, string][] {
  const hidden = name.toLowerCase();
  return [...headers].map(([header, value]) => [header, header === hidden ? '[secret]' : value]);
}

async function checkerOf(proof: HookProof, { env, tenant }: { env: DoorEnv; tenant: string }): Promise<Checker> {
  const nowMs = Date.now();
  const key = JSON.stringify([tenant, proof.by, proof.ref, proof.environment, proof.workflow]);
  const known = checkers.get(key, nowMs);
  if (known) return known;
  const checker = await makeChecker(proof, env, tenant).catch((error: unknown) => {
    if (!(error instanceof CredentialError || error instanceof VaultError || error instanceof EgressError)) throw error;
    throw problem('hook-guard-broken', { hint: 'The owner of the workflow must choose its credential again.' });
  });
  checkers.set(key, checker, nowMs + KEEP_MS);
  return checker;
}

/** A secret in another store is fetched under the tenant's egress rules, as for a step. */
async function opened(wish: CredentialWish, env: DoorEnv, tenant: string): Promise<OpenCredential> {
  const credentials = vaultResolver(env);
  const credential = await credentials.resolve(tenant, wish);
  if (Object.keys(credential.refs).length === 0) return credential;
  const profile = await tenantOf(env, tenant).profile();
  const policy = profile.ok ? profile.value.egress : { allow: [], deny: ['*'] };
  // SAFETY: Fetcher's connect is what NetworkLike says; the platforms' types disagree on streams.
  const egress = networkPorts(env as unknown as { EGRESS_PUBLIC?: NetworkLike; EGRESS_LISTED?: NetworkLike });
  return withExternal(credential, { tenant, policy }, { credentials, egress, now: () => Date.now() });
}

async function makeChecker(proof: HookProof, env: DoorEnv, tenant: string): Promise<Checker> {
  const { by, ref, environment, workflow } = proof;
  const wish = { type: HOOK_CREDENTIALS[by], ref, workflow, ...(environment === undefined ? {} : { environment }) };
  const credential = await opened(wish, env, tenant);
  if (proof.by === 'jwtAuth') return { by: 'token', check: await tokenChecker(credential) };
  if (proof.by === 'headerAuth') {
    const header = text(credential, 'name').trim().toLowerCase();
    if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(header)) throw new CredentialError('Not the name of a header');
    return { by: 'header', header, hash: await sha256Hex(text(credential, 'value')) };
  }
  const bytes = new TextEncoder().encode(`${text(credential, 'user')}:${text(credential, 'password')}`);
  const pair = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  const challenge = 'Basic realm="Webhook"';
  return { by: 'header', header: 'authorization', hash: await sha256Hex(`Basic ${pair}`), challenge };
}

const text = (credential: OpenCredential, name: string): string => String(credential.values.get(name) ?? '');
