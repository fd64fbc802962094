import { setTimeout as delay } from 'node:timers/promises';
import { httpCall } from './http-call.ts';

const PROBE_EVERY_MS = 2_000;
const PROBE_TIMEOUT_MS = 3_000;
/** After a probe that failed at once: a refusal is no silence. */
const RETRY_MS = 250;
/** workerd has one event loop: silent this long means that something holds it for good. */
const HANG_LIMIT_MS = 6_000;

/**
 * Asks /health until stopped; calls `onHang` once when two probes in a row had no answer for HANG_LIMIT_MS. Only
 * unanswered probes count, not time: the machine may have slept.
 */
export function watch(url: URL, onHang: () => void): { stop(): void } {
  let stopped = false;
  const run = async (): Promise<void> => {
    for (let silentSinceMs: number | undefined; !stopped;) {
      const askedMs = performance.now();
      try {
        // Any answer shows that the event loop turns; whether it is healthy is another question.
        await httpCall({ to: url, path: '/health', timeoutMs: PROBE_TIMEOUT_MS });
        silentSinceMs = undefined;
        await delay(PROBE_EVERY_MS, undefined, { ref: false });
      } catch {
        const again = silentSinceMs !== undefined;
        silentSinceMs ??= askedMs;
        if (stopped) return;
        // Timers may fire a millisecond early.
        if (again && performance.now() - silentSinceMs >= HANG_LIMIT_MS - 5) return onHang();
        await delay(RETRY_MS, undefined, { ref: false });
      }
    }
  };
  void run();
  return { stop: () => void (stopped = true) };
}
