import { NodeHtmlMarkdown, type NodeHtmlMarkdownOptions } from 'node-html-markdown';
import { RE2JS } from 're2js';
import type { Json, JsonObject } from '../../../data/item.ts';
import { textOf } from '../../../data/text.ts';
import { NodeError } from '../../../node/kit.ts';
import { objectOf, objectsOf } from '../../field-list.ts';
import { checkHtml, withoutComments } from '../../html-depth.ts';
import { textOption } from '../options.ts';

/** The library copies the text so far at every element: 30,000 links in a row take a minute, 10,000 some seconds. */
const MAX_TAGS = 20_000;

type Replacement = [RegExp, string];

/** Removes what the library would otherwise leave at the top of the text; it loses this rule when it gets others. */
const DOCTYPE: Replacement = [/^<!DOCTYPE.*>/gim, ''];

/**
 * The library calls `text.replace(pattern, replacement)`, which asks the pattern to do it: authors' patterns run in RE2.
 */
function linear(pattern: string): RegExp {
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(pattern, RE2JS.MULTILINE);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new NodeError('bad-regex', `"${pattern.slice(0, 200)}" cannot be used as a pattern: ${message}`);
  }
  const replace = (text: string, replacement: string): string => compiled.matcher(text).replaceAll(replacement);
  return { [Symbol.replace]: replace } as unknown as RegExp;
}

/** Rules as files hold them: `{values: [{pattern, replacement}]}` or `{value: {pattern, replacement}}`. */
function rulesOf(raw: Json | undefined): Replacement[] {
  const { value, values } = objectOf(raw);
  return objectsOf(Array.isArray(values) ? values : [values ?? value ?? null])
    .filter(({ pattern }) => typeof pattern === 'string' && pattern !== '')
    .map(({ pattern, replacement }) => [linear(textOf(pattern)), textOf(replacement)]);
}

const names = (raw: string | undefined): string[] | undefined =>
  raw
    ?.split(',')
    .map((name) => name.trim())
    .filter(Boolean);

export function toMarkdown(html: string, options: JsonObject): string {
  const page = withoutComments(html);
  checkHtml(page, MAX_TAGS);
  const settings: { -readonly [K in keyof NodeHtmlMarkdownOptions]?: NodeHtmlMarkdownOptions[K] } = {};
  for (const name of ['bulletMarker', 'codeFence', 'emDelimiter', 'strongDelimiter'] as const) {
    const value = textOption(options, name);
    if (value !== undefined) settings[name] = value;
  }
  if (options['codeBlockStyle'] !== undefined) {
    settings.codeBlockStyle = options['codeBlockStyle'] === 'indented' ? 'indented' : 'fenced';
  }
  if (options['keepDataImages'] === true) settings.keepDataImages = true;
  if (options['useLinkReferenceDefinitions'] === true) {
    settings.useLinkReferenceDefinitions = true;
  }
  const lines = options['maxConsecutiveNewlines'];
  if (typeof lines === 'number' && lines >= 1) settings.maxConsecutiveNewlines = lines;
  const ignore = names(textOption(options, 'ignore'));
  if (ignore) settings.ignore = ignore;
  const blocks = names(textOption(options, 'blockElements'));
  if (blocks) settings.blockElements = blocks;
  const [everywhere] = rulesOf(options['globalEscape']);
  if (everywhere) settings.globalEscape = everywhere;
  const [lineStart] = rulesOf(options['lineStartEscape']);
  if (lineStart) settings.lineStartEscape = lineStart;
  const replaced = rulesOf(options['textReplace']);
  if (replaced.length > 0) settings.textReplace = [DOCTYPE, ...replaced];
  try {
    return NodeHtmlMarkdown.translate(page, settings);
  } catch (error) {
    if (error instanceof RangeError) throw new NodeError('html-too-deep', 'The HTML is nested too deeply.');
    throw error;
  }
}
