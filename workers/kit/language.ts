/** The languages that people are addressed in. */
export type Language = 'en' | 'de';

/** What a browser asks for, in the order it names them; English where it names none of ours. */
export function languageOf(request: Request): Language {
  const named = (request.headers.get('accept-language') ?? '').slice(0, 500).split(',');
  const found = named.map((part) => part.trim().slice(0, 2).toLowerCase()).find((tag) => tag === 'en' || tag === 'de');
  return found === 'de' ? 'de' : 'en';
}
