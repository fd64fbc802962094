import type { Outcome } from '../../durable-objects/runner/protocol.ts';
import { retryHeaders } from './limit-headers.ts';
import { Problem } from './problem.ts';

/** An object's refusal arrives as a value (classes do not survive RPC) and becomes a problem here. */
export function valueOf<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  const { status, code, message, hint, retryAfterMs, quota } = outcome.error;
  throw new Problem(
    code,
    { status, title: message },
    {
      ...(hint === undefined ? {} : { hint }),
      ...(retryAfterMs === undefined ? {} : { headers: retryHeaders(retryAfterMs, quota) }),
      ...(quota === undefined ? {} : { extra: quota }),
    },
  );
}
