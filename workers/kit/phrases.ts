/**
 * A text in another language, by the sentence it was made from: English, with `{}` where a value stands. Undefined:
 * nobody put it into that language.
 */
export function phraseIn(table: Readonly<Record<string, string>>, text: string): string | undefined {
  if (Object.hasOwn(table, text)) return table[text];
  if (text.length > 2_000) return undefined;
  for (const [said, ours] of Object.entries(table)) {
    if (!said.includes('{}')) continue;
    const [, ...values] = new RegExp(`^${said.split('{}').map(escaped).join('(.+?)')}$`, 's').exec(text) ?? [];
    if (values.length > 0) return ours.replaceAll('{}', () => values.shift() ?? '');
  }
  return undefined;
}

const escaped = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
