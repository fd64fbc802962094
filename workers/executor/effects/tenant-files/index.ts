import type { JsonObject } from '../../../../core/data/item.ts';
import { type FilesPayload, runFilesCalls } from '../../../../core/files/effect.ts';
import type { EffectReply } from '../../../../core/node/kit.ts';
import { isNodeError } from '../../../../core/node/transform.ts';
import { r2Disk } from '../../../files/r2-disk.ts';
import type { Effect, ExecutorPorts, PerformRequest } from '../../ports.ts';
import { itemFiles } from '../http/files.ts';

async function perform({ effect: { payload }, tenant }: PerformRequest, ports: ExecutorPorts): Promise<EffectReply> {
  try {
    // SAFETY: core/files/effect.ts says what it is; it travels between our own parts only.
    const calls = payload as unknown as FilesPayload;
    const value = await runFilesCalls(
      calls,
      r2Disk(ports.files, tenant, (bytes) => ports.storageRoom?.(tenant, bytes) ?? Promise.resolve()),
      itemFiles(tenant, ports),
    );
    return { ok: true, value: value as unknown as JsonObject };
  } catch (error) {
    if (!isNodeError(error)) throw error;
    const { code, message, itemIndex } = error;
    const detail = itemIndex === undefined ? {} : { detail: { itemIndex } };
    return { ok: false, error: { code, message, retryable: code === 'file-busy', ...detail } };
  }
}

/** Reads and writes a tenant's own files (core/files). Payload `FilesPayload`, value `FilesReplyValue`. */
export const effect: Effect = { kind: 'tenant-files', perform };
