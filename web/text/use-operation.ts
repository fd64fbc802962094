import { useEffect, useState } from 'react';
import { useLanguage } from './index.tsx';

type Words = Readonly<Record<string, string>>;

const LANGUAGES: Readonly<Record<string, () => Promise<Words>>> = {
  de: () => import('./operations.de.ts').then(({ OPERATIONS }) => OPERATIONS),
};

/**
 * What an operation of the API does, in the reader's language; `summary` is the contract's own English. `lang` says so
 * where it stays English.
 */
export function useOperation(): (id: string, summary: string) => { text: string; lang?: 'en' } {
  const { language } = useLanguage();
  const [words, setWords] = useState<Words>();
  useEffect(() => {
    let isCurrent = true;
    void LANGUAGES[language]?.().then(
      (loaded) => isCurrent && setWords(loaded),
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [language]);
  return (id, summary) => {
    const known = language === 'en' || !words || !Object.hasOwn(words, id) ? undefined : words[id];
    if (known !== undefined) return { text: known };
    return language === 'en' ? { text: summary } : { text: summary, lang: 'en' };
  };
}
