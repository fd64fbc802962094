/** Words that stay small unless they begin or end the text; punctuation beside them does not matter. */
const SMALL = new RegExp(
  `\\b(?:${`a ad an and as at because but by en for if in neither nor of on only or over per so some than that the to up upon
  v versus via vs when with without yet`
    .split(/\s+/)
    .join('|')})\\b`,
  'i',
);

/** Capital first letters: each word, and each part of a word with a dash. Words with a capital inside stay as they are. */
export function titleCase(text: string): string {
  return text.replace(/[^\s:–—-]+/g, (word, at: number) => {
    const end = at + word.length;
    if (at > 0 && end < text.length && SMALL.test(word)) return word;
    // `name.ext`, `camelCase`, and what a colon without a space makes part of an address.
    if (/.[A-Z]|.\../.test(word) || /^:\S/.test(text.slice(end, end + 2))) return word;
    return word.replace(/[\p{L}\p{N}]/u, (first) => first.toUpperCase());
  });
}
