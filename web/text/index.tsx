import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import { de } from './de.ts';
import { en, type Texts } from './en.ts';

const LANGUAGES: Readonly<Record<string, Texts>> = { en, de };
export const LANGUAGE_NAMES: Readonly<Record<string, string>> = { en: 'English', de: 'Deutsch' };
const STORED = 'millrace.language';

interface Chosen {
  language: string;
  texts: Texts;
  choose(language: string): void;
}

const Context = createContext<Chosen>({ language: 'en', texts: en, choose: () => undefined });

function firstLanguage(): string {
  const wanted = [localStorage.getItem(STORED) ?? '', ...navigator.languages.map((tag) => tag.slice(0, 2))];
  return wanted.find((language) => Object.hasOwn(LANGUAGES, language)) ?? 'en';
}

/** The language of everything inside: chosen before, else the browser's, else English. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(firstLanguage);
  const chosen = useMemo<Chosen>(
    () => ({
      language,
      texts: LANGUAGES[language] ?? en,
      choose(next) {
        localStorage.setItem(STORED, next);
        document.documentElement.lang = next;
        setLanguage(next);
      },
    }),
    [language],
  );
  return (
    <Context value={chosen}>
      <I18nProvider locale={language}>{children}</I18nProvider>
    </Context>
  );
}

export const useTexts = (): Texts => useContext(Context).texts;
export const useLanguage = (): Chosen => useContext(Context);
