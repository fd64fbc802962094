import { nameOf, shown } from '../../../core/quota/event.ts';
import { type Counts, FLOWS } from '../../../core/quota/meters.ts';
import type { Amounts } from './contract.ts';

export const flowNamed = (name: string) => FLOWS.find((flow) => nameOf(flow) === name) ?? 'runs';

export const amountsOf = ({ runs = 0, steps = 0, cpuUs = 0, egressBytes = 0, apiCalls = 0, aiTokens = 0 }: Counts) =>
  ({ runs, steps, cpuMs: shown('cpuUs', cpuUs), egressBytes, apiCalls, aiTokens }) satisfies Amounts;
