import { parseRelaxed } from '../../conditions/index.ts';
import type { Json } from '../../data/item.ts';
import { credentialOf } from '../../node/calls.ts';
import { type CompileKit, type HttpReply, NodeError, type NodeExecutor, type StepContext } from '../../node/kit.ts';
import { transformNode } from '../../node/transform.ts';
import { isObject } from '../field-list.ts';

/** Signs the payload where credentials are opened, and hands the token to `reply`. */
export function compileToken(
  kit: CompileKit,
  answer: (step: StepContext, body: HttpReply['body']) => ReturnType<NodeExecutor['run']>,
): Pick<NodeExecutor, 'run' | 'resume'> {
  const payload = kit.param<Json>('payload', {});
  const signing = transformNode({
    transform: 'jwt',
    credential: () => credentialOf(kit, 'jwtAuth'),
    callsOf: (step) => {
      const written = payload.at(step.scope(0));
      const claimsJson = typeof written === 'string' ? (parseRelaxed(written) ?? null) : written;
      if (!isObject(claimsJson)) {
        throw new NodeError('bad-json', 'The payload of the token is not a JSON object.', {
          description: 'Give one such as {"sub": "ada"}.',
        });
      }
      return [{ itemIndex: 0, parameters: { operation: 'sign', options: {}, claims: {}, claimsJson }, files: {} }];
    },
  });
  return {
    run: (step) => signing.run(step),
    resume(step, wake) {
      const signed = signing.resume?.(step, wake);
      const made = signed?.kind === 'output' ? signed.outputs[0]?.[0]?.json : undefined;
      if (typeof made?.token === 'string') return answer(step, JSON.stringify({ token: made.token }));
      throw new NodeError('no-token', `The token could not be signed: ${String(made?.error ?? 'no answer')}`);
    },
  };
}
