/** Rows of RFC 4180 text: quotes double inside quotes, lines end with LF or CRLF; a byte order mark is dropped. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  const endRow = (): void => {
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  };
  while (at <= text.length) {
    const { value, next } = text[at] === '"' ? quoted(text, at + 1) : plain(text, at);
    row.push(value);
    const mark = text[next];
    if (mark === ',') {
      at = next + 1;
    } else {
      endRow();
      if (mark === undefined) break;
      at = mark === '\r' && text[next + 1] === '\n' ? next + 2 : next + 1;
      if (at >= text.length) break;
    }
  }
  return rows;
}

function plain(text: string, from: number): { value: string; next: number } {
  let next = from;
  while (next < text.length && text[next] !== ',' && text[next] !== '\n' && text[next] !== '\r') next++;
  return { value: text.slice(from, next), next };
}

function quoted(text: string, from: number): { value: string; next: number } {
  let value = '';
  for (let at = from; ;) {
    const end = text.indexOf('"', at);
    if (end < 0) return { value: value + text.slice(at), next: text.length };
    value += text.slice(at, end);
    if (text[end + 1] !== '"') {
      const rest = plain(text, end + 1);
      return { value: value + rest.value, next: rest.next };
    }
    value += '"';
    at = end + 2;
  }
}

/**
 * Text of rows. A field that a spreadsheet would take for a formula is quoted and begins with an apostrophe: rows hold
 * what strangers sent.
 */
export function writeCsv(rows: readonly (readonly unknown[])[]): string {
  return rows.map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

function field(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text =
    typeof value === 'string' && /^[=+\-@\t\r]/.test(value) && !isNumber(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const isNumber = (text: string): boolean => text.trim() !== '' && Number.isFinite(Number(text));
