export type Token =
  /** `2.` of `2.name`: the module a path begins with. */
  { kind: 'module'; id: string } | { kind: 'number' | 'text' | 'name' | 'sign'; value: string };

const TOKEN =
  /\s*(?:(\d+)\.(?=[A-Za-z_$`])|(\d+(?:\.\d+)?)|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|`([^`]*)`|([A-Za-z_$][\w$]*(?:-[A-Za-z_$][\w$]*)*)|(!=|<=|>=|&&|\|\||[-+*/%=<>&|().;,[\]!?:]))/gy;

/** The parts of one formula, or undefined when something in it is none of Make's. */
export function tokensOf(code: string): Token[] | undefined {
  const found: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < code.length) {
    if (code.slice(TOKEN.lastIndex).trim() === '') return found;
    const match = TOKEN.exec(code);
    if (!match) return undefined;
    const [, id, number, double, single, quoted, name, sign] = match;
    if (id !== undefined) found.push({ kind: 'module', id });
    else if (number !== undefined) found.push({ kind: 'number', value: number });
    else if (double !== undefined || single !== undefined) {
      found.push({ kind: 'text', value: (double ?? single ?? '').replace(/\\(.)/g, '$1') });
    } else if (quoted !== undefined || name !== undefined) found.push({ kind: 'name', value: quoted ?? name ?? '' });
    else found.push({ kind: 'sign', value: sign ?? '' });
  }
  return found;
}
