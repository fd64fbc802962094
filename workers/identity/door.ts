import { readJson } from '../kit/body.ts';
import { common } from '../kit/problem.ts';
import type { Fault } from '../kit/problem.ts';
import { queryOf, refuseFaults, validate } from '../kit/validate.ts';
import type { IdentityEnv } from './env.ts';
import { clear, limitKey, takeAll } from './limits.ts';
import type { Limit } from './limits.ts';
import type { AuthPath } from './paths.ts';

/** The input of a request, exactly as the address declares it. @throws Problem with every fault. */
export async function inputOf(request: Request, at: AuthPath): Promise<Record<string, unknown>> {
  const faults: Fault[] = [];
  const url = new URL(request.url);
  if (at.method === 'GET') {
    const value = await validate(at.input, queryOf(url.search), 'query', faults);
    refuseFaults(faults);
    return value as Record<string, unknown>;
  }
  for (const name of url.searchParams.keys()) {
    faults.push({ pointer: `?${name}`, code: 'unknown-field', message: 'There is no such parameter here' });
  }
  const type = request.headers.get('content-type') ?? '';
  // A form of another site could send anything but this.
  if (!/^application\/json\b/i.test(type) && request.body !== null) {
    throw common('media-type-unsupported', { hint: 'Send application/json.' });
  }
  const value = await validate(at.input, (await readJson(request, 'refused')) ?? {}, 'body', faults);
  refuseFaults(faults);
  return value as Record<string, unknown>;
}

/** Who is calling, where that is known: Cloudflare's edge sets the header, under the launcher anybody could. */
export const callerOf = (request: Request, env: Pick<IdentityEnv, 'EGRESS_PUBLIC'>): string =>
  env.EGRESS_PUBLIC === undefined ? (request.headers.get('cf-connecting-ip') ?? '') : '';

/**
 * Counts the attempt against every limit of the address. @throws Problem `rate-limited`, before anything is looked up:
 * the answer is the same whether there is such an account.
 * @returns what a success makes forgotten.
 */
export async function countAttempt(
  request: Request,
  env: IdentityEnv,
  at: AuthPath,
  input: Record<string, unknown>,
): Promise<() => Promise<void>> {
  const caller = callerOf(request, env);
  const email = typeof input['email'] === 'string' ? input['email'] : undefined;
  const counted: [Limit | undefined, string[]][] = [
    // Where callers are not told apart one of them could use up what all may try.
    [caller === '' ? undefined : at.limits?.caller, ['caller', at.path, caller]],
    [email === undefined ? undefined : at.limits?.callerEmail, ['both', at.path, caller, email ?? '']],
    [email === undefined ? undefined : at.limits?.email, ['email', at.path, email ?? '']],
  ];
  const attempts = await Promise.all(
    counted.flatMap(([limit, parts]) => (limit ? [limitKey(...parts).then((key) => ({ key, limit }))] : [])),
  );
  const waitMs = await takeAll(env.DB, attempts);
  if (waitMs > 0) {
    const seconds = Math.ceil(waitMs / 1_000);
    throw common('rate-limited', {
      detail: `Too many attempts; the next is possible in ${seconds} seconds.`,
      hint: 'Wait, or use another way to sign in.',
      headers: { 'retry-after': String(seconds) },
    });
  }
  // What a caller did in a minute stays counted, whatever came of it.
  const forgiven = at.forgives ? attempts.filter(({ limit }) => limit !== at.limits?.caller) : [];
  return () =>
    clear(
      env.DB,
      forgiven.map(({ key }) => key),
    );
}
