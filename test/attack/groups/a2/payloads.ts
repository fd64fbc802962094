/** What every evaluator would make of the texts below. */
export const MARK = '9801547';

/** Texts that are code to some template language. Nothing of ours may ever agree. */
export const TEXTS: readonly (readonly [about: string, text: string])[] = [
  ['a segment', '{{ 1337 * 7331 }}'],
  ['an expression', '={{ 1337 * 7331 }}'],
  ['an expression with text', '=a {{ 1337 * 7331 }} b'],
  ['a formula', '=1337*7331'],
  ['two equal signs', '=={{ 1337 * 7331 }}'],
  ['a space before', ' ={{ 1337 * 7331 }}'],
  ['a template literal', '${1337 * 7331}'],
  ['a template literal with its quotes', '`${1337 * 7331}`'],
  ['Ruby', '#{1337 * 7331}'],
  ['EJS', '<%= 1337 * 7331 %>'],
  ['Jinja block', '{% print(1337 * 7331) %}'],
  ['doubled braces', '{{{{ 1337 * 7331 }}}}'],
  ['braces that close first', '}}{{ 1337 * 7331 }}{{'],
  ['escaped braces', '\\}} {{ 1337 * 7331 }}'],
  ['a quote that closes first', '" + (1337 * 7331) + "'],
  ['an apostrophe that closes first', "' + (1337 * 7331) + '"],
  ['JSON that goes on', '", "x": "={{ 1337 * 7331 }}'],
  ['a statement', '"); return 1337 * 7331; ("'],
  ['a comment', '*/ 1337 * 7331 /*'],
  ['a CRLF and an expression', '\r\n={{ 1337 * 7331 }}'],
  ['an expression behind a zero width space', '\u200b={{ 1337 * 7331 }}'],
  ['an expression in wide letters', '＝｛｛ 1337 * 7331 ｝｝'],
];
