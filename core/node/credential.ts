import type { JsonObject } from '../data/item.ts';
import type { NodeType } from './kit.ts';

/** Kinds of authentication that nodes name by themselves, and the type of credential each is. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ['basicAuth', 'httpBasicAuth'],
  ['digestAuth', 'httpDigestAuth'],
  ['headerAuth', 'httpHeaderAuth'],
  ['queryAuth', 'httpQueryAuth'],
  ['jwtAuth', 'jwtAuth'],
  ['oAuth1', 'oAuth1Api'],
  ['oAuth2', 'oAuth2Api'],
]);

/** The type of credential a node wants with these parameters; undefined when none, or when an expression decides. */
export function credentialWanted(
  type: Pick<NodeType, 'credential' | 'fields'>,
  parameters: JsonObject,
): string | undefined {
  const needed = type.credential?.(parameters);
  if (needed !== undefined) return needed;
  const text = (name: string): string => {
    const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    return typeof value === 'string' && !value.startsWith('=') ? value : '';
  };
  const names = ['authentication', 'incomingAuthentication'];
  const asked = names.map(text).find((each) => each !== '' && each !== 'none');
  if (asked === undefined || !type.fields.some(({ name }) => names.includes(name))) return undefined;
  if (asked === 'genericCredentialType') return text('genericAuthType') || undefined;
  if (asked === 'predefinedCredentialType') return text('nodeCredentialType') || undefined;
  return KINDS.get(asked);
}
