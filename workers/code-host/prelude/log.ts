/** Characters of console output kept per call; the rest is dropped and said so. */
const MAX_LOG_CHARS = 64 * 1024;

function show(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}

/** A console that keeps what it is told. */
export function capture(): { console: object; write(...values: unknown[]): void; lines: string[] } {
  const lines: string[] = [];
  let left = MAX_LOG_CHARS;
  const write = (...values: unknown[]): void => {
    if (left <= 0) return;
    const line = values.map(show).join(' ').slice(0, left);
    left -= line.length + 1;
    lines.push(line);
    if (left <= 0) lines.push('… (output cut off)');
  };
  const ignore = (): void => undefined;
  const console = {
    log: write,
    info: write,
    warn: write,
    error: write,
    debug: write,
    trace: write,
    dir: write,
    table: write,
  };
  return {
    console: {
      ...console,
      group: write,
      groupCollapsed: write,
      groupEnd: ignore,
      count: write,
      time: ignore,
      timeEnd: ignore,
      timeLog: write,
      assert: ignore,
      clear: ignore,
    },
    write,
    lines,
  };
}
