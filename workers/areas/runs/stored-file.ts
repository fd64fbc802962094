import type { BinaryRef } from '../../../core/data/item.ts';
import { fileKey } from '../../files/key.ts';
import { Answer } from '../../kit/answer.ts';

const MEDIA_TYPE = /^[a-z]+\/[\w.+-]{1,100}$/i;
const NO_TYPE = 'application/octet-stream';

/** Undefined when the bytes are gone. */
export async function answerWith(
  { id = '', mimeType, fileName }: BinaryRef,
  { files, tenant }: { files: R2Bucket; tenant: string },
): Promise<Answer<never> | undefined> {
  const stored = await files.get(fileKey(tenant, id));
  if (!stored) return undefined;
  const name = encodeURIComponent(wellFormed(fileName ?? id)).replaceAll("'", '%27');
  return Answer.stream(
    // the sender of a file chose its type: what is no type of one kind of thing becomes none
    new Response(stored.body, { headers: { 'content-type': MEDIA_TYPE.test(mimeType) ? mimeType : NO_TYPE } }),
    {
      headers: {
        // never shown in place, and without rights if a browser does it anyway: it may be a page or a drawing with scripts
        'content-disposition': `attachment; filename*=UTF-8''${name}`,
        'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
        'content-length': String(stored.size),
        etag: stored.httpEtag,
      },
    },
  );
}

/** Half a character cannot be written as UTF-8. */
const wellFormed = (text: string): string => text.replaceAll(/\p{Surrogate}/gu, '\u{fffd}');
