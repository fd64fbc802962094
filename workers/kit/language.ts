/** The languages that people are addressed in. */
const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/** No browser sends more. */
const MAX_CHARS = 500;
const isLanguage = (tag: string): tag is Language => (LANGUAGES as readonly string[]).includes(tag);

/** What is kept of a person's language, where it is one of ours. */
export const keptLanguage = (kept: string | null | undefined): Language | undefined =>
  typeof kept === 'string' && isLanguage(kept) ? kept : undefined;

/** As dates and numbers are written in it. */
export const localeOf = (language: Language): string => (language === 'de' ? 'de-DE' : 'en-GB');

/** What a browser asks for most; English where it names none of ours. */
export function languageOf(request: { headers: Headers }): Language {
  let found: { language: Language; weight: number } | undefined;
  for (const part of (request.headers.get('accept-language') ?? '').slice(0, MAX_CHARS).split(',')) {
    const [tag = '', ...more] = part.trim().toLowerCase().split(';');
    const language = tag.split('-')[0] ?? '';
    const weight = Number(/^\s*q=(.*)$/.exec(more.join(';'))?.[1] ?? 1);
    if (isLanguage(language) && weight > (found?.weight ?? 0)) found = { language, weight };
  }
  return found?.language ?? 'en';
}
