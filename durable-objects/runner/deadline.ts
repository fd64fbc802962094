/** Longest time a caller is kept waiting for an answer. */
export const MAX_WAIT_MS = 300_000;

/** Either the answer comes or the time is over, whichever is first; the other is then ignored. */
export function deadline(waitMs: number | undefined, over: (run: string) => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let done = false;
  return {
    arm(run: string): void {
      if (done) return;
      timer = setTimeout(
        () => {
          done = true;
          over(run);
        },
        Math.min(waitMs ?? MAX_WAIT_MS, MAX_WAIT_MS),
      );
    },
    met(answer: () => void): void {
      if (done) return;
      done = true;
      if (timer !== undefined) clearTimeout(timer);
      answer();
    },
  };
}
