import {
  BindRequest,
  ExtendedRequest,
  MessageParser,
  SearchEntry,
  SearchReference,
  SearchRequest,
  UnbindRequest,
} from 'ldapts';
import type { Filter, Message, MessageResponse } from 'ldapts';
import type { Connection } from '../../executor/egress/connect.ts';
import { EgressError } from '../../executor/egress/error.ts';
import { LdapError } from './error.ts';

const START_TLS = '1.3.6.1.4.1.1466.20037';
const SUCCESS = 0;
const SIZE_LIMIT_EXCEEDED = 4;
const INVALID_CREDENTIALS = 49;

export interface Entry {
  dn: string;
  /** By lower-case name; a Map, since names are the server's. */
  values: ReadonlyMap<string, readonly string[]>;
  bytes: ReadonlyMap<string, readonly Uint8Array[]>;
}

export interface Search {
  baseDN: string;
  filter: Filter;
  attributes: string[];
  sizeLimit: number;
}

/** One conversation with a directory: one request at a time, as much of RFC 4511 as signing in needs. */
export class LdapClient {
  readonly #connection: Connection;
  readonly #parser = new MessageParser();
  readonly #arrived: MessageResponse[] = [];
  #fault: Error | undefined;
  #lastId = 0;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#parser.on('message', (message) => this.#arrived.push(message));
    this.#parser.on('error', (error) => (this.#fault ??= error));
  }

  /** @throws LdapError `ldap-server` when the directory does not want to. */
  async startTls(): Promise<void> {
    const messageId = this.#nextId();
    const { status } = await this.#ask(new ExtendedRequest({ messageId, oid: START_TLS }), messageId);
    // Whatever was said in the clear after the answer is an attacker's.
    if (status !== SUCCESS || this.#arrived.length > 0) {
      throw new LdapError('ldap-server', `The directory does not take StartTLS (result ${status})`);
    }
    await this.#connection.startTls();
  }

  /** False when the directory does not know the pair. @throws LdapError for any other answer. */
  async bind(dn: string, password: string): Promise<boolean> {
    // LDP2: an empty one would be an anonymous bind, which succeeds.
    if (password === '') return false;
    const messageId = this.#nextId();
    const { status } = await this.#ask(new BindRequest({ messageId, dn, password }), messageId);
    if (status === SUCCESS) return true;
    if (status === INVALID_CREDENTIALS) return false;
    throw new LdapError('ldap-server', `The directory answered a bind with result ${status}`);
  }

  /** At most `sizeLimit` entries below a name. */
  async search({ baseDN, filter, attributes, sizeLimit }: Search): Promise<Entry[]> {
    const messageId = this.#nextId();
    const request = new SearchRequest({
      messageId,
      baseDN,
      scope: 'sub',
      filter,
      attributes,
      sizeLimit,
      timeLimit: 10,
    });
    const entries: Entry[] = [];
    await this.#send(request);
    for (;;) {
      const answer = await this.#next(messageId);
      if (answer instanceof SearchEntry) {
        if (entries.length < sizeLimit) entries.push(entryOf(answer));
      } else if (!(answer instanceof SearchReference)) {
        if (answer.status === SUCCESS || answer.status === SIZE_LIMIT_EXCEEDED) return entries;
        throw new LdapError(
          'ldap-server',
          `The directory answered a search with result ${answer.status}; is the base right?`,
        );
      }
    }
  }

  async close(): Promise<void> {
    await this.#send(new UnbindRequest({ messageId: this.#nextId() })).catch(() => undefined);
    await this.#connection.close();
  }

  #nextId(): number {
    this.#lastId++;
    return this.#lastId;
  }

  async #ask(request: Message, messageId: number): Promise<MessageResponse> {
    await this.#send(request);
    return this.#next(messageId);
  }

  async #send(request: Message): Promise<void> {
    await this.#connection.write(Uint8Array.from(request.write()));
  }

  async #next(messageId: number): Promise<MessageResponse> {
    for (;;) {
      if (this.#fault) throw new LdapError('ldap-server', 'This is no directory: its answer cannot be read');
      const answer = this.#arrived.shift();
      if (answer) {
        if (answer.messageId === messageId) return answer;
        throw new LdapError('ldap-server', `The directory ended the conversation (result ${answer.status})`);
      }
      const bytes = await this.#connection.read();
      if (!bytes) throw new EgressError('connect-failed', 'The directory hung up', true);
      this.#parser.read(bufferOf(bytes), new Map());
    }
  }
}

/** ldapts asks for Node's kind of bytes, which Workers have as a global. */
function bufferOf(bytes: Uint8Array): Uint8Array {
  const { Buffer } = globalThis as unknown as { Buffer: { from(bytes: Uint8Array): Uint8Array } };
  return Buffer.from(bytes);
}

function entryOf({ name, attributes }: SearchEntry): Entry {
  const named = attributes.map((each) => [each.type.toLowerCase(), each] as const);
  return {
    dn: name,
    values: new Map(named.map(([type, each]) => [type, each.values.map(String)])),
    bytes: new Map(named.map(([type, each]) => [type, each.parsedBuffers])),
  };
}
