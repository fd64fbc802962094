import type { Page } from 'playwright-core';

/**
 * What somebody reads or hears on a page: its texts, names and placeholders. Left out is what says itself that it is in
 * another language (`lang`), what is code or a moment, and what people typed.
 */
export async function wordsOn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const said = new Set<string>();
    const other = `[lang]:not([lang="${document.documentElement.lang}"])`;
    const isLeftOut = (element: Element | null): boolean =>
      element?.closest(`${other}, code, pre, time, .cm-editor, script, style, textarea, noscript`) !== null;
    const add = (text: string | null, element: Element | null): void => {
      const words = (text ?? '').replaceAll(/\s+/g, ' ').trim();
      if (words !== '' && !isLeftOut(element)) said.add(words);
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) add(walker.currentNode.textContent, walker.currentNode.parentElement);
    const names = ['aria-label', 'title', 'placeholder', 'alt', 'aria-description'];
    for (const element of document.body.querySelectorAll(names.map((name) => `[${name}]`).join())) {
      for (const name of names) add(element.getAttribute(name), element);
    }
    add(document.title, document.body);
    return [...said];
  });
}

/** Words that only English has: no German sentence holds one. */
const ENGLISH =
  /(?<![\p{L}$.'’/-])(the|is|are|of|and|this|that|with|not|you|your|has|been|to|for|cannot|must|which|from|were|there|when|what|every|each)(?![\p{L}'’/-])/iu;
const WORD = /\p{L}{2,}/gu;
/** Ids, scopes and addresses within a text. */
const CODES = /\b[a-z]+_[\w-]+|[\w*-]+:[a-z*]+|(?:^|(?<=\s))\/\S+/g;

/**
 * What a page in another language has of the English one: sentences, and where more than one word is the same. `data`
 * are texts of people, which stand for themselves wherever they occur.
 */
export function leaksIn(words: readonly string[], english: readonly string[], data: readonly string[]): string[] {
  const same = new Set(english);
  const known = [...new Set(data)].filter((each) => each.length > 2).sort((a, b) => b.length - a.length);
  const isOurs = (text: string): boolean => {
    const rest = known.reduce((left, each) => left.replaceAll(each, '·'), text).replaceAll(CODES, '·');
    return ENGLISH.test(rest) || (same.has(text) && new Set(rest.match(WORD) ?? []).size > 1);
  };
  return words.filter(isOurs);
}
