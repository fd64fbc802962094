import { NodeError } from '../../../core/node/kit.ts';
import type { DirectoryEntry, Sftp, Stats } from './ssh2.d.ts';

/** A remote entry, as n8n's FTP node lists it. */
export interface Entry {
  name: string;
  path: string;
  type: 'd' | '-' | 'l';
  size: number;
  modifyTimeMs: number;
  accessTimeMs?: number;
  owner?: number | string;
  group?: number | string;
  rights?: { user: string; group: string; other: string };
}

/** Remote files, by SFTP or FTP. Paths are the server's own affair. */
export interface Files {
  list(path: string): Promise<Entry[]>;
  read(path: string): Promise<Uint8Array<ArrayBuffer>>;
  write(path: string, bytes: Uint8Array): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  removeFolder(path: string): Promise<void>;
  makeFolder(path: string): Promise<void>;
}

/** One file of an item: it is held in memory, and an isolate has 128 MB. */
export const MAX_REMOTE_FILE_BYTES = 32 * 1024 * 1024;
const CHUNK_BYTES = 32 * 1024;

type During = <T>(work: Promise<T>) => Promise<T>;
type Callback<T> = (error: Error | null | undefined, value: T) => void;

export const tooLarge = (path: string): NodeError =>
  new NodeError('file-too-large', `${path} has more than ${MAX_REMOTE_FILE_BYTES} bytes.`);

/** Files over the SFTP subsystem of an SSH session. */
export class SftpFiles implements Files {
  readonly #sftp: Sftp;
  readonly #during: During;

  constructor(sftp: Sftp, during: During) {
    this.#sftp = sftp;
    this.#during = during;
  }

  async list(path: string): Promise<Entry[]> {
    const entries = await this.#ask<DirectoryEntry[]>(path, (done) => this.#sftp.readdir(path, done));
    return entries.map(({ filename, attrs }) => entryOf(filename, path, attrs));
  }

  async read(given: string): Promise<Uint8Array<ArrayBuffer>> {
    const path = await this.#home(given);
    const handle = await this.#ask<Uint8Array>(path, (done) => this.#sftp.open(path, 'r', done));
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    let size = 0;
    try {
      for (;;) {
        const chunk = await this.#chunk(path, handle, size);
        if (!chunk) break;
        size += chunk.byteLength;
        if (size > MAX_REMOTE_FILE_BYTES) throw tooLarge(path);
        chunks.push(chunk);
      }
    } finally {
      await this.#ask(path, (done) => this.#sftp.close(handle, done)).catch(() => undefined);
    }
    return joined(chunks, size);
  }

  async #chunk(path: string, handle: Uint8Array, from: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const into = newBuffer(CHUNK_BYTES);
    try {
      const read = await this.#ask<number>(path, (done) => this.#sftp.read(handle, into, 0, CHUNK_BYTES, from, done));
      return read > 0 ? Uint8Array.from(into.subarray(0, read)) : undefined;
    } catch (error) {
      // SFTP says the end of a file as a failure.
      if (error instanceof NodeError && /\bEOF\b|end of file/i.test(error.message)) return undefined;
      throw error;
    }
  }

  async write(given: string, bytes: Uint8Array): Promise<void> {
    const path = await this.#home(given);
    const handle = await this.#ask<Uint8Array>(path, (done) => this.#sftp.open(path, 'w', done));
    const buffer = newBuffer(bytes.byteLength);
    buffer.set(bytes);
    try {
      for (let at = 0; at < bytes.byteLength; at += CHUNK_BYTES) {
        const length = Math.min(CHUNK_BYTES, bytes.byteLength - at);
        await this.#ask(path, (done) => this.#sftp.write(handle, buffer, at, length, at, done));
      }
    } finally {
      await this.#ask(path, (done) => this.#sftp.close(handle, done)).catch(() => undefined);
    }
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#ask(from, (done) => this.#sftp.rename(from, to, done));
  }

  async remove(path: string): Promise<void> {
    await this.#ask(path, (done) => this.#sftp.unlink(path, done));
  }

  async removeFolder(path: string): Promise<void> {
    await this.#ask(path, (done) => this.#sftp.rmdir(path, done));
  }

  async makeFolder(path: string): Promise<void> {
    await this.#ask(path, (done) => this.#sftp.mkdir(path, done));
  }

  /** `~/x` means the home folder, which servers know as `.`. */
  async #home(path: string): Promise<string> {
    if (path !== '~' && !path.startsWith('~/')) return path;
    const home = await this.#ask<string>('~', (done) => this.#sftp.realpath('.', done));
    return home + path.slice(1);
  }

  #ask<T = void>(path: string, start: (done: Callback<T>) => void): Promise<T> {
    const work = new Promise<T>((done, fail) => {
      start((error, value) => {
        if (error) fail(new NodeError('remote-file', `${path}: ${error.message}`));
        else done(value);
      });
    });
    return this.#during(work);
  }
}

/** ssh2 asks for Node's Buffer, which is a Uint8Array with methods. */
function newBuffer(size: number): Uint8Array<ArrayBuffer> {
  const { Buffer } = globalThis as unknown as { Buffer: { alloc(bytes: number): Uint8Array<ArrayBuffer> } };
  return Buffer.alloc(size);
}

export function joined(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}

export const childPath = (folder: string, name: string): string => `${folder.replace(/\/+$/, '')}/${name}`;

function entryOf(name: string, folder: string, attrs: Stats): Entry {
  const right = (shift: number): string =>
    ['r', 'w', 'x'].filter((_, at) => ((attrs.mode >> shift) & (4 >> at)) !== 0).join('');
  return {
    name,
    path: childPath(folder, name),
    type: attrs.isDirectory() ? 'd' : attrs.isSymbolicLink() ? 'l' : '-',
    size: attrs.size,
    modifyTimeMs: attrs.mtime * 1000,
    accessTimeMs: attrs.atime * 1000,
    owner: attrs.uid,
    group: attrs.gid,
    rights: { user: right(6), group: right(3), other: right(0) },
  };
}
