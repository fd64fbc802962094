import { readFileSync } from 'node:fs';
import { httpCall } from './http-call.ts';

/** What a process says of itself: the code host (workers/code-host/host.ts), or the door of a satellite (door.ts). */
export interface Probe {
  inFlight: number;
  /** Since it started. */
  calls: number;
  /** Of the code host. */
  isolates?: number;
}

/** Undefined when it does not answer in time. */
export async function probe(socketPath: string, timeoutMs: number): Promise<Probe | undefined> {
  try {
    const { text } = await httpCall({ to: { socketPath }, path: '/probe', timeoutMs });
    return JSON.parse(text) as Probe;
  } catch {
    return undefined;
  }
}

/** Resident bytes, or 0 where the system does not say (then only the hang rule protects). */
export function residentBytes(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
