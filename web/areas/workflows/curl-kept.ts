import type { Workflow } from '../../../core/graph/document.ts';
import type { Client } from '../../../sdk/client/index.ts';
import { type CurlSecret, takeSecret, withCredential } from './curl-secret.ts';

/** What people are told of the secret of a command: whether it is a credential now, and where it goes. */
export interface SecretTold {
  isKept: boolean;
  domain: string;
}

interface KeptCommand {
  document: Workflow;
  /** What the command sends as a secret, if it does. */
  secret?: CurlSecret;
  /** The credential that it became; null where the command had a word in its place. Absent: it stands in the step. */
  credential?: { id: string; name: string } | null;
  /** Absent where there is nothing to tell. */
  told?: SecretTold;
}

/** The secret of a command becomes a credential, bound to where the command goes; where none can be stored, it stays in the step. */
export async function keepSecret(client: Client, command: Workflow): Promise<KeptCommand> {
  const taken = takeSecret(command);
  if (!taken) return { document: command };
  const { document, secret } = taken;
  const { type, values, domain, isLeftOut } = secret;
  if (isLeftOut) return { document, secret, credential: null };
  const body = { type, name: domain, values, domains: [domain] };
  const kept = await client.call('POST /v1/credentials', { body }).catch(() => undefined);
  if (!kept) return { document: command, secret, told: { isKept: false, domain } };
  const credential = { id: kept.id, name: kept.name };
  return { document: withCredential(document, secret, credential), secret, credential, told: { isKept: true, domain } };
}
