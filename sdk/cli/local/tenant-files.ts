import type { JsonObject } from '../../../core/data/item.ts';
import { type FilesPayload, runFilesCalls } from '../../../core/files/effect.ts';
import type { EffectReply } from '../../../core/node/kit.ts';
import { isNodeError } from '../../../core/node/transform.ts';
import { folderDisk } from './folder-disk.ts';
import { inlineFiles } from './inline-files.ts';

/** Reads and writes below one folder of this machine, which stands for the tenant's files. */
export async function performTenantFiles(payload: FilesPayload, folder: string): Promise<EffectReply> {
  try {
    const value = await runFilesCalls(payload, folderDisk(folder), inlineFiles);
    return { ok: true, value: value as unknown as JsonObject };
  } catch (error) {
    if (!isNodeError(error)) throw error;
    return { ok: false, error: { code: error.code, message: error.message, retryable: false } };
  }
}
