import { Fragment, useCallback, useSyncExternalStore } from 'react';
import { useLanguage } from '../index.tsx';
import type { Translate } from '../refusals/refusal.ts';
import { type Part, partsOf } from './parts.ts';

/** Fetched when somebody who reads the language meets the first such text. */
const LANGUAGES: Readonly<Record<string, () => Promise<Translate>>> = {
  de: () => import('./sentences.de.ts').then(({ translate }) => translate),
};

const fetched = new Map<string, Translate | 'under way'>();
const listeners = new Set<() => void>();

function translateInto(language: string): Translate | undefined {
  const known = fetched.get(language);
  if (typeof known === 'function') return known;
  const load = LANGUAGES[language];
  if (!known && load) {
    fetched.set(language, 'under way');
    void load().then(
      (translate) => {
        fetched.set(language, translate);
        for (const listener of listeners) listener();
      },
      // without it the text is shown as it came; the next page tries again
      () => fetched.delete(language),
    );
  }
  return undefined;
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** What the product says in English of documents, expressions, imports and runs, in the reader's language as far as it is known. */
function useSaid(): (text: string) => Part[] {
  const { language } = useLanguage();
  const translate = useSyncExternalStore(subscribe, () => translateInto(language));
  return useCallback(
    (text) => (language === 'en' ? [{ text, isForeign: false }] : partsOf(text, translate ?? (() => undefined))),
    [language, translate],
  );
}

/** The same as one text, for names that screen readers say. */
export function useSaidText(): (text: string) => string {
  const said = useSaid();
  return useCallback(
    (text) =>
      said(text)
        .map((part) => part.text)
        .join(' '),
    [said],
  );
}

/** Such a text where it is shown; what has no translation says that it is English, unless people may have written it. */
export function Said({ text, isData = false }: { text: string; isData?: boolean }) {
  const said = useSaid();
  return said(text).map((part, at) => (
    // oxlint-disable-next-line react/no-array-index-key -- sentences of one text have only their place
    <Fragment key={at}>
      {at === 0 ? '' : ' '}
      {part.isForeign && !isData ? <span lang="en">{part.text}</span> : part.text}
    </Fragment>
  ));
}
