// What the executor and the transforms Worker say to each other. Files travel as bytes, never as JSON: a message is the
// length of its head (32 bits, little-endian), the head as JSON, and the bytes of the files it lists, in their order.
import type { BinaryRef, Json, JsonObject } from '../../core/data/item.ts';
import type { FileBytes, ReadCall, TransformItem } from '../../core/node/transform.ts';

/** One message asks. */
export interface Request {
  transform: string;
  nowMs: number;
  zone: string;
  /** Values of the credential the node names, opened for these calls. */
  credential?: (readonly [name: string, value: Json])[];
  calls: ReadCall[];
}

/** Each call is answered by one message, in order. A fault is a bug of ours or a platform's limit; nothing follows it. */
export type Answer =
  | { items: TransformItem[] }
  | { error: { code: string; message: string; description?: string; itemIndex?: number } }
  | { fault: string };

interface SentFile {
  mimeType: string;
  fileName?: string;
  length: number;
}
type SentFiles = [name: string, file: SentFile | { ref: BinaryRef }][];

const LENGTH_BYTES = 4;

/** Collects the bytes of files while a head is made of the rest. */
class Packer {
  readonly parts: Uint8Array<ArrayBuffer>[] = [];

  files(files: Record<string, FileBytes | BinaryRef> | undefined): SentFiles {
    return Object.entries(files ?? {}).map(([name, file]) => {
      if (!('bytes' in file)) return [name, { ref: file }];
      const { bytes, mimeType, fileName } = file;
      this.parts.push(bytes);
      return [name, { mimeType, length: bytes.length, ...(fileName === undefined ? {} : { fileName }) }];
    });
  }

  message(head: unknown): Uint8Array<ArrayBuffer>[] {
    const text = Uint8Array.from(new TextEncoder().encode(JSON.stringify(head)));
    const length = new Uint8Array(LENGTH_BYTES);
    new DataView(length.buffer).setUint32(0, text.length, true);
    return [length, text, ...this.parts];
  }
}

export function packRequest({ calls, ...about }: Request): Uint8Array<ArrayBuffer>[] {
  const packer = new Packer();
  const sent = calls.map(({ parameters, files }) => ({ parameters, files: packer.files(files) }));
  return packer.message({ ...about, calls: sent });
}

export function packAnswer(answer: Answer): Uint8Array<ArrayBuffer>[] {
  const packer = new Packer();
  if (!('items' in answer)) return packer.message(answer);
  const items = answer.items.map(({ files, ...rest }) => ({
    ...rest,
    ...(files ? { files: packer.files(files) } : {}),
  }));
  return packer.message({ items });
}

/** Reads messages from a stream of bytes. */
export class Unpacker {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #rest: Uint8Array = new Uint8Array();

  constructor(stream: ReadableStream<Uint8Array>) {
    this.#reader = stream.getReader();
  }

  /** @throws Error when the stream breaks or ends inside of it. */
  async request(): Promise<Request> {
    const { calls, ...about } = (await this.#head()) as Omit<Request, 'calls'> & {
      calls: { parameters: JsonObject; files: SentFiles }[];
    };
    const read: ReadCall[] = [];
    for (const { parameters, files } of calls) {
      read.push({ parameters, files: (await this.#files(files)) as Record<string, FileBytes> });
    }
    return { ...about, calls: read };
  }

  /** @throws Error when the stream breaks or ends before or inside of it. */
  async answer(): Promise<Answer> {
    const head = (await this.#head()) as
      | { items: (Omit<TransformItem, 'files'> & { files?: SentFiles })[] }
      | Exclude<Answer, { items: unknown }>;
    if (!('items' in head)) return head;
    const items: TransformItem[] = [];
    for (const { files, ...rest } of head.items) {
      items.push(files ? { ...rest, files: await this.#files(files) } : rest);
    }
    return { items };
  }

  /** The other side may stop. */
  async cancel(): Promise<void> {
    await this.#reader.cancel().catch(() => undefined);
  }

  async #files(files: SentFiles): Promise<Record<string, FileBytes | BinaryRef>> {
    // Own keys, whatever they are called.
    const read = Object.create(null) as Record<string, FileBytes | BinaryRef>;
    for (const [name, file] of files) {
      if ('ref' in file) {
        read[name] = file.ref;
      } else {
        const { length, ...about } = file;
        read[name] = { ...about, bytes: await this.#take(length) };
      }
    }
    return read;
  }

  async #head(): Promise<unknown> {
    const length = await this.#take(LENGTH_BYTES);
    const text = await this.#take(new DataView(length.buffer).getUint32(0, true));
    return JSON.parse(new TextDecoder().decode(text));
  }

  async #take(count: number): Promise<Uint8Array<ArrayBuffer>> {
    const taken = new Uint8Array(count);
    for (let at = 0; at < count;) {
      if (this.#rest.length === 0) {
        const { done, value } = await this.#reader.read();
        if (done) throw new Error('The stream ended early');
        this.#rest = value;
      }
      const part = this.#rest.subarray(0, count - at);
      taken.set(part, at);
      at += part.length;
      this.#rest = this.#rest.subarray(part.length);
    }
    return taken;
  }
}

/** A message's parts as a body. Made anew for each attempt: a stream can be sent once. */
export function bodyOf(parts: readonly Uint8Array<ArrayBuffer>[]): ReadableStream<Uint8Array> {
  let next = 0;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      // Streams refuse chunks of nothing: an empty file is no part.
      while (parts[next]?.length === 0) next++;
      const part = parts[next++];
      if (part) controller.enqueue(part);
      else controller.close();
    },
  });
}
