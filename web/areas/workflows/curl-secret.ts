import type { JsonObject } from '../../../core/data/item.ts';
import type { Workflow } from '../../../core/graph/document.ts';

/** What a credential can hold of a command. */
export interface CurlSecret {
  /** Id and name of the step that sends it. */
  node: { id: string; name: string };
  type: 'httpBearerAuth' | 'httpBasicAuth' | 'httpHeaderAuth';
  values: Record<string, string>;
  /** Where the command sends it, as a credential is bound: `api.example.com:8443`. */
  domain: string;
  /** The command has no secret but a word in its place: `$TOKEN`, `<token>`, `YOUR_KEY`. */
  isLeftOut: boolean;
}

interface Header {
  name: string;
  value: string;
}

const isAuthorization = ({ name }: Header): boolean => /^authorization$/i.test(name);
const isKey = ({ name }: Header): boolean =>
  /(api|access|auth|private|secret)[-_]?(key|token)|^token$|secret/i.test(name);
const STAND_IN = /^(\$\{?\w+\}?|\$\(.*\)|<.*>|\{.*\}|\[.*\]|x{3,}|\*{3,}|\.{3}|…)$|\byour[ _-]/i;

/**
 * A request without the header that is a secret, told to send a credential in its place: what stands in a workflow can
 * be read by whoever may see it. Of several such headers the first, `Authorization` before all; others stay.
 * @returns undefined when there is none.
 */
export function takeSecret(made: Workflow): { document: Workflow; secret: CurlSecret } | undefined {
  for (const node of made.nodes) {
    // SAFETY: as `curlWorkflow` writes them
    const headers = ((node.parameters['headerParameters'] as JsonObject | undefined)?.['parameters'] ??
      []) as never as Header[];
    const found = headers.find(isAuthorization) ?? headers.find(isKey);
    const domain = domainOf(String(node.parameters['url']));
    // one that begins with `=` stands as an expression: no service gives such
    if (!found || domain === undefined || found.value === '' || found.value.startsWith('=')) continue;
    const { type, values, secret } = read(found);
    const left = headers.filter((each) => each !== found);
    const { sendHeaders: _send, headerParameters: _headers, ...parameters } = node.parameters;
    const bare = {
      ...node,
      parameters: {
        ...parameters,
        authentication: 'genericCredentialType',
        genericAuthType: type,
        ...(left.length > 0 ? { sendHeaders: true, headerParameters: { parameters: left as never } } : {}),
      },
    };
    return {
      document: { ...made, nodes: made.nodes.map((each) => (each === node ? bare : each)) },
      secret: { node, type, values, domain, isLeftOut: STAND_IN.test(secret) },
    };
  }
  return undefined;
}

/** The document whose step sends this credential. */
export const withCredential = (
  document: Workflow,
  { node, type }: CurlSecret,
  credential: { id: string; name: string },
): Workflow => ({
  ...document,
  nodes: document.nodes.map((each) => (each.id === node.id ? { ...each, credentials: { [type]: credential } } : each)),
});

function read(header: Header): Pick<CurlSecret, 'type' | 'values'> & { secret: string } {
  const { name, value } = header;
  const [, scheme = '', rest = ''] = isAuthorization(header) ? (/^(bearer|basic)\s+(\S.*)$/i.exec(value) ?? []) : [];
  if (/^bearer$/i.test(scheme)) return { type: 'httpBearerAuth', values: { token: rest }, secret: rest };
  const [, user, password = ''] = /^basic$/i.test(scheme) ? (/^([^:]*):([^]*)$/.exec(decoded(rest)) ?? []) : [];
  // some services take the key as the user and no password
  if (user) return { type: 'httpBasicAuth', values: { user, password }, secret: password === '' ? user : password };
  return { type: 'httpHeaderAuth', values: { name, value }, secret: value };
}

function decoded(base64: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(
      Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)),
    );
  } catch {
    return '';
  }
}

/** With the port where it is not the scheme's own. */
function domainOf(url: string): string | undefined {
  try {
    return new URL(url).host || undefined;
  } catch {
    return undefined;
  }
}
