// The part of ssh2 that is used here. Its own types would bring Node's whole world into the Workers.
import type { Duplex } from 'node:stream';

export interface ExecChannel {
  on(event: 'data', listener: (chunk: Uint8Array) => void): ExecChannel;
  on(event: 'close', listener: (code: number | null, signal?: string) => void): ExecChannel;
  stderr: { on(event: 'data', listener: (chunk: Uint8Array) => void): void };
  end(): void;
}

export interface Stats {
  size: number;
  mtime: number;
  atime: number;
  mode: number;
  uid: number;
  gid: number;
  isDirectory(): boolean;
  isFile(): boolean;
  isSymbolicLink(): boolean;
}

export interface DirectoryEntry {
  filename: string;
  longname: string;
  attrs: Stats;
}

type Done<T = void> = (error: Error | null | undefined, value: T) => void;

export interface Sftp {
  open(path: string, flags: 'r' | 'w', done: Done<Uint8Array>): void;
  read(handle: Uint8Array, into: Uint8Array, at: number, length: number, from: number, done: Done<number>): void;
  write(handle: Uint8Array, bytes: Uint8Array, at: number, length: number, to: number, done: Done): void;
  close(handle: Uint8Array, done: Done): void;
  readdir(path: string, done: Done<DirectoryEntry[]>): void;
  lstat(path: string, done: Done<Stats>): void;
  realpath(path: string, done: Done<string>): void;
  rename(from: string, to: string, done: Done): void;
  unlink(path: string, done: Done): void;
  rmdir(path: string, done: Done): void;
  mkdir(path: string, done: Done): void;
  end(): void;
}

export interface ClientOptions {
  sock: Duplex;
  username: string;
  password?: string;
  privateKey?: string;
  passphrase?: string;
  tryKeyboard?: boolean;
  readyTimeout: number;
  algorithms: { cipher: string[] };
  hostHash: 'sha256';
  hostVerifier(fingerprint: string): boolean;
}

declare class Client {
  on(event: 'ready' | 'close', listener: () => void): Client;
  on(event: 'error', listener: (error: Error) => void): Client;
  on(
    event: 'keyboard-interactive',
    listener: (
      name: string,
      instructions: string,
      language: string,
      prompts: { prompt: string }[],
      answer: (answers: string[]) => void,
    ) => void,
  ): Client;
  connect(options: ClientOptions): void;
  exec(command: string, done: Done<ExecChannel>): void;
  sftp(done: Done<Sftp>): void;
  end(): void;
  destroy(): void;
}
declare const library: typeof Client;
// oxlint-disable-next-line import/no-default-export -- that is what the package has
export default library;
