/** Words that stay small unless they begin or end the text. */
const SMALL = new Set(
  `a an and as at because but by en for if in neither nor o of on only or over per so some than that the to up upon v vs
   versus via when with without yet`.split(/\s+/),
);

/** Capital first letters: each word, and each part of a word with a dash. Words with a capital inside stay as they are. */
export function titleCase(text: string): string {
  return text.replace(/[^\s:–—-]+/g, (word, at: number) => {
    const isInside = at > 0 && at + word.length < text.length;
    if (isInside && SMALL.has(word.replace(/\.$/, '').toLowerCase())) return word;
    if (/.[A-Z]|.\../.test(word)) return word;
    return word.replace(/[\p{L}\p{N}]/u, (first) => first.toUpperCase());
  });
}
