import { readFileSync, readdirSync } from 'node:fs';

export interface Process {
  pid: number;
  command: string;
}

/** Live processes (no zombies) whose command line or environment names `text`. Linux only. */
export function processesNaming(text: string): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
        return command && `${command}\0${environment}`.includes(text) ? [{ pid: Number(pid), command }] : [];
      } catch {
        return [];
      }
    });
}

/** Nothing here is about how soon: it is long for a machine that is busy with other suites. */
const LIMIT_MS = 30_000;

/** Waits until `check` holds. @throws Error naming `what` after 30 s. */
export async function eventually(what: string, check: () => boolean | Promise<boolean>): Promise<void> {
  const endMs = performance.now() + LIMIT_MS;
  while (!(await check())) {
    if (performance.now() > endMs) {
      throw new Error(`${what} did not happen within ${LIMIT_MS} ms`);
    }
    await new Promise((done) => setTimeout(done, 50));
  }
}
