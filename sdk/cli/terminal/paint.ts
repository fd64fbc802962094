export type Paint = Readonly<Record<'red' | 'green' | 'yellow' | 'dim' | 'bold', (text: string) => string>>;

const CODES = { red: 31, green: 32, yellow: 33, dim: 2, bold: 1 } as const;

/** Colours on a terminal only, and not when NO_COLOR is set (https://no-color.org). */
export function paintFor(isTty: boolean, env: Readonly<Record<string, string | undefined>>): Paint {
  const on = isTty && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
  const wrap = (code: number) => (text: string) => (on ? `\u001b[${code}m${text}\u001b[0m` : text);
  return {
    red: wrap(CODES.red),
    green: wrap(CODES.green),
    yellow: wrap(CODES.yellow),
    dim: wrap(CODES.dim),
    bold: wrap(CODES.bold),
  };
}

/** Names and messages come from strangers: a control character in them must not steer the terminal. */
export const clean = (text: string): string =>
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, (char) =>
    char === '\n' || char === '\t' ? ' ' : '�',
  );

const STATUS_COLOURS: ReadonlyMap<string, keyof Paint> = new Map([
  ['success', 'green'],
  ['error', 'red'],
  ['canceled', 'yellow'],
  ['superseded', 'dim'],
  ['waiting', 'yellow'],
  ['queued', 'yellow'],
  ['paused', 'yellow'],
]);

export function paintStatus(paint: Paint, status: string): string {
  const colour = STATUS_COLOURS.get(status);
  return colour ? paint[colour](status) : status;
}

/** Rows with aligned columns; the width of colours does not count. */
export function rows(cells: readonly (readonly string[])[]): string[] {
  // oxlint-disable-next-line no-control-regex -- the escape that colours begin with
  const widthOf = (text: string): number => text.replace(/\u001b\[\d+m/g, '').length;
  const widths: number[] = [];
  for (const row of cells) row.forEach((cell, at) => (widths[at] = Math.max(widths[at] ?? 0, widthOf(cell))));
  return cells.map((row) =>
    row
      .map((cell, at) => cell + ' '.repeat((widths[at] ?? 0) - widthOf(cell)))
      .join('  ')
      .trimEnd(),
  );
}
