import { NodeError } from '../../../../core/node/kit.ts';
import { EgressError } from '../../egress/error.ts';
import { type Lines, utf8Of } from '../../lines.ts';
import { base64 } from '../../credentials.ts';

interface Reply {
  code: number;
  lines: string[];
}

interface Envelope {
  from: string;
  to: string[];
}

export interface Sent {
  accepted: string[];
  rejected: string[];
  response: string;
}

/** A client of RFC 5321 with AUTH PLAIN and LOGIN, STARTTLS, SIZE and SMTPUTF8. */
export class SmtpClient {
  #lines: Lines;
  #name: string;
  #extensions = new Map<string, string>();

  constructor(lines: Lines, name: string) {
    this.#lines = lines;
    this.#name = /^[A-Za-z0-9.\-[\]:]{1,255}$/.test(name) ? name : '[127.0.0.1]';
  }

  get extensions(): readonly string[] {
    return [...this.#extensions.keys()];
  }

  /** Greets, and encrypts where the server can, unless told not to. */
  async open({ startTls }: { startTls: 'never' | 'offered' }): Promise<void> {
    await this.#expect(await this.#reply(), 220, 'greeting');
    await this.#hello();
    if (startTls === 'offered' && this.#extensions.has('STARTTLS')) {
      await this.#command('STARTTLS', 220);
      await this.#lines.startTls();
      await this.#hello();
    }
  }

  /** @throws NodeError `smtp-auth` when the server does not take it. */
  async login(user: string, password: string): Promise<void> {
    const methods = (this.#extensions.get('AUTH') ?? '').toUpperCase().split(/\s+/);
    let reply: Reply;
    if (methods.includes('PLAIN')) reply = await this.#say(`AUTH PLAIN ${base64(`\0${user}\0${password}`)}`);
    else if (methods.includes('LOGIN')) {
      await this.#command('AUTH LOGIN', 334);
      await this.#command(base64(user), 334);
      reply = await this.#say(base64(password));
    } else {
      throw new NodeError('smtp-auth', 'The mail server offers no way to log in that is known here (PLAIN, LOGIN).');
    }
    if (reply.code !== 235) {
      throw new NodeError('smtp-auth', `The mail server refused the user or password: ${textOf(reply)}`);
    }
  }

  async send(envelope: Envelope, message: string): Promise<Sent> {
    const addresses = [envelope.from, ...envelope.to];
    // oxlint-disable-next-line no-control-regex -- ASCII is what the extension is not needed for
    const wide = addresses.some((address) => /[^\u0000-\u007f]/.test(address));
    if (wide && !this.#extensions.has('SMTPUTF8')) {
      throw new NodeError('bad-address', 'The mail server cannot take addresses with letters beyond ASCII.');
    }
    const size = Number(this.#extensions.get('SIZE') ?? 0);
    if (size > 0 && message.length > size) {
      throw new NodeError('mail-too-large', `The mail has ${message.length} bytes; the server takes ${size}.`);
    }
    await this.#command(`MAIL FROM:<${envelope.from}>${wide ? ' SMTPUTF8' : ''}`, 250);
    const accepted: string[] = [];
    const rejected: string[] = [];
    let refusal = '';
    for (const to of envelope.to) {
      const reply = await this.#say(`RCPT TO:<${to}>`);
      if (reply.code >= 200 && reply.code < 300) accepted.push(to);
      else {
        rejected.push(to);
        refusal = textOf(reply);
      }
    }
    if (accepted.length === 0) {
      await this.#say('RSET');
      throw new NodeError('mail-refused', `The mail server takes none of the recipients: ${refusal}`);
    }
    await this.#command('DATA', 354);
    // A dot that starts a line is doubled; a lone one ends the message.
    const stuffed = message.replaceAll(/^\./gm, '..');
    await this.#lines.connection.write(new TextEncoder().encode(`${stuffed}.\r\n`));
    const reply = await this.#reply();
    await this.#expect(reply, 250, 'message');
    return { accepted, rejected, response: textOf(reply) };
  }

  async quit(): Promise<void> {
    await this.#lines.send('QUIT').catch(() => undefined);
  }

  async #hello(): Promise<void> {
    const reply = await this.#say(`EHLO ${this.#name}`);
    this.#extensions = new Map();
    if (reply.code !== 250) {
      await this.#command(`HELO ${this.#name}`, 250);
      return;
    }
    for (const line of reply.lines.slice(1)) {
      const [, keyword = '', rest = ''] = /^([\w-]+)[ =]?(.*)$/.exec(line) ?? [];
      this.#extensions.set(keyword.toUpperCase(), rest);
    }
  }

  async #say(line: string): Promise<Reply> {
    await this.#lines.send(line);
    return this.#reply();
  }

  async #command(line: string, wanted: number): Promise<Reply> {
    return this.#expect(await this.#say(line), wanted, line.split(/[ :]/)[0] ?? '');
  }

  #expect(reply: Reply, wanted: number, what: string): Reply {
    if (Math.floor(reply.code / 10) === Math.floor(wanted / 10)) return reply;
    const message = `The mail server answered to ${/^[A-Za-z]+$/.test(what) ? what : 'AUTH'}: ${textOf(reply)}`;
    if (reply.code >= 400 && reply.code < 500) throw new EgressError('mail-deferred', message, true);
    throw new NodeError('mail-refused', message);
  }

  async #reply(): Promise<Reply> {
    const lines: string[] = [];
    for (;;) {
      const line = await this.#lines.line();
      if (line === undefined) throw new EgressError('connect-failed', 'The mail server hung up', true);
      const [, code, more, text = ''] = /^(\d{3})([ -]?)(.*)$/.exec(line) ?? [];
      if (code === undefined || lines.length > 100) {
        throw new EgressError(
          'bad-protocol',
          `This is no mail server; it says ${JSON.stringify(line.slice(0, 80))}`,
          false,
        );
      }
      lines.push(utf8Of(text));
      if (more !== '-') return { code: Number(code), lines };
    }
  }
}

const textOf = ({ code, lines }: Reply): string => `${code} ${lines.join(' ')}`.slice(0, 500);
