import { createHash } from 'node:crypto';
import { EgressError } from '../../egress/error.ts';

/** Client side of RFC 7616: MD5 and SHA-256, their `-sess` forms, `qop=auth` or none. */
const ALGORITHMS: Readonly<Record<string, 'md5' | 'sha256'>> = { md5: 'md5', 'sha-256': 'sha256' };

interface Challenge {
  realm: string;
  nonce: string;
  opaque?: string;
  algorithm?: string;
  qop?: string;
}

/** The first digest challenge of a `WWW-Authenticate` header that we can answer. */
export function readChallenge(header: string | null): Challenge | undefined {
  for (const part of (header ?? '').split(/(?:^|,\s*)Digest\s+/i).slice(1)) {
    const fields = new Map<string, string>();
    for (const [, name = '', quoted, plain] of part.matchAll(/(\w+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g)) {
      fields.set(name.toLowerCase(), quoted === undefined ? (plain ?? '') : quoted.replaceAll(/\\(.)/g, '$1'));
    }
    const algorithm = fields.get('algorithm');
    const nonce = fields.get('nonce');
    if (nonce === undefined || (algorithm !== undefined && !hashName(algorithm))) continue;
    const [opaque, qop] = [fields.get('opaque'), fields.get('qop')];
    return {
      realm: fields.get('realm') ?? '',
      nonce,
      ...(opaque === undefined ? {} : { opaque }),
      ...(algorithm === undefined ? {} : { algorithm }),
      ...(qop === undefined ? {} : { qop }),
    };
  }
  return undefined;
}

const hashName = (algorithm: string): 'md5' | 'sha256' | undefined => {
  const name = algorithm.toLowerCase().replace(/-sess$/, '');
  return Object.hasOwn(ALGORITHMS, name) ? ALGORITHMS[name] : undefined;
};

const quote = (text: string): string => `"${text.replaceAll(/["\\]/g, (char) => `\\${char}`)}"`;

/** The value of the `Authorization` header that answers a challenge. */
export function answerChallenge(
  challenge: Challenge,
  call: { method: string; url: string; user: string; password: string; cnonce: string },
): string {
  const algorithm = challenge.algorithm ?? 'MD5';
  const name = hashName(algorithm) ?? 'md5';
  const hash = (text: string): string => createHash(name).update(text).digest('hex');
  const { pathname, search } = new URL(call.url);
  const uri = `${pathname}${search}`;
  const offered = challenge.qop?.split(',').map((each) => each.trim());
  if (offered && !offered.includes('auth')) {
    throw new EgressError(
      'auth-unsupported',
      `The server wants digest authentication with qop ${challenge.qop}`,
      false,
    );
  }
  const first = hash(`${call.user}:${challenge.realm}:${call.password}`);
  const a1 = /-sess$/i.test(algorithm) ? hash(`${first}:${challenge.nonce}:${call.cnonce}`) : first;
  const a2 = hash(`${call.method}:${uri}`);
  const count = '00000001';
  const response = offered
    ? hash(`${a1}:${challenge.nonce}:${count}:${call.cnonce}:auth:${a2}`)
    : hash(`${a1}:${challenge.nonce}:${a2}`);
  return [
    `Digest username=${quote(call.user)}`,
    `realm=${quote(challenge.realm)}`,
    `nonce=${quote(challenge.nonce)}`,
    `uri=${quote(uri)}`,
    ...(challenge.algorithm === undefined ? [] : [`algorithm=${challenge.algorithm}`]),
    `response="${response}"`,
    ...(challenge.opaque === undefined ? [] : [`opaque=${quote(challenge.opaque)}`]),
    ...(offered ? ['qop=auth', `nc=${count}`, `cnonce="${call.cnonce}"`] : []),
  ].join(', ');
}
