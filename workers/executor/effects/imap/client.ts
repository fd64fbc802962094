import { NodeError } from '../../../../core/node/kit.ts';
import type { SearchKey } from '../../../../core/nodes/email-read-imap/criteria.ts';
import { base64 } from '../../credentials.ts';
import { EgressError } from '../../egress/error.ts';
import { type Lines, utf8Of } from '../../lines.ts';
import { mailboxName } from './mailbox-name.ts';

/** A response as it came: text between literals, and the literals. */
interface Response {
  text: string;
  literals: Uint8Array<ArrayBuffer>[];
}

interface Selected {
  validity: number;
}

export interface Mail {
  uid: number;
  size: number;
  /** Undefined when the mail is too large: its head alone is in `head`. */
  bytes: Uint8Array<ArrayBuffer>;
  whole: boolean;
}

/** A search answers with every UID there is; more are left for the next time. */
const MAX_RESPONSES = 100_000;

/** A client of IMAP4rev1 (RFC 3501), as far as a mailbox is read: LOGIN, SELECT, UID SEARCH, FETCH and STORE. */
export class ImapClient {
  readonly #lines: Lines;
  #count = 0;
  #capabilities: ReadonlySet<string> = new Set();

  constructor(lines: Lines) {
    this.#lines = lines;
  }

  async open({ startTls }: { startTls: boolean }): Promise<void> {
    const { text } = await this.#response();
    if (!/^\* (OK|PREAUTH)\b/i.test(text)) {
      throw new EgressError(
        'bad-protocol',
        `This is no IMAP server; it says ${JSON.stringify(text.slice(0, 80))}`,
        false,
      );
    }
    await this.#readCapabilities();
    if (startTls && this.#capabilities.has('STARTTLS')) {
      await this.#command(['STARTTLS']);
      await this.#lines.startTls();
      await this.#readCapabilities();
    }
  }

  /** @throws NodeError `imap-auth`. */
  async login(user: string, password: string): Promise<void> {
    try {
      if (this.#capabilities.has('AUTH=PLAIN') && this.#capabilities.has('SASL-IR')) {
        await this.#command(['AUTHENTICATE', 'PLAIN', base64(`\0${user}\0${password}`)]);
      } else await this.#command(['LOGIN', { text: user }, { text: password }]);
    } catch (error) {
      if (!(error instanceof NodeError)) throw error;
      throw new NodeError('imap-auth', `The mail server refused the user or password: ${error.message}`);
    }
  }

  async select(mailbox: string, how: 'read' | 'write'): Promise<Selected> {
    const responses = await this.#command([how === 'read' ? 'EXAMINE' : 'SELECT', { text: mailboxName(mailbox) }]);
    const validity = responses.map(({ text }) => /\[UIDVALIDITY (\d+)\]/i.exec(text)?.[1]).find(Boolean);
    return { validity: Number(validity ?? 0) };
  }

  /** UIDs in ascending order. */
  async search(keys: readonly SearchKey[]): Promise<number[]> {
    // oxlint-disable-next-line no-control-regex -- ASCII is what needs no charset
    const wide = keys.some((key) => 'text' in key && /[^\u0000-\u007f]/.test(key.text));
    const charset = wide ? ['CHARSET', 'UTF-8'] : [];
    const words = keys.map((key) => ('word' in key ? key.word : key));
    const responses = await this.#command(['UID', 'SEARCH', ...charset, ...words]);
    const found = responses.flatMap(({ text }) => /^\* SEARCH\b(.*)$/i.exec(text)?.[1]?.trim().split(/\s+/) ?? []);
    return found
      .filter(Boolean)
      .map(Number)
      .filter(Number.isSafeInteger)
      .sort((a, b) => a - b);
  }

  /** One mail, not marked as read by it; undefined when it is gone. */
  async fetch(uid: number, maxBytes: number): Promise<Mail | undefined> {
    const sizes = await this.#command(['UID', 'FETCH', String(uid), '(UID RFC822.SIZE)']);
    const size = Number(sizes.map(({ text }) => /RFC822\.SIZE (\d+)/i.exec(text)?.[1]).find(Boolean) ?? 0);
    const whole = size <= maxBytes;
    const responses = await this.#command([
      'UID',
      'FETCH',
      String(uid),
      whole ? '(UID BODY.PEEK[])' : '(UID BODY.PEEK[HEADER])',
    ]);
    const bytes = responses.find(({ literals }) => literals.length > 0)?.literals[0];
    return bytes && { uid, size, bytes, whole };
  }

  async markRead(uids: readonly number[]): Promise<void> {
    await this.#command(['UID', 'STORE', uids.join(','), '+FLAGS.SILENT', '(\\Seen)']);
  }

  async logout(): Promise<void> {
    await this.#lines.send(`x${++this.#count} LOGOUT`).catch(() => undefined);
  }

  async #readCapabilities(): Promise<void> {
    const responses = await this.#command(['CAPABILITY']);
    const words = responses.flatMap(
      ({ text }) => /^\* CAPABILITY (.*)$/i.exec(text)?.[1]?.toUpperCase().split(' ') ?? [],
    );
    this.#capabilities = new Set(words);
  }

  /** Says one command and gives what came for it. Texts go as literals: nothing in them can be syntax. */
  async #command(words: readonly (string | { text: string })[]): Promise<Response[]> {
    const tag = `x${++this.#count}`;
    let line = tag;
    for (const word of words) {
      // No blanks inside parentheses: the grammar has none.
      const joint = line.endsWith('(') || word === ')' ? '' : ' ';
      if (typeof word === 'string') line += joint + word;
      else if (/^[A-Za-z0-9@._+-]{1,200}$/.test(word.text)) line += `${joint}"${word.text}"`;
      else {
        const bytes = new TextEncoder().encode(word.text);
        await this.#lines.send(`${line}${joint}{${bytes.byteLength}}`);
        const go = await this.#response();
        if (!go.text.startsWith('+')) throw this.#failure(go.text);
        await this.#lines.connection.write(bytes);
        line = '';
      }
    }
    await this.#lines.send(line);
    const responses: Response[] = [];
    for (;;) {
      const response = await this.#response();
      if (response.text.startsWith(`${tag} `)) {
        if (/^\S+ OK\b/i.test(response.text)) return responses;
        throw this.#failure(response.text.slice(tag.length + 1));
      }
      if (/^\* BYE\b/i.test(response.text)) throw this.#failure(response.text.slice(2));
      // A server that asks for more although there is nothing: an empty line ends an authentication.
      if (response.text.startsWith('+')) await this.#lines.send('');
      responses.push(response);
      if (responses.length > MAX_RESPONSES) {
        throw new EgressError('bad-protocol', 'The mail server does not come to an end', false);
      }
    }
  }

  #failure(text: string): Error {
    const message = utf8Of(text).slice(0, 300);
    if (/^BYE\b/i.test(text) || /\[(UNAVAILABLE|INUSE|SERVERBUG)\]/i.test(text)) {
      return new EgressError('imap-unavailable', `The mail server says: ${message}`, true);
    }
    return new NodeError('imap-refused', `The mail server says: ${message}`);
  }

  async #response(): Promise<Response> {
    let text = '';
    const literals: Uint8Array<ArrayBuffer>[] = [];
    for (;;) {
      const line = await this.#lines.line();
      if (line === undefined) throw new EgressError('connect-failed', 'The mail server hung up', true);
      const size = /\{(\d+)\}$/.exec(line)?.[1];
      if (size === undefined) return { text: text + line, literals };
      text += line.slice(0, -size.length - 2);
      literals.push(await this.#lines.bytes(Number(size)));
    }
  }
}
