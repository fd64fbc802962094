import type { Workflow } from '../../../core/graph/document.ts';
import type { Client, OutputOf } from '../../../sdk/client/index.ts';
import { curlWorkflow } from './curl.ts';
import { keepSecret, type SecretTold } from './curl-kept.ts';
import type { CurlSecret } from './curl-secret.ts';
import type { Given } from './use-given.ts';

export type Imported = OutputOf<'POST /v1/workflows/import'>['workflows'][number] & {
  /** Of a curl command. */
  secret?: SecretTold;
};

export interface Brought {
  workflows: Imported[];
  /** Files that could not be read or were refused, and why. */
  failed: { name: string; error: unknown }[];
}

/**
 * Makes workflows of files or of what was pasted, one after another: a file that is refused does not stop the others.
 * @param notJson What is said of a text that is neither JSON nor a curl command.
 * @throws Error when there is one text alone and it is refused: whoever pasted it can mend it.
 */
export async function bring(
  client: Client,
  given: readonly Given[],
  { notJson, onDone }: { notJson: string; onDone: (count: number) => void },
): Promise<Brought> {
  const brought: Brought = { workflows: [], failed: [] };
  for (const [index, each] of given.entries()) {
    try {
      brought.workflows.push(...(await bringOne(client, each, notJson)));
    } catch (error) {
      if (given.length === 1) throw error;
      brought.failed.push({ name: each.name ?? String(index + 1), error });
    }
    onDone(index + 1);
  }
  return brought;
}

async function bringOne(client: Client, { name, text, failure }: Given, notJson: string): Promise<Imported[]> {
  if (failure !== undefined) throw failure;
  const curl = curlWorkflow(text);
  if (curl) return [await bringCommand(client, curl)];
  const body = named(parse(text, notJson), name);
  return (await client.call('POST /v1/workflows/import', { body })).workflows;
}

async function bringCommand(client: Client, command: Workflow): Promise<Imported> {
  const { document, secret, credential, told } = await keepSecret(client, command);
  if (!secret) return made(client, document);
  const { node, type, domain } = secret;
  if (credential === null) return made(client, document, { node, type, name: domain, credential });
  const said = told && { secret: told };
  if (credential === undefined) return { ...(await made(client, document)), ...said };
  const { id, name } = credential;
  try {
    return { ...(await made(client, document, { node, type, name, credential: id })), ...said };
  } catch (error) {
    // tried again, it would be there twice
    await client.call('DELETE /v1/credentials/{id}', { params: { id } }).catch(() => undefined);
    throw error;
  }
}

interface Wanted {
  node: CurlSecret['node'];
  type: string;
  /** Of the credential. */
  name: string;
  credential: string | null;
}

async function made(client: Client, document: Workflow, wanted?: Wanted): Promise<Imported> {
  const { id, name } = await client.call('POST /v1/workflows', { body: document });
  const isOpen = wanted?.credential === null;
  const nodes = isOpen ? [{ ...wanted.node, type: 'http-request', status: 'needs-credential' as const }] : [];
  return {
    id,
    name,
    report: { nodes, counts: isOpen ? { 'needs-credential': 1 } : {}, notes: [], bindings: {}, expressions: [] },
    credentials: wanted ? [{ ...wanted, node: wanted.node.name }] : [],
  };
}

/** A workflow without a name of its own, as n8n's clipboard and many shared files are, has its file's. */
function named(body: unknown, name: string | undefined): unknown {
  const isNameless =
    typeof body === 'object' && body !== null && !Array.isArray(body) && 'nodes' in body && !('name' in body);
  return isNameless && name ? { ...body, name } : body;
}

function parse(text: string, complaint: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(complaint);
  }
}
