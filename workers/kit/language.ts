/** The languages that people are addressed in. */
export type Language = 'en' | 'de';

/** No browser sends more. */
const MAX_CHARS = 500;
const isOurs = (tag: string): tag is Language => tag === 'en' || tag === 'de';

/** What a browser asks for most; English where it names none of ours. */
export function languageOf(request: Request): Language {
  let found: { language: Language; weight: number } | undefined;
  for (const part of (request.headers.get('accept-language') ?? '').slice(0, MAX_CHARS).split(',')) {
    const [tag = '', ...more] = part.trim().toLowerCase().split(';');
    const language = tag.split('-')[0] ?? '';
    const weight = Number(/^\s*q=(.*)$/.exec(more.join(';'))?.[1] ?? 1);
    if (isOurs(language) && weight > (found?.weight ?? 0)) found = { language, weight };
  }
  return found?.language ?? 'en';
}
