import { NodeError } from '../../../core/node/kit.ts';
import type { OpenCredential } from '../../vault/resolver.ts';
import { checkPlace, textValue } from '../credentials.ts';
import { type Connection, egressConnect, type SocketTally } from '../egress/connect.ts';
import { EgressError } from '../egress/error.ts';
import { latin1, Lines, utf8Of } from '../lines.ts';
import type { ExecutorPorts, PerformRequest } from '../ports.ts';
import { type Entry, type Files, joined, MAX_REMOTE_FILE_BYTES, tooLarge } from '../ssh/files.ts';
import { readListing } from './listing.ts';

const LIMITS = { timeoutMs: 280_000, maxBytes: 16 * 1024 * 1024 };
const MAX_LISTING_BYTES = 8 * 1024 * 1024;
const WRITE_BYTES = 64 * 1024;

interface Reply {
  code: number;
  text: string;
}

/**
 * FTP (RFC 959) in passive mode, binary, logged in. Data connections go to the host of the control connection, whatever
 * address the server names: it must not make us connect elsewhere.
 */
export class FtpFiles implements Files {
  readonly #lines: Lines;
  readonly #control: Connection;
  readonly #connect: (port: number, maxBytes: number) => Promise<Connection>;
  /** A transfer began: the server says how it ended, also when it was broken off here. */
  #owesReply = false;

  private constructor(control: Connection, connect: (port: number, maxBytes: number) => Promise<Connection>) {
    this.#control = control;
    this.#lines = new Lines(control);
    this.#connect = connect;
  }

  /** @throws EgressError, NodeError `ftp-auth`. */
  static async open(
    credential: OpenCredential,
    { request, ports, tally }: { request: PerformRequest; ports: ExecutorPorts; tally: SocketTally },
  ): Promise<FtpFiles> {
    const { policy } = request;
    const [host, port] = [textValue(credential, 'host'), Number(credential.values.get('port') ?? 21)];
    checkPlace(credential, { host, port });
    const connect = (to: number, maxBytes: number): Promise<Connection> =>
      egressConnect(
        { protocol: 'ftp', host, port: to, tls: 'off' },
        policy,
        { ...LIMITS, maxBytes, tally },
        ports.egress,
      );
    const files = new FtpFiles(await connect(port, LIMITS.maxBytes), connect);
    try {
      await files.#login(textValue(credential, 'username') || 'anonymous', textValue(credential, 'password'));
    } catch (error) {
      await files.close();
      throw error;
    }
    return files;
  }

  async #login(user: string, password: string): Promise<void> {
    expect(await this.#reply(), [220], 'The FTP server does not greet');
    let reply = await this.#say(`USER ${user}`);
    if (reply.code === 331) reply = await this.#say(`PASS ${password}`);
    if (reply.code !== 230 && reply.code !== 202) {
      throw new NodeError('ftp-auth', `The FTP server refused the user or password: ${reply.text}`);
    }
    await this.#say('OPTS UTF8 ON');
    expect(await this.#say('TYPE I'), [200], 'The FTP server has no binary mode');
  }

  async list(path: string): Promise<Entry[]> {
    const before = await this.#say('PWD');
    const home = /"((?:[^"]|"")*)"/.exec(before.text)?.[1]?.replaceAll('""', '"');
    // Listing "-a" would be an option: the folder is entered, then listed without an argument.
    expect(await this.#say(`CWD ${path}`), [250], path);
    const bytes = await this.#receive('LIST', path, MAX_LISTING_BYTES);
    if (home !== undefined) await this.#say(`CWD ${home}`);
    return readListing(utf8Of(latin1(bytes)), path);
  }

  async read(path: string): Promise<Uint8Array<ArrayBuffer>> {
    return this.#receive(`RETR ${path}`, path, MAX_REMOTE_FILE_BYTES);
  }

  async write(path: string, bytes: Uint8Array): Promise<void> {
    const data = await this.#passive(LIMITS.maxBytes);
    try {
      await this.#begin(`STOR ${path}`, path);
      for (let at = 0; at < bytes.byteLength; at += WRITE_BYTES) await data.write(bytes.subarray(at, at + WRITE_BYTES));
      await data.finish();
    } finally {
      await data.close();
    }
    expect(await this.#ended(), [226, 250], path);
  }

  async rename(from: string, to: string): Promise<void> {
    expect(await this.#say(`RNFR ${from}`), [350], from);
    expect(await this.#say(`RNTO ${to}`), [250], to);
  }

  async remove(path: string): Promise<void> {
    expect(await this.#say(`DELE ${path}`), [250], path);
  }

  async removeFolder(path: string): Promise<void> {
    expect(await this.#say(`RMD ${path}`), [250], path);
  }

  async makeFolder(path: string): Promise<void> {
    expect(await this.#say(`MKD ${path}`), [257], path);
  }

  async close(): Promise<void> {
    await this.#lines.send('QUIT').catch(() => undefined);
    await this.#control.close();
  }

  async #receive(command: string, path: string, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
    const data = await this.#passive(maxBytes);
    const chunks: Uint8Array[] = [];
    let size = 0;
    try {
      await this.#begin(command, path);
      for (let chunk = await data.read(); chunk; chunk = await data.read()) {
        chunks.push(chunk);
        size += chunk.byteLength;
      }
    } catch (error) {
      throw error instanceof EgressError && error.code === 'response-too-large' ? tooLarge(path) : error;
    } finally {
      await data.close();
    }
    expect(await this.#ended(), [226, 250], path);
    return joined(chunks, size);
  }

  /** Opens a data connection: EPSV (RFC 2428), else PASV. */
  async #passive(maxBytes: number): Promise<Connection> {
    const extended = await this.#say('EPSV');
    const port = extended.code === 229 ? /\(\|\|\|(\d+)\|\)/.exec(extended.text)?.[1] : undefined;
    if (port !== undefined) return this.#connect(Number(port), maxBytes);
    const passive = await this.#say('PASV');
    const [, high, low] = /\d+,\d+,\d+,\d+,(\d+),(\d+)/.exec(passive.text) ?? [];
    if (passive.code !== 227 || high === undefined || low === undefined) {
      throw new NodeError('ftp-passive', `The FTP server has no passive mode: ${passive.text}`);
    }
    return this.#connect(Number(high) * 256 + Number(low), maxBytes);
  }

  async #begin(command: string, path: string): Promise<void> {
    expect(await this.#say(command), [125, 150], path);
    this.#owesReply = true;
  }

  #ended(): Promise<Reply> {
    this.#owesReply = false;
    return this.#reply();
  }

  async #say(line: string): Promise<Reply> {
    if (this.#owesReply) await this.#ended();
    await this.#lines.send(line);
    return this.#reply();
  }

  async #reply(): Promise<Reply> {
    const texts: string[] = [];
    let code: string | undefined;
    for (;;) {
      const line = await this.#lines.line();
      if (line === undefined) throw new EgressError('connect-failed', 'The FTP server hung up', true);
      const [, own, more, text = ''] = /^(\d{3})([ -])(.*)$/.exec(line) ?? [];
      if (code === undefined && own === undefined) {
        throw new EgressError(
          'bad-protocol',
          `This is no FTP server; it says ${JSON.stringify(line.slice(0, 80))}`,
          false,
        );
      }
      code ??= own;
      texts.push(utf8Of(own === code ? text : line));
      if (own === code && more === ' ') return { code: Number(code), text: texts.join(' ').slice(0, 500) };
      if (texts.length > 1_000) throw new EgressError('bad-protocol', 'The FTP server does not come to an end', false);
    }
  }
}

function expect(reply: Reply, wanted: readonly number[], what: string): void {
  if (wanted.includes(reply.code)) return;
  const message = `${what}: ${reply.code} ${reply.text}`;
  // 4xx may pass (RFC 959): no room, no connection, busy.
  if (reply.code >= 400 && reply.code < 500) throw new EgressError('ftp-deferred', message, true);
  throw new NodeError('remote-file', message);
}
