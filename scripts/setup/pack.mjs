// Runs on Node 20 with nothing installed: only built-in modules here.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const TEXT = /\.(?:html|js|css|svg|json|txt|webmanifest|wasm)$/;
/** What fits into one packet is not worth unpacking. */
const MIN_BYTES = 1_400;

/**
 * Puts a gzipped copy beside each text of the app: the launcher hands it to whoever takes it, and compresses nothing
 * itself. Cloudflare does that on its own, and `npm run deploy` builds anew without them.
 */
export function pack(directory) {
  for (const name of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
    if (!TEXT.test(name)) continue;
    const content = readFileSync(join(directory, name));
    if (content.length < MIN_BYTES) continue;
    const packed = gzipSync(content, { level: 9 });
    if (packed.length < content.length) writeFileSync(join(directory, `${name}.gz`), packed);
  }
}
