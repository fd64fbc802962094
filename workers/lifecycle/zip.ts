import { createHash } from 'node:crypto';
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';

/** One file of an archive, made while it is read. */
export interface Entry {
  name: string;
  chunks: AsyncIterable<Uint8Array>;
  /** Pictures and archives are packed already. */
  stored?: true;
}

export interface EntryHead {
  name: string;
  bytes: number;
  sha256: string;
}

/**
 * A zip archive as a stream: one entry after another, nothing kept but the list of them, which `last` turns into the
 * final entry.
 */
export function zipStream(
  entries: AsyncIterable<Entry>,
  last: (heads: readonly EntryHead[]) => Uint8Array<ArrayBuffer>,
): ReadableStream<Uint8Array> {
  const heads: EntryHead[] = [];
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  let written: Promise<void> = Promise.resolve();
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    written = writer.write(chunk);
    written.catch(() => undefined);
  });

  async function add({ name, chunks, stored }: Entry): Promise<void> {
    const file = stored ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 6 });
    const hash = createHash('sha256');
    let bytes = 0;
    zip.add(file);
    for await (const chunk of chunks) {
      hash.update(chunk);
      bytes += chunk.byteLength;
      file.push(chunk);
      // the reader sets the pace
      await written;
    }
    file.push(new Uint8Array(0), true);
    await written;
    heads.push({ name, bytes, sha256: hash.digest('hex') });
  }

  async function run(): Promise<void> {
    try {
      for await (const entry of entries) await add(entry);
      const manifest = last(heads);
      await add({ name: 'manifest.json', chunks: one(manifest) });
      zip.end();
      await written;
      await writer.close();
    } catch (error) {
      await writer.abort(error).catch(() => undefined);
    }
  }
  void run();
  return readable;
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
