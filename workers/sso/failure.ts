import { common, Problem } from '../kit/problem.ts';
import { VaultError } from '../vault/envelope.ts';
import { NotLetIn } from './join.ts';
import { LdapError } from './ldap/error.ts';
import { OidcError } from './oidc/error.ts';
import { SamlRefusal } from './saml-client.ts';

/** A sign-in that ends here, for a reason of ours. */
export class SignInError extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'SignInError';
    this.status = status;
    this.code = code;
  }
}

export interface Said {
  status: number;
  code: string;
  /** For the person: general where details would help an attacker. */
  text: string;
}

const ADMINISTRATOR = 'Ask the administrator of your organisation: its audit log says more.';

/** What the person is told and what the audit log keeps; undefined: a bug. */
export function saidOf(error: unknown): Said | undefined {
  if (error instanceof SignInError) return { status: error.status, code: error.code, text: error.message };
  if (error instanceof NotLetIn) return { status: 403, code: error.code, text: error.message };
  if (error instanceof LdapError) {
    return error.code === 'ldap-refused'
      ? { status: 401, code: error.code, text: 'The name or the password is not right.' }
      : { status: 502, code: error.code, text: `The directory cannot be asked right now. ${ADMINISTRATOR}` };
  }
  if (error instanceof OidcError || error instanceof SamlRefusal) {
    return { status: 403, code: error.code, text: `Your identity provider’s answer was not taken. ${ADMINISTRATOR}` };
  }
  if (error instanceof VaultError) {
    return { status: 503, code: error.code, text: `Signing in is not possible right now. ${ADMINISTRATOR}` };
  }
  if (error instanceof Problem) {
    return { status: error.status, code: error.code, text: error.more.detail ?? error.title };
  }
  return undefined;
}

/** The same as a problem, for programs. */
export function problemOf({ status, code, text }: Said): Problem {
  if (status === 404) return common('not-found', { detail: text });
  return new Problem(`sso-${code}`, { status, title: 'Signing in was refused' }, { detail: text, hint: ADMINISTRATOR });
}
