import type { SshCall } from '../../../../core/nodes/ssh/call.ts';
import type { EffectReply } from '../../../../core/node/kit.ts';
import type { TransformItem } from '../../../../core/node/transform.ts';
import { performCalls } from '../../calls.ts';
import type { Effect, ExecutorPorts, PerformRequest } from '../../ports.ts';
import { sentMember } from '../../secret-variables.ts';
import type { Shell } from '../../ssh/client.ts';
import { childPath } from '../../ssh/files.ts';
import { mimeTypeOf } from '../../mime-types.ts';
import { readFile } from '../http/files.ts';

async function call(
  shell: Shell,
  what: SshCall,
  { tenant }: PerformRequest,
  ports: ExecutorPorts,
): Promise<TransformItem[]> {
  if (what.do === 'execute') {
    const executed = await shell.exec(inFolder(what.command, what.folder));
    return [{ json: { ...executed } }];
  }
  const files = await shell.files();
  if (what.do === 'download') {
    const bytes = await files.read(what.path);
    const fileName = what.fileName || (what.path.split('/').pop() ?? 'file');
    return [{ json: {}, files: { [what.field]: { bytes, fileName, mimeType: mimeTypeOf(fileName) } } }];
  }
  const { bytes } = await readFile(what.file, tenant, ports);
  // The name comes from data: it must not lead out of the folder.
  const name = what.fileName.replaceAll(/[/\\]/g, '_').replace(/^\.{1,2}$/, '_');
  await files.write(childPath(what.path, name), bytes);
  return [{ json: { success: true } }];
}

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** Starts in a folder; a leading `~` is the home folder, which quotes would hide. */
function inFolder(command: string, folder: string): string {
  if (folder === '' || folder === '~') return command;
  const place = folder.startsWith('~/') ? `~/${quote(folder.slice(2))}` : quote(folder);
  return `cd ${place} && {\n${command}\n}`;
}

const perform = (request: PerformRequest, ports: ExecutorPorts): Promise<EffectReply> =>
  performCalls<SshCall>(request, ports, async (credential, tally) => {
    // Loaded at its first use: it is large, and few workflows need it.
    const { openShell } = await import('../../ssh/client.ts');
    const shell = await openShell(credential, { request, ports, tally });
    return { call: (what) => call(shell, what, request, ports), close: () => shell.close() };
  });

/** Runs commands and moves files over SSH. Payload `CallsPayload<SshCall>`, value `TransformReplyValue`. */
export const effect: Effect = { kind: 'ssh', sent: sentMember('calls'), perform };
