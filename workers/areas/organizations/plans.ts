import { planNamed } from '../../../core/quota/plans.ts';
import { common, problemsOf } from '../../kit/problem.ts';
import { errors } from './contract.ts';

const problem = problemsOf(errors);

/**
 * The plan that somebody asks for, if whoever signs up may have it: `offered` are the names in SIGN_UP_PLANS, separated
 * by commas. Undefined: the deployment's own (DEFAULT_PLAN).
 */
export function offeredPlan(wanted: string | undefined, offered = ''): string | undefined {
  if (wanted === undefined) return undefined;
  const names = offered.split(',').map((name) => name.trim());
  const hint = 'Leave the plan out; the operator can give another one later.';
  if (planNamed(wanted) === undefined) {
    const fault = { pointer: '/plan', code: 'plan-unknown', message: 'There is no such plan' };
    throw common('input-invalid', { errors: [fault], hint });
  }
  if (!names.includes(wanted)) throw problem('plan-not-offered', { hint });
  return wanted;
}
