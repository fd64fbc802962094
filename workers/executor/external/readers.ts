import { AwsV4Signer } from 'aws4fetch';
import { importPKCS8, SignJWT } from 'jose';
import { fromBase64 } from '../../../core/data/base64.ts';
import type { StoreType } from '../../../core/credentials/external.ts';
import type { Store } from './ask.ts';

/** What a store said: `text` holds the secret where `status` is 200 and the shape is right. */
export interface Said {
  status: number;
  text: string;
  secret?: string;
}

type Reader = (secret: string, store: Store) => Promise<Said>;

const withoutSlash = (url: string): string => url.replace(/\/+$/, '');
/** A path keeps its slashes and nothing else that has a meaning in one. */
const path = (text: string): string =>
  text
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .map(encodeURIComponent)
    .join('/');

function json(text: string): Map<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
  } catch {
    return new Map();
  }
}

const inner = (fields: Map<string, unknown>, name: string): Map<string, unknown> => {
  const value = fields.get(name);
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
};

const given = (said: { status: number; text: string }, secret: unknown): Said =>
  said.status === 200 && typeof secret === 'string' ? { ...said, secret } : said;

/** KV version 2: the secret is an object, so its reference names a field. */
const hashicorpVault: Reader = async (secret, store) => {
  const headers: [string, string][] = [['x-vault-token', store.value('token')]];
  const namespace = store.value('namespace');
  if (namespace !== '') headers.push(['x-vault-namespace', namespace]);
  const url = `${withoutSlash(store.value('url'))}/v1/${path(store.value('mount') || 'secret')}/data/${path(secret)}`;
  const said = await store.ask({ method: 'GET', url, headers });
  const data = inner(inner(json(said.text), 'data'), 'data');
  return given(said, data.size > 0 ? JSON.stringify(Object.fromEntries(data)) : undefined);
};

const awsSecretsManager: Reader = async (secret, store) => {
  const region = store.value('region').replaceAll(/[^\w-]/g, '');
  const url = `${withoutSlash(store.value('endpoint') || `https://secretsmanager.${region}.amazonaws.com`)}/`;
  const body = JSON.stringify({ SecretId: secret });
  const sessionToken = store.value('sessionToken');
  const signed = await new AwsV4Signer({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'secretsmanager.GetSecretValue' },
    body,
    accessKeyId: store.value('accessKeyId'),
    secretAccessKey: store.value('secretAccessKey'),
    ...(sessionToken === '' ? {} : { sessionToken }),
    service: 'secretsmanager',
    region,
    datetime: new Date(store.nowMs).toISOString().replaceAll(/[:-]|\.\d{3}/g, ''),
  }).sign();
  const said = await store.ask({ method: 'POST', url, headers: [...signed.headers], body });
  const missing = said.status === 400 && /ResourceNotFoundException/.test(said.text);
  return given(missing ? { ...said, status: 404 } : said, json(said.text).get('SecretString'));
};

const gcpSecretManager: Reader = async (secret, store) => {
  const account = json(store.value('serviceAccount'));
  const text = (name: string): string => String(account.get(name) ?? '');
  const tokenUrl = store.value('tokenUrl');
  const seconds = Math.floor(store.nowMs / 1_000);
  const assertion = await new SignJWT({ scope: 'https://www.googleapis.com/auth/cloud-platform' })
    .setProtectedHeader({ alg: 'RS256', kid: text('private_key_id') })
    .setIssuer(text('client_email'))
    .setAudience(tokenUrl)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + 300)
    .sign(await importPKCS8(text('private_key'), 'RS256'));
  const grant = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
  const token = await bearer(store, tokenUrl, { grant_type: grant, assertion });
  if ('status' in token) return token;
  const project = encodeURIComponent(store.value('project') || text('project_id'));
  const url = `${withoutSlash(store.value('endpoint'))}/v1/projects/${project}/secrets/${encodeURIComponent(secret)}/versions/latest:access`;
  const said = await store.ask({ method: 'GET', url, headers: [['authorization', token.header]] });
  const data = inner(json(said.text), 'payload').get('data');
  return given(said, typeof data === 'string' ? utf8(data) : undefined);
};

const azureKeyVault: Reader = async (secret, store) => {
  const login = `${withoutSlash(store.value('loginUrl'))}/${encodeURIComponent(store.value('tenantId'))}/oauth2/v2.0/token`;
  const token = await bearer(store, login, {
    grant_type: 'client_credentials',
    client_id: store.value('clientId'),
    client_secret: store.value('clientSecret'),
    scope: 'https://vault.azure.net/.default',
  });
  if ('status' in token) return token;
  const url = `${withoutSlash(store.value('vaultUrl'))}/secrets/${encodeURIComponent(secret)}?api-version=7.4`;
  const said = await store.ask({ method: 'GET', url, headers: [['authorization', token.header]] });
  return given(said, json(said.text).get('value'));
};

async function bearer(store: Store, url: string, form: Record<string, string>): Promise<{ header: string } | Said> {
  const headers: [string, string][] = [['content-type', 'application/x-www-form-urlencoded']];
  const said = await store.ask({ method: 'POST', url, headers, body: new URLSearchParams(form).toString() });
  const token = json(said.text).get('access_token');
  return said.status === 200 && typeof token === 'string' ? { header: `Bearer ${token}` } : said;
}

const utf8 = (base64: string): string | undefined => {
  try {
    return new TextDecoder().decode(fromBase64(base64));
  } catch {
    return undefined;
  }
};

export const READERS: Readonly<Record<StoreType, Reader>> = {
  hashicorpVault,
  awsSecretsManager,
  gcpSecretManager,
  azureKeyVault,
};
