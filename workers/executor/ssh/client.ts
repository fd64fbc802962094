import type { OpenCredential } from '../../vault/resolver.ts';
import { toBase64 } from '../../../core/data/base64.ts';
import { NodeError } from '../../../core/node/kit.ts';
import { checkPlace, textValue } from '../credentials.ts';
import { egressConnect, type SocketTally } from '../egress/connect.ts';
import { EgressError } from '../egress/error.ts';
import type { ExecutorPorts, PerformRequest } from '../ports.ts';
import { duplexOf } from './duplex.ts';
import { type Files, SftpFiles } from './files.ts';
import SshClient from 'ssh2/lib/client.js';
import type { ExecChannel, Sftp } from './ssh2.d.ts';

const LIMITS = { timeoutMs: 280_000, maxBytes: 256 * 1024 * 1024 };
const READY_TIMEOUT_MS = 20_000;
/** What a command may print, per stream: it becomes a value of an item. */
const MAX_OUTPUT_BYTES = 8 * 1024 * 1024;

export interface Executed {
  code: number | null;
  signal: string | null;
  stdout: string;
  stderr: string;
}

export interface Shell {
  exec(command: string): Promise<Executed>;
  files(): Promise<Files>;
  close(): Promise<void>;
}

/** Logs in to an SSH server. @throws EgressError, NodeError `ssh-auth`. */
export async function openShell(
  credential: OpenCredential,
  { request, ports, tally }: { request: PerformRequest; ports: ExecutorPorts; tally: SocketTally },
): Promise<Shell> {
  const [host, port] = [textValue(credential, 'host'), Number(credential.values.get('port') ?? 22)];
  checkPlace(credential, { host, port });
  const connection = await egressConnect(
    { protocol: 'ssh', host, port, tls: 'off' },
    request.policy,
    { ...LIMITS, tally },
    ports.egress,
  );
  const client = new SshClient();
  let fault: Error | undefined;
  const lost = new Promise<never>((_, fail) => {
    client.on('error', (error) => fail((fault = error)));
    client.on('close', () => fail(fault ?? new Error('The connection was closed')));
  });
  lost.catch(() => undefined);
  const during = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await Promise.race([work, lost]);
    } catch (error) {
      throw failureOf(error, host);
    }
  };
  const close = async (): Promise<void> => {
    client.end();
    await connection.close();
  };
  const ready = new Promise<void>((done) => client.on('ready', done));
  const password = textValue(credential, 'password');
  const privateKey = textValue(credential, 'privateKey').replaceAll('\\n', '\n');
  const passphrase = textValue(credential, 'passphrase');
  const wanted = textValue(credential, 'hostFingerprint');
  client.on('keyboard-interactive', (_, __, ___, prompts, answer) => answer(prompts.map(() => password)));
  try {
    client.connect({
      sock: duplexOf(connection),
      username: textValue(credential, 'username'),
      ...(password === '' ? {} : { password, tryKeyboard: true }),
      ...(privateKey === '' ? {} : { privateKey: `${privateKey.trim()}\n` }),
      ...(passphrase === '' ? {} : { passphrase }),
      readyTimeout: READY_TIMEOUT_MS,
      // With MACs of their own. ssh2's ChaCha is WebAssembly made from bytes, which workerd refuses, and its GCM gives
      // the tag after the text, which workerd wants before.
      algorithms: { cipher: ['aes256-ctr', 'aes192-ctr', 'aes128-ctr'] },
      hostHash: 'sha256',
      hostVerifier: (fingerprint) => wanted === '' || sameFingerprint(fingerprint, wanted),
    });
    await during(ready);
  } catch (error) {
    await close();
    throw failureOf(error, host);
  }
  // One for all calls: servers give a session only so many channels.
  let files: Promise<Files> | undefined;
  const openFiles = async (): Promise<Files> => {
    const opened = new Promise<Sftp>((done, fail) => {
      client.sftp((error, sftp) => (error ? fail(error) : done(sftp)));
    });
    return new SftpFiles(await during(opened), during);
  };
  return {
    exec: (command) => during(execute((done) => client.exec(command, done))),
    files: () => (files ??= openFiles()),
    close,
  };
}

function execute(
  start: (done: (error: Error | null | undefined, channel: ExecChannel) => void) => void,
): Promise<Executed> {
  return new Promise((done, fail) => {
    start((error, channel) => {
      if (error) return fail(error);
      const [stdout, stderr] = [new Output(), new Output()];
      const take = (output: Output) => (chunk: Uint8Array) => {
        if (output.add(chunk)) return;
        fail(new NodeError('ssh-output-too-large', `The command printed more than ${MAX_OUTPUT_BYTES} bytes.`));
        channel.end();
      };
      channel.on('data', take(stdout));
      channel.stderr.on('data', take(stderr));
      channel.on('close', (code, signal) => {
        done({ code: code ?? null, signal: signal ?? null, stdout: stdout.text(), stderr: stderr.text() });
      });
      // Commands that read their input find its end at once.
      channel.end();
    });
  });
}

class Output {
  #chunks: Uint8Array<ArrayBuffer>[] = [];
  #bytes = 0;

  add(chunk: Uint8Array): boolean {
    this.#bytes += chunk.byteLength;
    if (this.#bytes > MAX_OUTPUT_BYTES) return false;
    this.#chunks.push(Uint8Array.from(chunk));
    return true;
  }

  /** As n8n gives it: without the line break at its end. */
  text(): string {
    const whole = new Uint8Array(this.#bytes);
    let at = 0;
    for (const chunk of this.#chunks) {
      whole.set(chunk, at);
      at += chunk.byteLength;
    }
    return new TextDecoder().decode(whole).replace(/\s+$/, '');
  }
}

/** `SHA256:base64`, as ssh-keygen prints it, or hexadecimal. */
function sameFingerprint(hex: string, wanted: string): boolean {
  const bytes = hex.match(/../g)?.map((pair) => Number.parseInt(pair, 16)) ?? [];
  const base64 = toBase64(Uint8Array.from(bytes)).replace(/=+$/, '');
  const text = wanted.trim().replace(/^SHA256:/i, '');
  return text.replace(/=+$/, '') === base64 || text.replaceAll(':', '').toLowerCase() === hex.toLowerCase();
}

function failureOf(error: unknown, host: string): Error {
  if (error instanceof EgressError || (error instanceof Error && error.name === 'NodeError')) return error;
  const { message = String(error), level } = error as { message?: string; level?: string };
  if (level === 'client-authentication') return new NodeError('ssh-auth', `${host} refused the user, password or key.`);
  if (/host verification|Host denied/i.test(message)) {
    return new NodeError('ssh-host-key', `${host} has another host key than the credential's fingerprint says.`);
  }
  if (/parse privateKey|passphrase/i.test(message)) return new NodeError('ssh-key', `The private key: ${message}`);
  return new EgressError('connect-failed', `${host}: ${message.slice(0, 200)}`, true);
}
