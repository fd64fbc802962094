import type { HttpCall } from '../../http/request.ts';
import type { CompileKit } from '../../node/kit.ts';
import { NodeError } from '../../node/kit.ts';
import { textOf } from './parameters.ts';

const OLD_CREDENTIALS: Readonly<Record<string, string>> = {
  basicAuth: 'httpBasicAuth',
  digestAuth: 'httpDigestAuth',
  headerAuth: 'httpHeaderAuth',
  queryAuth: 'httpQueryAuth',
  oAuth1: 'oAuth1Api',
  oAuth2: 'oAuth2Api',
};

/** Which credential the node wants: its type, or undefined when none. */
function credentialType(kit: CompileKit): string | undefined {
  const wanted = textOf(kit.raw('authentication') ?? 'none');
  if (wanted === 'none' || wanted === '') return undefined;
  if (wanted === 'genericCredentialType') return textOf(kit.raw('genericAuthType')) || 'generic';
  if (wanted === 'predefinedCredentialType') return textOf(kit.raw('nodeCredentialType')) || 'predefined';
  return Object.hasOwn(OLD_CREDENTIALS, wanted) ? OLD_CREDENTIALS[wanted] : wanted;
}

/** The credential to send with each call; asking throws NodeError `credential-missing` when the document names none. */
export function compileCredential(kit: CompileKit): () => HttpCall['credential'] {
  const type = credentialType(kit);
  if (type === undefined) return () => undefined;
  const { credentials } = kit.node;
  const ref = credentials && Object.hasOwn(credentials, type) ? credentials[type] : undefined;
  return () => {
    if (ref !== undefined) return { type, ref };
    throw new NodeError('credential-missing', `The node wants a credential of type '${type}' and has none`, {
      description: 'Choose a credential, or set authentication to none and send an Authorization header.',
    });
  };
}
