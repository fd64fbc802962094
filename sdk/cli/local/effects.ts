import type { FilesPayload } from '../../../core/files/effect.ts';
import type { HttpPayload } from '../../../core/http/request.ts';
import type { EffectReply, EffectRequest } from '../../../core/node/kit.ts';
import type { CodePayload } from '../../../core/nodes/code/payload.ts';
import type { SqlPayload } from '../../../core/sql/payload.ts';
import type { TransformPayload } from '../../../core/node/transform.ts';
import type { World } from '../terminal/cli.ts';
import type { CodeRunner } from './code.ts';
import { performHttp } from './http.ts';
import { performTenantFiles } from './tenant-files.ts';
import { performTransform } from './transform.ts';

/** Performs what nodes ask for on this machine. Never rejects: a bug is a failed reply, as on a server. */
export function performer(means: {
  send: World['fetch'];
  code: CodeRunner;
  /** Folder that stands for the tenant's files; without it nodes cannot reach any. */
  filesFolder?: string;
}): (effect: EffectRequest) => Promise<EffectReply> {
  return async (effect) => {
    try {
      // SAFETY: the nodes of core make these payloads; nothing else can.
      if (effect.kind === 'http') return await performHttp(effect.payload as unknown as HttpPayload, means.send);
      if (effect.kind === 'code') {
        return await means.code.perform(effect.payload as unknown as CodePayload, effect.timeoutMs);
      }
      if (effect.kind === 'sql') {
        // Loaded when needed: Node warns of its SQLite as soon as it is imported.
        const { performSql } = await import('./sql.ts');
        return performSql(effect.payload as unknown as SqlPayload);
      }
      if (effect.kind === 'transform') return await performTransform(effect.payload as unknown as TransformPayload);
      if (effect.kind === 'tenant-files' && means.filesFolder !== undefined) {
        return await performTenantFiles(effect.payload as unknown as FilesPayload, means.filesFolder);
      }
      const message = `A local run cannot do "${effect.kind}". Run it on a server.`;
      return { ok: false, error: { code: 'unknown-effect', message, retryable: false } };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return { ok: false, error: { code: 'executor-fault', message, retryable: false } };
    }
  };
}
