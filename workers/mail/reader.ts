import { keptLanguage, type Language, languageOf } from '../kit/language.ts';

/** The language somebody with this address chose or signed in with; else `otherwise`: of who asks in their place. */
export async function mailLanguage(db: D1Database, email: string, otherwise: Language): Promise<Language> {
  const row = await db
    .prepare('SELECT language FROM users WHERE email = ?')
    .bind(email.toLowerCase())
    .first<{ language: string | null }>();
  return keptLanguage(row?.language) ?? otherwise;
}

/** Of somebody who signs in: what nobody asks for, such as a notice, is in the language they first came with (IDN19). */
export async function rememberLanguage(db: D1Database, user: string, asked: { headers: Headers }): Promise<void> {
  if (!asked.headers.has('accept-language')) return;
  const remember = db.prepare('UPDATE users SET language = ? WHERE id = ? AND language IS NULL');
  await remember.bind(languageOf(asked), user).run();
}
