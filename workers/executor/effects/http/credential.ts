import type { Signature } from '../../../../core/credentials/kit.ts';
import type { HttpCall } from '../../../../core/http/request.ts';
import type { Json, JsonObject } from '../../../../core/data/item.ts';
import { type OpenCredential, TYPES } from '../../../vault/resolver.ts';
import { base64, type Mask, maskOf, textValue } from '../../credentials.ts';
import { openCredential } from '../../open-credential.ts';
import { EgressError } from '../../egress/error.ts';
import type { ExecutorPorts, PerformRequest } from '../../ports.ts';
import { accessOf } from '../../tokens/access.ts';

/** What a credential adds to each request of an effect. */
export interface Authority {
  credential: OpenCredential;
  headers: [string, string][];
  query: [string, string][];
  body: JsonObject;
  /** Headers for where the author sends none of that name. */
  defaults: [string, string][];
  /** Answers a digest challenge instead of sending anything up front. */
  digest?: { user: string; password: string };
  /** After a 401: the same with another token. Undefined: there is no other. */
  renew?(): Promise<Authority>;
  readonly mask: Mask;
}

/** Opens each credential once an effect, however many requests use it. */
export function authorities(request: PerformRequest, ports: ExecutorPorts) {
  const opened = new Map<string, Promise<Authority>>();
  return (wish: NonNullable<HttpCall['credential']>): Promise<Authority> => {
    const key = JSON.stringify([wish.type, wish.ref]);
    let one = opened.get(key);
    if (!one) {
      one = openCredential(ports, request, wish).then((credential) => authorityOf(credential, request, ports));
      opened.set(key, one);
    }
    return one;
  };
}

async function authorityOf(
  credential: OpenCredential,
  request: PerformRequest,
  ports: ExecutorPorts,
): Promise<Authority> {
  if (needsTokens(credential)) return tokenAuthority(credential, request, ports);
  const value = (name: string): string => textValue(credential, name);
  const secrets = [...credential.secrets];
  const authority = { credential, headers: [], query: [], body: {}, defaults: [] };
  const done = (more: Partial<Authority>): Authority => ({ ...authority, mask: maskOf(secrets), ...more });
  switch (credential.type) {
    case 'httpBasicAuth': {
      const pair = base64(`${value('user')}:${value('password')}`);
      secrets.push(pair);
      return done({ headers: [['authorization', `Basic ${pair}`]] });
    }
    case 'httpBearerAuth':
      return done({ headers: [['authorization', `Bearer ${value('token')}`]] });
    case 'httpHeaderAuth':
      return done({ headers: [[value('name'), value('value')]] });
    case 'httpQueryAuth':
      return done({ query: [[value('name'), value('value')]] });
    case 'httpDigestAuth':
      return done({ digest: { user: value('user'), password: value('password') } });
    case 'httpCustomAuth': {
      const custom = customParts(credential);
      secrets.push(...custom.secrets);
      return done(custom.parts);
    }
    default: {
      const sign = TYPES.get(credential.type)?.sign;
      if (!sign) {
        const message = `Requests cannot be signed with credentials of type '${credential.type}'`;
        throw new EgressError('credential-unsupported', message, false);
      }
      const signed = signatureOf(sign, credential);
      secrets.push(...signed.secrets);
      return done(signed.parts);
    }
  }
}

const needsTokens = ({ type }: OpenCredential): boolean =>
  type === 'oAuth2Api' || TYPES.get(type)?.signIn !== undefined;

/** Signs with an access token. A service that says 401 to a fresh one gets a newer one, once. */
async function tokenAuthority(
  credential: OpenCredential,
  request: PerformRequest,
  ports: ExecutorPorts,
  stale?: string,
): Promise<Authority> {
  const access = await accessOf(credential, request, ports, stale);
  const { token } = access;
  return {
    credential: access.credential,
    headers: [['authorization', `Bearer ${token}`]],
    query: [],
    body: {},
    defaults: Object.entries(TYPES.get(credential.type)?.sign?.defaults ?? {}),
    mask: maskOf([...access.credential.secrets, ...credential.secrets, token]),
    ...(access.renewable && stale === undefined
      ? { renew: () => tokenAuthority(access.credential, request, ports, token) }
      : {}),
  };
}

/** What the type's data says to send; a place whose values are all empty is left out. */
function signatureOf(
  { headers = {}, query = {}, basic, defaults = {} }: Signature,
  credential: OpenCredential,
): { parts: Pick<Authority, 'headers' | 'query' | 'defaults'>; secrets: string[] } {
  const filled = (places: Readonly<Record<string, string>>): [string, string][] =>
    Object.entries(places).flatMap(([name, template]): [string, string][] => {
      const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, field = '']) => field);
      if (names.every((field) => textValue(credential, field) === '')) return [];
      return [[name, template.replaceAll(/\{(\w+)\}/g, (_, field: string) => textValue(credential, field))]];
    });
  const pair = basic && base64(basic.map((field) => textValue(credential, field)).join(':'));
  const authorization: [string, string][] = pair === undefined ? [] : [['authorization', `Basic ${pair}`]];
  return {
    parts: {
      headers: [...filled(headers), ...authorization],
      query: filled(query),
      defaults: Object.entries(defaults),
    },
    secrets: pair === undefined ? [] : [pair],
  };
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function customParts(credential: OpenCredential): {
  parts: Pick<Authority, 'headers' | 'query' | 'body'>;
  secrets: string[];
} {
  const parsed = JSON.parse(textValue(credential, 'json') || '{}') as JsonObject;
  const part = (name: string): JsonObject => {
    const value = Object.hasOwn(parsed, name) ? parsed[name] : undefined;
    return isObject(value) ? value : {};
  };
  const pairs = (object: JsonObject): [string, string][] =>
    Object.entries(object).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]);
  const [headers, query, body] = [pairs(part('headers')), pairs(part('qs')), part('body')];
  return {
    parts: { headers, query, body },
    // "Bearer abc" is one header value; a server may echo only the token.
    secrets: [...headers, ...query, ...pairs(body)].flatMap(([, value]) => [value, ...value.split(/\s+/)]),
  };
}

/** A request's own body with the fields of a custom credential added. */
export function withBodyFields(call: HttpCall, fields: JsonObject): HttpCall['body'] {
  if (Object.keys(fields).length === 0) return call.body;
  if (!call.body) return { kind: 'json', value: fields };
  if (call.body.kind === 'json' && isObject(call.body.value)) {
    return { kind: 'json', value: { ...call.body.value, ...fields } };
  }
  const texts = Object.entries(fields).map(([name, value]): [string, string] => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  if (call.body.kind === 'form') return { kind: 'form', fields: [...call.body.fields, ...texts] };
  if (call.body.kind === 'multipart') {
    return { kind: 'multipart', parts: [...call.body.parts, ...texts.map(([name, value]) => ({ name, value }))] };
  }
  throw new EgressError(
    'credential-unsupported',
    'This credential adds fields to the body, and the body has none: send JSON or a form',
    false,
  );
}
