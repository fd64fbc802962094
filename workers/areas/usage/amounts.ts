import { type Counts, FLOWS, type Meter } from '../../../core/quota/meters.ts';
import type { Amounts } from './contract.ts';

const US_PER_MS = 1_000;

/** CPU is counted in microseconds and shown in milliseconds. */
export const shown = (meter: Meter, count: number): number => (meter === 'cpuUs' ? count / US_PER_MS : count);
export const nameOf = (meter: Meter): string => (meter === 'cpuUs' ? 'cpuMs' : meter);
export const flowNamed = (name: string) => FLOWS.find((flow) => nameOf(flow) === name) ?? 'runs';

export const amountsOf = ({ runs = 0, steps = 0, cpuUs = 0, egressBytes = 0, apiCalls = 0, aiTokens = 0 }: Counts) =>
  ({ runs, steps, cpuMs: shown('cpuUs', cpuUs), egressBytes, apiCalls, aiTokens }) satisfies Amounts;
