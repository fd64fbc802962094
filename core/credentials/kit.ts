import type { Json } from '../data/item.ts';

/** One value of a credential, under the name n8n's files and forms give it. */
export interface CredentialField {
  name: string;
  label: string;
  /** `text` has several lines; `json` is text that must be a JSON object. */
  type: 'string' | 'number' | 'boolean' | 'options' | 'json' | 'text';
  /** Sealed at rest, decrypted only for one request, never given back. */
  secret?: true;
  required?: true;
  default?: string | number | boolean;
  options?: readonly string[];
  description?: string;
}

/** How a request shows a credential: names of headers and query parameters, with `{field}` for its values. */
export interface Signature {
  headers?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string>>;
  /** User and password fields of a Basic header. */
  basic?: readonly [string, string];
  /** What the service wants besides: sent unless the author sends that header. */
  defaults?: Readonly<Record<string, string>>;
}

/** Where one signs in to a service by OAuth2, and what it asks for. `{field}` stands for a value of the credential. */
export interface SignIn {
  authUrl: string;
  tokenUrl: string;
  /** Scopes separated by blanks, unless the credential names others. */
  scope?: string;
  /** What the authorization URL says besides, e.g. `access_type=offline`. */
  authQuery?: Readonly<Record<string, string>>;
  /** How the client proves itself at the token URL; a form field unless `header`. */
  authentication?: 'header' | 'body';
}

/** A request that shows whether a credential works. It is sent under the credential's own binding. */
export interface Probe {
  /** `{field}` stands for a value; a path after `{url}` is joined to it. */
  url: string;
  method?: 'GET' | 'POST';
  headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  body?: string;
  /** Of the answer's JSON: a field that must be true, where a service says 200 to everybody. */
  ok?: string;
}

/** A kind of credential as data: forms, validation and the REST answers derive from it. */
export interface CredentialType {
  /** n8n's name of the type, e.g. `httpBasicAuth`. */
  type: string;
  title: string;
  summary: string;
  fields: readonly CredentialField[];
  /** Absent where signing takes more than putting values in places. */
  sign?: Signature;
  /** The domains it is bound to unless others are named: a key of a service is for that service. */
  domains?: readonly string[];
  /** Its tokens come from signing in; requests then carry `Authorization: Bearer`. */
  signIn?: SignIn;
  /** How to try it out; absent: only at an address the caller names, or not at all. */
  probe?: Probe;
}

export const defineCredential = (type: CredentialType): CredentialType => type;

/** How a node's document names a credential: `{id, name}`, or in old files its name alone. */
interface CredentialName {
  id?: string;
  name?: string;
}

/** Reads a reference; anything else names nothing. */
export function credentialName(ref: Json | undefined): CredentialName {
  if (typeof ref === 'string') return ref === '' ? {} : { name: ref };
  if (typeof ref !== 'object' || ref === null || Array.isArray(ref)) return {};
  const id = Object.hasOwn(ref, 'id') ? ref['id'] : undefined;
  const name = Object.hasOwn(ref, 'name') ? ref['name'] : undefined;
  return {
    ...(typeof id === 'string' && id !== '' ? { id } : {}),
    ...(typeof name === 'string' && name !== '' ? { name } : {}),
  };
}
