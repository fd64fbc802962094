import { createContext, type ReactNode, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { I18nProvider } from 'react-aria-components';
import { en, type Texts } from './en.ts';
import { chosenZone, watchZone } from './zone.ts';

/** English comes with the page; the others are fetched when somebody reads them. */
const LANGUAGES: Readonly<Record<string, () => Promise<Texts>>> = {
  en: () => Promise.resolve(en),
  de: () => import('./de.ts').then(({ de }) => de),
};
export const LANGUAGE_NAMES: Readonly<Record<string, string>> = { en: 'English', de: 'Deutsch' };
const STORED = 'millrace.language';

interface Chosen {
  language: string;
  /** For dates and numbers: the language as the person's browser has it, `en-GB` rather than `en`. */
  locale: string;
  /** That moments are shown and typed in; undefined: the browser's. */
  zone: string | undefined;
  texts: Texts;
  choose(language: string): void;
}

const Context = createContext<Chosen>({
  language: 'en',
  locale: 'en',
  zone: undefined,
  texts: en,
  choose: () => undefined,
});

function firstLanguage(): string {
  const wanted = [localStorage.getItem(STORED) ?? '', ...navigator.languages.map((tag) => tag.slice(0, 2))];
  return wanted.find((language) => Object.hasOwn(LANGUAGES, language)) ?? 'en';
}

const localeOf = (language: string): string =>
  navigator.languages.find((tag) => tag === language || tag.startsWith(`${language}-`)) ?? language;

/** The language of everything inside: chosen before, else the browser's, else English. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(firstLanguage);
  const [loaded, setLoaded] = useState<{ language: string; texts: Texts }>({ language: 'en', texts: en });
  const zone = useSyncExternalStore(watchZone, chosenZone);
  useEffect(() => {
    let isCurrent = true;
    // a language that cannot be fetched leaves the one that is there
    void LANGUAGES[language]?.().then(
      (texts) => isCurrent && setLoaded({ language, texts }),
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [language]);
  useEffect(() => {
    document.documentElement.lang = loaded.language;
  }, [loaded.language]);
  const chosen = useMemo<Chosen>(
    () => ({
      ...loaded,
      locale: localeOf(loaded.language),
      zone,
      choose(next) {
        localStorage.setItem(STORED, next);
        setLanguage(next);
      },
    }),
    [loaded, zone],
  );
  return (
    <Context value={chosen}>
      <I18nProvider locale={chosen.locale}>{children}</I18nProvider>
    </Context>
  );
}

export const useTexts = (): Texts => useContext(Context).texts;
export const useLanguage = (): Chosen => useContext(Context);

/** Words that only one area needs: they come with its pages. English stands in for a language it lacks. */
export function useTextsOf<T>({ en: own, ...others }: { en: T } & Readonly<Record<string, T>>): T {
  const { language } = useContext(Context);
  return others[language] ?? own;
}
