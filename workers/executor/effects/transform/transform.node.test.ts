import { strToU8, zipSync } from 'fflate';
import { describe, it } from 'vitest';
import type { BinaryRef, JsonObject } from '../../../../core/data/item.ts';
import type { TransformPayload, TransformReplyValue } from '../../../../core/node/transform.ts';
import { fakePorts, LOCAL } from '../../testing/fakes.ts';
import { storeFile } from '../http/files.ts';
import { effect } from './index.ts';

async function perform(
  transform: string,
  parameters: JsonObject,
  files: Record<string, BinaryRef>,
  ports = fakePorts(),
) {
  const payload: TransformPayload = {
    transform,
    calls: [{ itemIndex: 0, parameters, files }],
    continueOnFail: false,
    nowMs: 0,
    zone: 'UTC',
  };
  return effect.perform(
    {
      tenant: 'acme',
      effect: { kind: 'transform', class: 'pure', payload: payload as unknown as JsonObject },
      key: 'k',
      policy: LOCAL,
    },
    ports,
  );
}

describe('transforms in the executor', () => {
  it('[HTE3] many small files are stored instead of filling the reply', async ({ expect }) => {
    const ports = fakePorts();
    const entries = Object.fromEntries(
      Array.from({ length: 300 }, (_, n) => [`${n}.txt`, strToU8(`${n} `.repeat(12_000))]),
    );
    const zip = await storeFile(
      { bytes: zipSync(entries, { level: 0 }), mimeType: 'application/zip', fileName: 'a.zip' },
      'acme',
      ports,
    );
    const parameters = { operation: 'decompress', names: ['data'], json: {}, prefix: 'f' };
    const reply = await perform('compression', parameters, { data: zip }, ports);
    if (!reply.ok) throw new Error(reply.error.message);
    const [result] = (reply.value as unknown as TransformReplyValue).results;
    const files = Object.values(result?.ok ? (result.items[0]?.binary ?? {}) : {});
    const inline = files.reduce((sum, { data }) => sum + (data?.length ?? 0), 0);
    expect([files.length, inline > 1_000_000, inline < 6_000_000]).toEqual([300, true, true]);
    expect([...ports.files.objects.keys()].every((key) => key.startsWith('t/acme/bin/'))).toBe(true);
    expect(files.filter(({ id }) => id !== undefined).length).toBeGreaterThan(100);
  });

  it('[FIL2] expected failures come back with their item', async ({ expect }) => {
    const file: BinaryRef = { mimeType: 'text/plain', data: 'aGk=' };
    const parameters = { operation: 'decompress', names: ['data'], json: {}, prefix: 'f' };
    expect(await perform('compression', parameters, { data: file })).toMatchObject({
      ok: false,
      error: { code: 'unknown-archive', retryable: false, detail: { itemIndex: 0 } },
    });
    expect(await perform('nothing', {}, {})).toMatchObject({ ok: false, error: { code: 'unknown-transform' } });
  });
});
