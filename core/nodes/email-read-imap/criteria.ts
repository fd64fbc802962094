import type { Json } from '../../data/item.ts';
import { NodeError } from '../../node/kit.ts';

/** One word of an IMAP SEARCH command: a keyword or number as it is, or a string to be quoted. */
export type SearchKey = { word: string } | { text: string };

/** How many arguments each key of RFC 3501 §6.4.4 takes, and of which kind. */
const KEYS: Readonly<Record<string, readonly ('text' | 'date' | 'number' | 'uids')[]>> = {
  ...Object.fromEntries(
    'ALL ANSWERED DELETED DRAFT FLAGGED NEW OLD RECENT SEEN UNANSWERED UNDELETED UNDRAFT UNFLAGGED UNSEEN'
      .split(' ')
      .map((key) => [key, []]),
  ),
  ...Object.fromEntries(
    'BCC BODY CC FROM SUBJECT TEXT TO KEYWORD UNKEYWORD'.split(' ').map((key) => [key, ['text'] as const]),
  ),
  ...Object.fromEntries(
    'BEFORE ON SENTBEFORE SENTON SENTSINCE SINCE'.split(' ').map((key) => [key, ['date'] as const]),
  ),
  LARGER: ['number'],
  SMALLER: ['number'],
  HEADER: ['text', 'text'],
  UID: ['uids'],
};
const MAX_DEPTH = 16;
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/**
 * Reads "custom email rules": `["UNSEEN", ["SINCE", "May 20, 2026"], ["!FROM", "x"], ["OR", "UNSEEN", ["TO", "y"]]]`.
 * @throws NodeError `bad-criteria`.
 */
export function readCriteria(raw: Json | undefined): SearchKey[] {
  let rules: Json = raw ?? ['UNSEEN'];
  if (typeof raw === 'string') {
    if (raw.trim() === '') return readCriteria(['UNSEEN']);
    try {
      rules = JSON.parse(raw) as Json;
    } catch {
      throw wrong('The custom email rules are no JSON.');
    }
  }
  if (!Array.isArray(rules)) throw wrong('The custom email rules are no list.');
  const words = rules.flatMap((rule) => readRule(rule, 0));
  return words.length === 0 ? [{ word: 'ALL' }] : words;
}

function readRule(rule: Json, depth: number): SearchKey[] {
  const [head, ...rest] = Array.isArray(rule) ? rule : [rule];
  if (typeof head !== 'string' || depth > MAX_DEPTH) {
    throw wrong(`No email rule: ${JSON.stringify(rule).slice(0, 100)}`);
  }
  const not = head.startsWith('!');
  const key = head.replace(/^!/, '').trim().toUpperCase();
  const before: SearchKey[] = not ? [{ word: 'NOT' }] : [];
  if (key === 'OR' && rest.length === 2) {
    // The parentheses keep NOT over both.
    const sides = rest.flatMap((side) => [{ word: '(' }, ...readRule(side ?? null, depth + 1), { word: ')' }]);
    return [...before, { word: '(' }, { word: 'OR' }, ...sides, { word: ')' }];
  }
  const kinds = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
  if (!kinds) throw wrong(`There is no email rule ${JSON.stringify(head.slice(0, 60))}.`);
  if (kinds.length !== rest.length && !(key === 'UID' && rest.length > 0)) {
    throw wrong(`The email rule ${key} takes ${kinds.length} values, not ${rest.length}.`);
  }
  if (key === 'UID') return [...before, { word: key }, uids(rest)];
  return [...before, { word: key }, ...kinds.map((kind, at) => argument(kind, rest[at] ?? null, key))];
}

function argument(kind: string, value: Json, key: string): SearchKey {
  if (kind === 'text') return { text: typeof value === 'string' ? value : String(value) };
  if (kind === 'number') {
    const number = Number(value);
    if (Number.isInteger(number) && number >= 0) return { word: String(number) };
    throw wrong(`The email rule ${key} takes a number.`);
  }
  const text = String(value);
  // A date without an offset means that day, wherever this runs: IMAP searches by day.
  const plain = /^(\d{4})-(\d{2})-(\d{2})/.exec(text);
  const at = plain ? Date.UTC(Number(plain[1]), Number(plain[2]) - 1, Number(plain[3])) : Date.parse(`${text} UTC`);
  const parsed = Number.isNaN(at) ? Date.parse(text) : at;
  if (Number.isNaN(parsed)) {
    throw wrong(`The email rule ${key} takes a date, not ${JSON.stringify(text.slice(0, 60))}.`);
  }
  const day = new Date(parsed);
  return { word: `${day.getUTCDate()}-${MONTHS[day.getUTCMonth()]}-${day.getUTCFullYear()}` };
}

function uids(values: readonly Json[]): SearchKey {
  const text = values.flat().map(String).join(',').replaceAll(/\s+/g, '');
  if (/^(\d+|\*)(:(\d+|\*))?(,(\d+|\*)(:(\d+|\*))?)*$/.test(text)) return { word: text };
  throw wrong('The email rule UID takes numbers and ranges such as 1:*.');
}

const wrong = (message: string): NodeError =>
  new NodeError('bad-criteria', message, {
    description: 'For example ["UNSEEN", ["SINCE", "May 20, 2026"], ["!FROM", "bot@example.com"]].',
  });
