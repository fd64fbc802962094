import { toBase64Url } from '../../../../core/data/base64.ts';
import type { Json, JsonObject } from '../../../../core/data/item.ts';
import type { MailFormat } from '../../../../core/nodes/email-read-imap/mailbox.ts';
import type { FileBytes, TransformItem } from '../../../../core/node/transform.ts';
import type { Mail } from './client.ts';

/** Mails are made by strangers: no more parts than a person could mean. */
const MAX_ATTACHMENTS = 200;

interface Wishes {
  format: MailFormat;
  attachments: boolean;
  prefix: string;
}

/** A mail as an item of the format. */
export async function mailItem(mail: Mail, { format, attachments, prefix }: Wishes): Promise<TransformItem> {
  const attributes = { uid: mail.uid };
  const cut = mail.whole ? {} : { truncated: true, size: mail.size };
  if (format === 'raw') return { json: { raw: toBase64Url(mail.bytes), attributes, ...cut } };
  // Loaded at its first use, like everything large.
  const { default: PostalMime } = await import('postal-mime');
  const email = await PostalMime.parse(mail.bytes, { attachmentEncoding: 'arraybuffer' });
  const files = attachments ? email.attachments.slice(0, MAX_ATTACHMENTS).map(fileOf) : [];
  const named = Object.fromEntries(files.map((file, at) => [`${prefix}${at}`, file]));
  const headers = headersOf(email.headers);
  const common = { subject: email.subject ?? '', date: email.date ?? '', attributes, ...cut };
  const json =
    format === 'simple'
      ? {
          textPlain: email.text ?? '',
          textHtml: email.html ?? '',
          from: addressText(email.from ? [email.from] : []),
          to: addressText(email.to ?? []),
          ...(email.cc ? { cc: addressText(email.cc) } : {}),
          ...common,
          metadata: headers,
        }
      : {
          text: email.text ?? '',
          html: email.html ?? '',
          from: addressObject(email.from ? [email.from] : []),
          to: addressObject(email.to ?? []),
          ...(email.cc ? { cc: addressObject(email.cc) } : {}),
          ...(email.replyTo ? { replyTo: addressObject(email.replyTo) } : {}),
          messageId: email.messageId ?? '',
          ...(email.inReplyTo ? { inReplyTo: email.inReplyTo } : {}),
          ...(email.references ? { references: email.references } : {}),
          ...common,
          headers,
        };
  return files.length > 0 ? { json, files: named } : { json };
}

interface Person {
  name: string;
  address?: string | undefined;
  group?: { name: string; address?: string | undefined }[] | undefined;
}

const flat = (people: readonly Person[]): Person[] => people.flatMap((one) => one.group ?? [one]);

const addressText = (people: readonly Person[]): string =>
  flat(people)
    .map(({ name, address = '' }) => (name === '' ? address : `${quoted(name)} <${address}>`))
    .join(', ');

const quoted = (name: string): string =>
  /^[\w !#$%&'*+/=?^`{|}~.-]*$/u.test(name) ? name : `"${name.replaceAll(/["\\]/g, (char) => `\\${char}`)}"`;

const addressObject = (people: readonly Person[]): JsonObject => ({
  value: flat(people).map(({ name, address = '' }) => ({ address, name })),
  text: addressText(people),
});

/** By lower-case name; repeated ones as a list. Names are a stranger's: own keys whatever they are. */
function headersOf(headers: readonly { key: string; value: string }[]): JsonObject {
  const found = new Map<string, string[]>();
  for (const { key, value } of headers) found.set(key, [...(found.get(key) ?? []), value]);
  return Object.fromEntries(
    [...found].map(([key, values]): [string, Json] => [key, values.length === 1 ? (values[0] ?? '') : values]),
  );
}

interface Attached {
  filename: string | null;
  mimeType: string;
  content: ArrayBuffer | Uint8Array | string;
}

function fileOf({ filename, mimeType, content }: Attached): FileBytes {
  const bytes =
    typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content as ArrayBuffer);
  // A name, not a path.
  const fileName = (filename ?? 'attachment').replaceAll(/[/\\]/g, '_').slice(0, 255);
  return { bytes: Uint8Array.from(bytes), mimeType, fileName };
}
