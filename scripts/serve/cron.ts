import type { Control } from './control.ts';

/** Tells the Worker once, before the first minute, that it was restarted. */
export const BOOT_CRON = '@boot';

interface CronOptions {
  crons: string[];
  everyMs: number;
  onError(message: string): void;
}

/** Fires the Worker's crons (all of them are "every minute" here) until stopped. */
export function driveCron(control: Control, options: CronOptions): { stop(): void } {
  const fire = async (cron: string): Promise<void> => {
    try {
      await control.scheduled(cron, Date.now());
    } catch (error) {
      options.onError(`cron ${cron}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  void fire(BOOT_CRON);
  const timer = setInterval(() => options.crons.forEach((cron) => void fire(cron)), options.everyMs);
  return { stop: () => clearInterval(timer) };
}
