import type { Json } from '../data/item.ts';
import { getPath } from '../data/path.ts';

/** Where services put the text of one event of a stream, or of a whole answer. The first that is there counts. */
const PLACES: readonly (readonly string[])[] = [
  // chat completions, and what speaks like them
  ['choices', '0', 'delta', 'content'],
  ['choices', '0', 'message', 'content'],
  ['choices', '0', 'text'],
  // messages in blocks
  ['delta', 'text'],
  ['delta', 'message', 'content', 'text'],
  ['candidates', '0', 'content', 'parts', '0', 'text'],
  ['content', '0', 'text'],
  ['message', 'content'],
  ['response'],
  ['output', '0', 'content', '0', 'text'],
  ['output'],
  ['token', 'text'],
  ['content'],
  ['text'],
];

function textIn(value: Json): string {
  if (typeof value === 'string') return value;
  // a word of plain text that happens to be JSON
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const type = getPath(value, ['type']);
  const delta = getPath(value, ['delta']);
  // events that carry the whole again when it is complete would say it twice
  if (typeof type === 'string' && type.startsWith('response.')) {
    return type === 'response.output_text.delta' && typeof delta === 'string' ? delta : '';
  }
  for (const place of PLACES) {
    const found = getPath(value, [...place]);
    if (typeof found === 'string') return found;
  }
  return '';
}

/** What a stream says instead of going on. */
function failureIn(value: Json): string | undefined {
  const error = getPath(value, ['error']);
  if (error === undefined || error === null || error === false) return undefined;
  const message = typeof error === 'string' ? error : getPath(error, ['message']);
  return typeof message === 'string' ? message : JSON.stringify(error);
}

/**
 * The text that a response tells piece by piece: server-sent events, or JSON a line, of services known by the form of
 * their events; any other text as it is. Fed with pieces cut anywhere.
 */
export class SpokenText {
  text = '';
  /** What the stream said went wrong. */
  failure: string | undefined;
  private readonly kind: 'events' | 'lines' | 'json' | 'text';
  private rest = '';
  /** Half of a line break, or a whole one: the next piece shows. */
  private half = '';
  private data: string[] = [];

  /** `type`: of the response. */
  constructor(type: string) {
    const [plain = ''] = type.toLowerCase().split(';');
    if (plain.trim() === 'text/event-stream') this.kind = 'events';
    else if (/(x-ndjson|ndjson|jsonl|jsonlines|json-seq|stream\+json)\s*$/.test(plain)) this.kind = 'lines';
    else this.kind = /[/+]json\s*$/.test(plain) ? 'json' : 'text';
  }

  push(piece: string): void {
    if (this.kind === 'text') {
      this.text += piece;
      return;
    }
    if (this.kind === 'json') {
      this.rest += piece;
      return;
    }
    // only what is new is looked through: a line may be as long as the whole answer
    const fresh = this.half + piece;
    this.half = fresh.endsWith('\r') ? '\r' : '';
    const [first = '', ...lines] = fresh.slice(0, fresh.length - this.half.length).split(/\r\n|\n|\r/);
    this.rest += first;
    for (const line of lines) {
      this.line(this.rest);
      this.rest = line;
    }
  }

  /** Nothing more comes. */
  end(): void {
    if (this.kind === 'json') this.take(this.rest);
    else if (this.rest !== '') this.line(this.rest);
    if (this.data.length > 0) this.line('');
    this.rest = '';
  }

  private line(line: string): void {
    if (this.kind === 'lines') {
      this.take(line);
    } else if (line === '') {
      const data = this.data.join('\n');
      this.data = [];
      this.take(data);
    } else if (line.startsWith('data:')) {
      this.data.push(line.slice(line.startsWith('data: ') ? 6 : 5));
    }
  }

  private take(data: string): void {
    if (data.trim() === '' || data.trim() === '[DONE]') return;
    let value: Json;
    try {
      value = JSON.parse(data) as Json;
    } catch {
      this.text += data;
      return;
    }
    this.failure ??= failureIn(value);
    this.text += textIn(value);
  }
}
