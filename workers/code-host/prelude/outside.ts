import { Refusal } from './refusal.ts';
import type { Data } from './types.ts';

/** Asks the host for what an isolate cannot do itself. JSON text in, JSON text out. */
export type Ask = (request: string) => Promise<string>;

/** One wish of the code. The host answers `{ok: true, value}` or `{ok: false, error}`. */
export type Wish =
  | {
      kind: 'http';
      method: string;
      url: string;
      headers: [string, string][];
      /** Base64. */
      body?: string;
      timeoutMs?: number;
      follow: boolean;
    }
  | { kind: 'read'; file: { [key: string]: Data } }
  | { kind: 'write'; data: string; mimeType: string; fileName?: string };

type Answer = { ok: true; value: Data } | { ok: false; error: { code: string; message: string } };

/** The way out of the isolate, as far as the host opens it. */
export class Outside {
  readonly #ask: Ask | undefined;
  readonly #network: boolean;
  /** Sent so far: a call that sent some is never repeated for want of data. */
  requests = 0;
  readonly #begun: Promise<unknown>[] = [];

  constructor(ask: Ask | undefined, network: boolean) {
    this.#ask = ask;
    this.#network = network;
  }

  /** Notes work that ends before the call does, whether the code awaits it or not. */
  begun<T>(work: Promise<T>): Promise<T> {
    // No method: the author may have replaced those.
    this.#begun[this.#begun.length] = work;
    return work;
  }

  async settled(): Promise<void> {
    for (let at = 0; at < this.#begun.length; at++) {
      try {
        // oxlint-disable-next-line no-await-in-loop -- all are under way; more may be added meanwhile
        await this.#begun[at];
      } catch {
        // Code that wants to know of it awaits it.
      }
    }
  }

  /** @throws Refusal with the host's code. */
  async wish(wish: Wish): Promise<Data> {
    if (wish.kind === 'http' && !this.#network) {
      throw new Refusal(
        'network-denied',
        "The request was refused: this node may not reach the network. Turn on 'Network' in its options, or use an HTTP Request node",
      );
    }
    if (!this.#ask) throw new Refusal('code-error', 'This host does not answer requests of code');
    if (wish.kind === 'http') this.requests++;
    const answer = JSON.parse(await this.#ask(JSON.stringify(wish))) as Answer;
    if (answer.ok) return answer.value;
    throw new Refusal(answer.error.code, answer.error.message);
  }
}
