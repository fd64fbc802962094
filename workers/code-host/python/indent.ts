/**
 * The code as the body of a function, so that `return` may stand in it, on the lines it had plus one. Lines that begin
 * inside a string stay as they are: indenting them would change the string.
 */
export function asFunction(code: string): string {
  let out = 'def __code__():\n ';
  let quote = '';
  for (let at = 0; at < code.length; at++) {
    const char = code.charAt(at);
    if (char === '\r') continue;
    if (quote === '') {
      if (char === '#') {
        const end = code.indexOf('\n', at);
        out += code.slice(at, end < 0 ? code.length : end).replace(/\r$/, '');
        at = (end < 0 ? code.length : end) - 1;
        continue;
      }
      if (char === '"' || char === "'") {
        const triple = char.repeat(3);
        quote = code.startsWith(triple, at) ? triple : char;
        out += quote;
        at += quote.length - 1;
        continue;
      }
      out += char === '\n' ? '\n ' : char;
      continue;
    }
    if (char === '\\') {
      out += code.slice(at, at + 2);
      at++;
      continue;
    }
    if (code.startsWith(quote, at)) {
      out += quote;
      at += quote.length - 1;
      quote = '';
      continue;
    }
    // A plain string that the line ends is an error of the author; the line after it is code again.
    if (char === '\n' && quote.length === 1) {
      quote = '';
      out += '\n ';
      continue;
    }
    out += char;
  }
  return `${out}\n return None\n`;
}
