import type { JsonObject } from '../../../../core/data/item.ts';
import type { FtpCall } from '../../../../core/nodes/ftp/call.ts';
import { type EffectReply, NodeError } from '../../../../core/node/kit.ts';
import type { TransformItem } from '../../../../core/node/transform.ts';
import type { SocketTally } from '../../egress/connect.ts';
import type { OpenCredential } from '../../../vault/resolver.ts';
import { performCalls } from '../../calls.ts';
import { FtpFiles } from '../../ftp/client.ts';
import { mimeTypeOf } from '../../mime-types.ts';
import type { Effect, ExecutorPorts, PerformRequest } from '../../ports.ts';
import { sentMember } from '../../secret-variables.ts';
import { childPath, type Entry, type Files } from '../../ssh/files.ts';
import { readFile } from '../http/files.ts';

/** Entries of one listing or deletion: a loop of links must end. */
const MAX_ENTRIES = 50_000;
const MAX_DEPTH = 64;

type Place = { request: PerformRequest; ports: ExecutorPorts; tally: SocketTally };

async function call(files: Files, what: FtpCall, { request, ports }: Place): Promise<TransformItem[]> {
  switch (what.do) {
    case 'list':
      return (await listed(files, what.path, what.recursive)).map((entry) => ({ json: shown(entry) }));
    case 'download': {
      const bytes = await files.read(what.path);
      const fileName = what.path.split('/').pop() ?? 'file';
      return [{ json: {}, files: { [what.field]: { bytes, fileName, mimeType: mimeTypeOf(fileName) } } }];
    }
    case 'upload': {
      const { content } = what;
      const bytes =
        'text' in content
          ? new TextEncoder().encode(content.text)
          : (await readFile(content.file, request.tenant, ports)).bytes;
      await files.write(what.path, bytes);
      break;
    }
    case 'rename':
      if (what.makesFolders) await makeFolders(files, what.to);
      await files.rename(what.from, what.to);
      break;
    case 'delete':
      await remove(files, what);
  }
  return [{ json: { success: true } }];
}

async function listed(files: Files, path: string, recursive: boolean, depth = 0): Promise<Entry[]> {
  const entries = (await files.list(path)).filter(({ name }) => name !== '.' && name !== '..');
  if (!recursive) return entries;
  if (depth > MAX_DEPTH) throw new NodeError('too-deep', `${path} is nested more than ${MAX_DEPTH} folders deep.`);
  const all: Entry[] = [];
  for (const entry of entries) {
    all.push(entry);
    if (entry.type === 'd') all.push(...(await listed(files, entry.path, true, depth + 1)));
    if (all.length > MAX_ENTRIES) {
      throw new NodeError('too-many-files', `${path} holds more than ${MAX_ENTRIES} files.`);
    }
  }
  return all;
}

async function remove(files: Files, what: FtpCall & { do: 'delete' }): Promise<void> {
  if (!what.folder) return files.remove(what.path);
  // Children come after their folder in the list; links are removed, not followed.
  const inside = what.recursive ? await listed(files, what.path, true) : [];
  for (const { type, path } of inside.reverse()) await (type === 'd' ? files.removeFolder(path) : files.remove(path));
  await files.removeFolder(what.path);
}

async function makeFolders(files: Files, path: string): Promise<void> {
  const names = path.split('/').slice(0, -1).filter(Boolean);
  let folder = path.startsWith('/') ? '' : '.';
  for (const name of names) {
    folder = childPath(folder, name);
    // There already, most often; if not, the rename will say so.
    await files.makeFolder(folder).catch((error: unknown) => {
      if (!(error instanceof NodeError)) throw error;
    });
  }
}

function shown({ modifyTimeMs, accessTimeMs, ...entry }: Entry): JsonObject {
  const times = { modifyTime: new Date(modifyTimeMs).toISOString() };
  const read = accessTimeMs === undefined ? {} : { accessTime: new Date(accessTimeMs).toISOString() };
  // SAFETY: an entry is JSON by construction.
  return { ...(entry as unknown as JsonObject), ...times, ...read };
}

async function start(credential: OpenCredential, place: Place) {
  if (credential.type !== 'sftp') {
    const files = await FtpFiles.open(credential, place);
    return { call: (what: FtpCall) => call(files, what, place), close: () => files.close() };
  }
  const { openShell } = await import('../../ssh/client.ts');
  const shell = await openShell(credential, place);
  return { call: async (what: FtpCall) => call(await shell.files(), what, place), close: () => shell.close() };
}

const perform = (request: PerformRequest, ports: ExecutorPorts): Promise<EffectReply> =>
  performCalls<FtpCall>(request, ports, (credential, tally) => start(credential, { request, ports, tally }));

/** Remote files over FTP and SFTP. Payload `CallsPayload<FtpCall>`, value `TransformReplyValue`. */
export const effect: Effect = { kind: 'ftp', sent: sentMember('calls'), perform };
