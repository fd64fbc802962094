export type Part =
  | { kind: 'text'; text: string }
  /** `start` is the offset of the code in the text as written. */
  | { kind: 'code'; code: string; start: number };

/**
 * Splits a parameter text by n8n's rule: `{{` opens, the first `}}` not written `\}}` closes, an unclosed one runs to
 * the end. `offset` is where `text` starts in the parameter.
 */
export function split(text: string, offset: number): Part[] {
  const parts: Part[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('{{', at);
    if (open < 0) break;
    if (open > at) parts.push({ kind: 'text', text: text.slice(at, open) });
    let close = text.indexOf('}}', open + 2);
    while (close > 0 && text[close - 1] === '\\') close = text.indexOf('}}', close + 1);
    const end = close < 0 ? text.length : close;
    const code = text.slice(open + 2, end).replaceAll('\\}}', '}}');
    parts.push({ kind: 'code', code, start: offset + open + 2 });
    at = close < 0 ? text.length : close + 2;
  }
  if (at < text.length) parts.push({ kind: 'text', text: text.slice(at) });
  return parts;
}
