import { z } from 'zod';
import { clear, limitKey, take } from '../identity/limits.ts';
import { refuseForeign } from '../identity/origin.ts';
import { readJson } from '../kit/body.ts';
import { common } from '../kit/problem.ts';
import type { Fault } from '../kit/problem.ts';
import { refuseFaults, validate } from '../kit/validate.ts';
import { tooMany } from './arrival.ts';
import type { Arrival } from './arrival.ts';
import type { Vouched } from './join.ts';
import { ldapSignIn } from './ldap/sign-in.ts';
import { ldapDirectory } from './provider.ts';
import type { LdapSettings } from '../../core/sso/ldap.ts';

const PER_NAME = { count: 10, windowMs: 15 * 60_000 };

const Input = z.strictObject({ username: z.string().min(1).max(256), password: z.string().min(1).max(1_024) });

/** Signs in with a name and password of the directory. @throws LdapError, Problem. */
export async function signInByLdap({ request, env, tenant, row }: Arrival): Promise<Vouched> {
  if (request.headers.has('origin') || request.headers.has('sec-fetch-site') || request.headers.has('cookie')) {
    refuseForeign(request, env);
  }
  // A form of another site could send anything but this.
  if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) {
    throw common('media-type-unsupported', { hint: 'Send application/json.' });
  }
  const faults: Fault[] = [];
  const input = (await validate(Input, (await readJson(request, 'refused')) ?? {}, 'body', faults)) as z.output<
    typeof Input
  >;
  refuseFaults(faults);
  const key = await limitKey('sso name', tenant, row.id, input.username.trim().toLowerCase());
  const waitMs = await take(env.DB, key, PER_NAME);
  if (waitMs > 0) throw tooMany(waitMs);
  const login = await ldapSignIn(await ldapDirectory(env, tenant, row), input);
  await clear(env.DB, [key]);
  const { host, baseDn } = JSON.parse(row.settings) as LdapSettings;
  return { issuer: `ldap://${host}/${baseDn}`, ...login };
}
