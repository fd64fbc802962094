import { DateTime } from 'luxon';
import type { Json, JsonObject } from '../../../data/item.ts';
import { putOwn } from '../../../data/path.ts';
import { NodeError } from '../../../node/kit.ts';
import { isObject } from '../../field-list.ts';
import { readXml } from '../../xml/transform/read.ts';
import { snippetOf } from './snippet.ts';

const MAX_ENTRIES = 10_000;

/** Elements copied as they are, in n8n's order: [element, field]. A later one of the same field wins. */
const COPIED: readonly (readonly [element: string, field: string])[] = [
  ['author', 'creator'],
  ['dc:creator', 'creator'],
  ['dc:date', 'date'],
  ['dc:language', 'language'],
  ['dc:rights', 'rights'],
  ['dc:source', 'source'],
  ['dc:title', 'title'],
  ['title', 'title'],
  ['link', 'link'],
  ['pubDate', 'pubDate'],
  ['author', 'author'],
  ['summary', 'summary'],
  ['content:encoded', 'content:encoded'],
  ['dc:creator', 'dc:creator'],
  ['dc:date', 'dc:date'],
  ['comments', 'comments'],
];
const ITUNES = [
  'author',
  'subtitle',
  'summary',
  'explicit',
  'duration',
  'image',
  'episode',
  'season',
  'keywords',
  'episodeType',
];

const all = (of: Json | undefined, name: string): Json[] => {
  const value = isObject(of) && Object.hasOwn(of, name) ? of[name] : undefined;
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
};
const first = (of: Json | undefined, name: string): Json | undefined => all(of, name)[0];

/** The text of an element that may have attributes; undefined for one that holds elements. */
function textOf(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value;
  if (isObject(value) && typeof value['_'] === 'string') return value['_'];
  return undefined;
}

const attribute = (value: Json | undefined, name: string): string | undefined => {
  const attributes = isObject(value) ? value['$'] : undefined;
  const found = isObject(attributes) && Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  return typeof found === 'string' ? found : undefined;
};

/** Dates without a zone are read as UTC, never in the host's. */
function isoOf(text: string | undefined): string | undefined {
  const date = text?.trim();
  if (date === undefined || date === '') return undefined;
  for (const read of [DateTime.fromISO(date, { zone: 'utc' }), DateTime.fromRFC2822(date, { zone: 'utc' })]) {
    if (read.isValid) return read.toUTC().toISO() ?? undefined;
  }
  const at = Date.parse(/[+-]\d{2}:?\d{2}$|\b(?:Z|[A-Z]{3,4})$/.test(date) ? date : `${date} UTC`);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}

/** Entries of RSS 0.9, 1.0 (RDF), 2.0 and Atom feeds, with the fields n8n's node gives them. */
export function entriesOf(text: string, custom: readonly string[]): JsonObject[] {
  const root = readXml(text, { explicitArray: true, mergeAttrs: false });
  const feed = first(root ?? undefined, 'feed');
  if (feed !== undefined) return bounded(all(feed, 'entry')).map((entry) => atomEntry(entry, custom));
  const rss = first(root ?? undefined, 'rss');
  const rdf = first(root ?? undefined, 'rdf:RDF');
  if (rss === undefined && rdf === undefined) {
    throw new NodeError('no-feed', 'Feed not recognized as RSS 1 or 2.', {
      description: 'The answer is XML, but no feed. Look for the address of the feed in the page.',
    });
  }
  const channel = first(rss ?? rdf, 'channel');
  const items = all(channel, 'item');
  return bounded(items.length > 0 ? items : all(rdf, 'item')).map((item) => rssEntry(item, custom));
}

function bounded(entries: Json[]): Json[] {
  if (entries.length <= MAX_ENTRIES) return entries;
  throw new NodeError('feed-too-large', `The feed has more than ${MAX_ENTRIES} entries.`);
}

function copy(from: Json, to: JsonObject, custom: readonly string[]): void {
  for (const [element, field] of [...COPIED, ...custom.map((name) => [name, name] as const)]) {
    const value = first(from, element);
    if (value !== undefined) putOwn(to, field, textOf(value) ?? value);
  }
  const encoded = to['content:encoded'];
  if (typeof encoded === 'string') to['content:encodedSnippet'] = snippetOf(encoded);
}

function rssEntry(item: Json, custom: readonly string[]): JsonObject {
  const json: JsonObject = {};
  copy(item, json, custom);
  const enclosure = first(item, 'enclosure');
  if (isObject(enclosure) && isObject(enclosure['$'])) json['enclosure'] = enclosure['$'];
  describe(json, first(item, 'description'));
  const guid = textOf(first(item, 'guid'));
  if (guid !== undefined) json['guid'] = guid;
  const categories = all(item, 'category');
  if (categories.length > 0) json['categories'] = categories;
  const iso = isoOf(dateText(json));
  if (iso !== undefined) json['isoDate'] = iso;
  itunes(item, json);
  return json;
}

const dateText = (json: JsonObject): string | undefined => {
  const date = json['pubDate'] ?? json['date'];
  return typeof date === 'string' ? date : undefined;
};

function describe(json: JsonObject, content: Json | undefined): void {
  const text = textOf(content);
  if (text === undefined) return;
  json['content'] = text;
  json['contentSnippet'] = snippetOf(text);
}

function itunes(item: Json, json: JsonObject): void {
  const found: JsonObject = {};
  for (const name of ITUNES) {
    const value = first(item, `itunes:${name}`);
    const text = textOf(value) ?? attribute(value, 'href');
    if (text !== undefined) found[name] = text;
  }
  if (Object.keys(found).length > 0) json['itunes'] = found;
}

function atomEntry(entry: Json, custom: readonly string[]): JsonObject {
  const json: JsonObject = {};
  copy(entry, json, custom);
  for (const name of ['title', 'summary', 'id'] as const) {
    const text = textOf(first(entry, name));
    if (text !== undefined) json[name] = text;
  }
  delete json['link'];
  const links = all(entry, 'link');
  const link = links.find((one) => (attribute(one, 'rel') ?? 'alternate') === 'alternate') ?? links[0];
  const href = attribute(link, 'href');
  if (href !== undefined) json['link'] = href;
  const date = isoOf(textOf(first(entry, 'published'))) ?? isoOf(textOf(first(entry, 'updated')));
  if (date !== undefined) json['pubDate'] = date;
  delete json['creator'];
  const author = textOf(first(first(entry, 'author'), 'name'));
  if (author !== undefined) json['author'] = author;
  else delete json['author'];
  describe(json, first(entry, 'content'));
  if (date !== undefined) json['isoDate'] = date;
  return json;
}
