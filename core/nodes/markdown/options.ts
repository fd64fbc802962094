import type { Json, JsonObject } from '../../data/item.ts';
import type { Field } from '../../node/kit.ts';

/** Options of Markdown to HTML that are switches. */
const SWITCHES: readonly (readonly [name: string, label: string])[] = [
  ['openLinksInNewWindow', 'Links open a new window'],
  ['simplifiedAutoLink', 'Link bare URLs'],
  ['backslashEscapesHTMLTags', 'Backslash escapes HTML'],
  ['completeHTMLDocument', 'A whole document'],
  ['customizedHeaderId', 'Header ids in braces'],
  ['emoji', 'Emoji names'],
  ['encodeEmails', 'Hide e-mail addresses'],
  ['excludeTrailingPunctuationFromURLs', 'URLs end before punctuation'],
  ['ghCodeBlocks', 'Fenced code blocks'],
  ['ghCompatibleHeaderId', 'Header ids like GitHub'],
  ['ghMentions', 'Link @mentions'],
  ['tasklists', 'Task lists'],
  ['requireSpaceBeforeHeadingText', 'Blank after #'],
  ['literalMidWordAsterisks', 'Asterisks inside words stay'],
  ['literalMidWordUnderscores', 'Underscores inside words stay'],
  ['noHeaderId', 'No header ids'],
  ['parseImgDimensions', 'Image sizes'],
  ['rawHeaderId', 'Keep header ids as written'],
  ['rawPrefixHeaderId', 'Keep the prefix as written'],
  ['simpleLineBreaks', 'Line ends are breaks'],
  ['smartIndentationFix', 'Mend indentation'],
  ['disableForced4SpacesIndentedSublists', 'Two blanks indent lists'],
  ['splitAdjacentBlockquotes', 'Split adjacent quotes'],
  ['strikethrough', 'Strike through'],
  ['tablesHeaderId', 'Ids of table headers'],
  ['tables', 'Tables'],
].map(([name = '', label = '']) => [name, label] as const);

export const fields: readonly Field[] = [
  {
    name: 'mode',
    label: 'Mode',
    type: 'options',
    default: 'htmlToMarkdown',
    options: ['htmlToMarkdown', 'markdownToHtml'],
  },
  { name: 'html', label: 'HTML', type: 'string', default: '', required: true },
  { name: 'markdown', label: 'Markdown', type: 'string', default: '', required: true },
  {
    name: 'destinationKey',
    label: 'Field for the result',
    type: 'string',
    default: 'data',
    description: 'Dots make a path.',
  },
  { name: 'options.bulletMarker', label: 'Bullet', type: 'string', default: '*' },
  { name: 'options.codeFence', label: 'Code fence', type: 'string', default: '```' },
  { name: 'options.emDelimiter', label: 'Emphasis', type: 'string', default: '_' },
  { name: 'options.strongDelimiter', label: 'Strong', type: 'string', default: '**' },
  {
    name: 'options.codeBlockStyle',
    label: 'Code blocks',
    type: 'options',
    default: 'fence',
    options: ['fence', 'indented'],
  },
  { name: 'options.globalEscape', label: 'Escape pattern', type: 'collection' },
  { name: 'options.lineStartEscape', label: 'Line start escape pattern', type: 'collection' },
  {
    name: 'options.ignore',
    label: 'Elements to leave out',
    type: 'string',
    default: '',
    description: 'Names of elements, separated by commas.',
  },
  { name: 'options.blockElements', label: 'Elements of their own line', type: 'string', default: '' },
  { name: 'options.keepDataImages', label: 'Keep inline images', type: 'boolean', default: false },
  { name: 'options.maxConsecutiveNewlines', label: 'Blank lines at most', type: 'number', default: 3 },
  { name: 'options.textReplace', label: 'Replace in texts', type: 'collection', description: 'pattern, replacement.' },
  { name: 'options.useLinkReferenceDefinitions', label: 'Links below the text', type: 'boolean', default: false },
  ...SWITCHES.map(([name, label]): Field => ({ name: `options.${name}`, label, type: 'boolean', default: false })),
  { name: 'options.ghMentionsLink', label: 'Mention link', type: 'string', default: 'https://github.com/{u}' },
  { name: 'options.headerLevelStart', label: 'First header level', type: 'number', default: 1 },
  { name: 'options.prefixHeaderId', label: 'Header id prefix', type: 'string', default: 'section' },
];

export const textOption = (options: JsonObject, name: string): string | undefined => {
  const value: Json | undefined = Object.hasOwn(options, name) ? options[name] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
};
