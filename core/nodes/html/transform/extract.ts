import { type CheerioAPI, load } from 'cheerio';
import { convert } from 'html-to-text';
import type { Json, JsonObject } from '../../../data/item.ts';
import { textOf } from '../../../data/text.ts';
import { putOwn } from '../../../data/path.ts';
import { NodeError, type NodeError as Failure } from '../../../node/kit.ts';
import { checkHtml } from '../../html-depth.ts';
import type { ExtractionParameters } from '../extraction.ts';

type Selection = ReturnType<CheerioAPI>;

/** Cheerio and html-to-text recurse, so that a page can be too deep for them in spite of the check. */
function tooDeep(error: unknown): Failure | undefined {
  return error instanceof RangeError ? new NodeError('html-too-deep', 'The HTML is nested too deeply.') : undefined;
}

/** One field for each value asked for; what the page does not have stays away. */
export function extractFrom(html: string, asked: ExtractionParameters): JsonObject {
  checkHtml(html);
  const page = load(html);
  const json: JsonObject = {};
  for (const value of asked.values) {
    const key = textOf(value['key']);
    try {
      const found = valueOf(page, value, asked);
      if (found !== undefined) putOwn(json, key, found);
    } catch (error) {
      throw tooDeep(error) ?? error;
    }
  }
  return json;
}

function valueOf(page: CheerioAPI, value: JsonObject, asked: ExtractionParameters): Json | undefined {
  const matches = select(page, textOf(value['cssSelector']));
  if (value['returnArray'] !== true) return tidy(read(matches.first(), matches, value, asked), asked);
  return matches.toArray().map((element) => {
    const one = page(element);
    return tidy(read(one, one, value, asked), asked) ?? null;
  });
}

function select(page: CheerioAPI, selector: string): Selection {
  try {
    return page(selector);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new NodeError('bad-selector', `"${selector.slice(0, 200)}" is not a CSS selector: ${message.slice(0, 200)}`, {
      description: 'Example: "article h2 > a.title".',
    });
  }
}

/** `all` are the matches of the selector: bare text joins them, everything else reads the first. */
function read(first: Selection, all: Selection, value: JsonObject, asked: ExtractionParameters): Json | undefined {
  if (first.length === 0) return undefined;
  switch (value['returnValue'] ?? 'text') {
    case 'attribute': {
      const name = textOf(value['attribute']);
      if (name !== '') return first.attr(name);
      return { ...first.attr() };
    }
    case 'html':
      return first.html() ?? undefined;
    case 'value': {
      const found = first.val();
      return Array.isArray(found) ? [...found] : found;
    }
    default:
      return asked.laidOut ? laidOut(first.html() ?? '', value['skipSelectors']) : all.text();
  }
}

function laidOut(html: string, skip: Json | undefined): string {
  const skipped = typeof skip === 'string' ? skip.split(',').map((selector) => selector.trim()) : [];
  const selectors = skipped.filter(Boolean).map((selector) => ({ selector, format: 'skip' }));
  try {
    // Lines are as long as they are: a fixed width is for e-mail.
    return convert(html, { selectors, wordwrap: false });
  } catch (error) {
    if (error instanceof RangeError || selectors.length === 0) throw error;
    throw new NodeError('bad-selector', `"${textOf(skip).slice(0, 200)}" is not a list of CSS selectors.`);
  }
}

function tidy(found: Json | undefined, { trim, cleanUp }: ExtractionParameters): Json | undefined {
  if (typeof found !== 'string') return found;
  const trimmed = trim ? found.trim() : found;
  if (!cleanUp) return trimmed;
  return trimmed
    .trim()
    .replace(/[\r\n]+/g, '')
    .replace(/\s+/g, ' ');
}
