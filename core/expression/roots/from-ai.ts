import { ExpressionError } from '../error.ts';
import type { Runtime } from '../runtime.ts';
import { toStr } from '../value/coerce.ts';
import { hasOwn } from '../value/plain.ts';

const KEY = /^[\w-]{1,64}$/;

/** `$fromAI(key, description?, type?, default?)`: what the model gave for this key, or the default. */
export function fromAi(rt: Runtime, [key, , , fallback]: readonly unknown[]): unknown {
  const name = key === undefined || key === null ? '' : toStr(rt, key);
  if (!KEY.test(name)) {
    throw new ExpressionError(
      'argument',
      "$fromAI() needs a key of 1 to 64 letters, digits, '_' and '-', such as $fromAI('city')",
    );
  }
  const given = rt.scope.fromAi;
  return given && hasOwn(given, name) ? rt.thaw(given[name]) : fallback;
}
