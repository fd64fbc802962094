import type { Env } from '../env.ts';
import { common } from '../kit/problem.ts';
import type { IdpMetadata, SamlAnswer, SamlAsk, SamlLogin } from '../saml/protocol.ts';

/** Why a message was not believed, as the SAML Worker says it. */
export class SamlRefusal extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'SamlRefusal';
    this.code = code;
  }
}

async function ask(env: Pick<Env, 'SAML'>, body: SamlAsk): Promise<SamlAnswer & { ok: true }> {
  let answer: SamlAnswer;
  try {
    const response = await env.SAML.fetch('https://saml.internal/', { method: 'POST', body: JSON.stringify(body) });
    answer = await response.json<SamlAnswer>();
  } catch {
    throw common('unavailable', { detail: 'SAML cannot be read right now.', hint: 'Try again in a minute.' });
  }
  if (!answer.ok) throw new SamlRefusal(answer.code, answer.message);
  return answer;
}

/** @throws SamlRefusal. */
export async function readSamlResponse(
  env: Pick<Env, 'SAML'>,
  question: Omit<SamlAsk & { do: 'response' }, 'do'>,
): Promise<SamlLogin> {
  const answer = await ask(env, { do: 'response', ...question });
  if (!('login' in answer)) throw new SamlRefusal('saml-invalid', 'It cannot be read');
  return answer.login;
}

/** @throws SamlRefusal. */
export async function readIdpMetadata(env: Pick<Env, 'SAML'>, xml: string): Promise<IdpMetadata> {
  const answer = await ask(env, { do: 'metadata', xml });
  if (!('metadata' in answer)) throw new SamlRefusal('saml-invalid', 'It cannot be read');
  return answer.metadata;
}

/** A certificate's public key as PEM. @throws SamlRefusal. */
export async function readKey(env: Pick<Env, 'SAML'>, certificate: string): Promise<string> {
  const answer = await ask(env, { do: 'key', certificate });
  if (!('key' in answer)) throw new SamlRefusal('saml-invalid', 'It cannot be read');
  return answer.key;
}
