import { extensionOf } from '../../../core/data/media-types.ts';
import type { FileStore } from '../../../core/node/transform.ts';

/** Files of a local run's items travel inside them. */
export const inlineFiles: FileStore = {
  breathe: () => new Promise((done) => setImmediate(done)),
  async read({ data = '', mimeType, fileName }) {
    const bytes = Uint8Array.from(Buffer.from(data, 'base64'));
    return fileName === undefined ? { bytes, mimeType } : { bytes, mimeType, fileName };
  },
  async write({ bytes, mimeType, fileName }) {
    const extension = extensionOf(fileName ?? '');
    return {
      mimeType,
      data: Buffer.from(bytes).toString('base64'),
      sizeBytes: bytes.length,
      ...(fileName === undefined ? {} : { fileName }),
      ...(extension === '' ? {} : { fileExtension: extension }),
    };
  },
};
