/** White space and line ends as JavaScript has them; RE2 knows the ASCII ones without the vertical tab only. */
const SPACE =
  '\\x{9}-\\x{d}\\x{20}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}';
const NOT_SPACE =
  '\\x{0}-\\x{8}\\x{e}-\\x{1f}\\x{21}-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}' +
  '\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10ffff}';
const NOT_LINE_END = '[^\\n\\r\\x{2028}\\x{2029}]';

/**
 * RE2 syntax that means what the JavaScript pattern meant, for the escapes that differ. `dots` is false where `.` keeps
 * RE2's meaning: with the flag m, whose `$` stops before a line feed only, an exact `.` would leave the carriage return
 * of a CRLF to nobody.
 */
export function javaScriptClasses(re2: string, dots: boolean): string {
  let out = '';
  let isClass = false;
  for (let at = 0; at < re2.length; at++) {
    const char = re2.charAt(at);
    if (char === '\\') {
      const next = re2.charAt(++at);
      if (next === 's') out += isClass ? SPACE : `[${SPACE}]`;
      else if (next === 'S') out += isClass ? NOT_SPACE : `[^${SPACE}]`;
      else out += char + next;
    } else {
      if (char === '[' && !isClass) isClass = true;
      else if (char === ']') isClass = false;
      out += char === '.' && !isClass && dots ? NOT_LINE_END : char;
    }
  }
  return out;
}
