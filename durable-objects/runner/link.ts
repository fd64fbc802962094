import type { Run } from '../../core/engine/run.ts';
import type { Step } from '../../core/engine/step.ts';
import type { Holder } from './addresses.ts';

/**
 * The approval a link is for: the first to begin once the link was made, of those its step leads to if it leads to any.
 * Undefined when the run has not come to it. What waits for a call or a form asks for no such link.
 */
export function approvalOf(run: Run, holder: Holder): Step | undefined {
  if (holder.kind === 'visitor') return undefined;
  const { program, steps } = run;
  const approvals = program.graph.nodes.flatMap(({ def }, index) => (def.type === 'approval' ? [index] : []));
  const maker = steps[holder.step]?.node ?? -1;
  const led = approvals.filter((node) => program.ancestors(node).has(maker));
  const meant = led.length > 0 ? led : approvals;
  return steps.find(({ index, node }) => index >= holder.step && meant.includes(node));
}
