import { networkPorts } from '../egress/network.ts';
import type { EgressPolicy } from '../egress/policy.ts';
import type { ExecutorPorts, FileBucket } from '../ports.ts';

/** R2 in memory, as far as the executor uses it. */
export class MemoryBucket implements FileBucket {
  readonly objects = new Map<string, Uint8Array<ArrayBuffer>>();

  get(key: string): Promise<{ size: number; arrayBuffer(): Promise<ArrayBuffer> } | null> {
    const bytes = this.objects.get(key);
    return Promise.resolve(
      bytes ? { size: bytes.byteLength, arrayBuffer: () => new Blob([bytes]).arrayBuffer() } : null,
    );
  }

  put(key: string, value: ArrayBuffer | Uint8Array): Promise<unknown> {
    this.objects.set(key, Uint8Array.from(new Uint8Array(value)));
    return Promise.resolve({ key });
  }
}

/** The seeded single-machine policy: local services by their exact names. */
export const LOCAL: EgressPolicy = { allow: ['127.0.0.1', 'localhost', '::1'], deny: [] };

export interface FakePorts extends ExecutorPorts {
  files: MemoryBucket;
  /** URLs in the order in which the network was asked for them. */
  asked: { url: string; listed: boolean }[];
}

/** Ports over the platform's own fetch. */
export function fakePorts(more: Partial<ExecutorPorts> = {}): FakePorts {
  const asked: FakePorts['asked'] = [];
  const network = networkPorts({});
  let ids = 0;
  return {
    egress: {
      fetch(target, url, init) {
        asked.push({ url, listed: target.listed });
        return network.fetch(target, url, init);
      },
    },
    newId: () => `test-file-id-${String(++ids).padStart(8, '0')}`,
    ...more,
    files: new MemoryBucket(),
    asked,
  };
}
