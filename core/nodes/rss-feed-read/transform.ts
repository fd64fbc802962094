import type { JsonObject } from '../../data/item.ts';
import { textOf } from '../../data/text.ts';
import type { Transform } from '../../node/transform.ts';
import { entriesOf } from './transform/entries.ts';

/** The encoding a feed says it has; servers that say another are wrong more often. */
function decoded(bytes: Uint8Array, mimeType: string): string {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  const label =
    /^[^<]*<\?xml[^>]*\bencoding\s*=\s*["']([\w-]+)["']/.exec(start)?.[1] ??
    /charset=["']?([\w-]+)/i.exec(mimeType)?.[1];
  try {
    return new TextDecoder(label ?? 'utf-8').decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

export const transform: Transform = {
  run({ parameters, files }) {
    const file = files['feed'];
    const text = file ? decoded(file.bytes, file.mimeType) : textOf(parameters['text']);
    const custom = Array.isArray(parameters['customFields']) ? parameters['customFields'].map(String) : [];
    return entriesOf(text, custom).map((json: JsonObject) => ({ json }));
  },
};
