/** One of workerd's structured log lines as text for a terminal; native stack addresses are left out. */
export function readable(line: string): string {
  if (!line.startsWith('{')) {
    return line;
  }
  try {
    const { level, message } = JSON.parse(line) as { level?: unknown; message?: unknown };
    if (typeof message !== 'string') {
      return line;
    }
    const text = message
      .replace(/\nstack: \/[^;]*/g, '')
      .replace(/; sentryErrorContext = \w+/g, '')
      // What a failed step's message refers to.
      .replace(/; wdErrId = (\w+)/g, ' (reference $1)');
    return level === 'log' || level === 'info' ? text : `${String(level)}: ${text}`;
  } catch {
    return line;
  }
}
