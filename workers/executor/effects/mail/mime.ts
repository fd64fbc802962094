import { toBase64 } from '../../../../core/data/base64.ts';
import type { Address } from './addresses.ts';

export interface Attachment {
  fileName: string;
  mimeType: string;
  bytes: Uint8Array;
}

export interface Mail {
  from: Address;
  to: Address[];
  cc: Address[];
  replyTo: Address[];
  subject: string;
  text?: string | undefined;
  html?: string | undefined;
  attachments: Attachment[];
  messageId: string;
  date: Date;
  /** A random word for boundaries. */
  boundary: string;
}

const encoder = new TextEncoder();
/** Lines of 76 characters, as RFC 2045 wants. */
const wrapped = (text: string): string => text.match(/.{1,76}/g)?.join('\r\n') ?? '';

/** RFC 2047: words of at most 75 characters that never cut a character. Line breaks cannot stay: they would be headers. */
export function headerText(text: string): string {
  // oxlint-disable-next-line no-control-regex -- line breaks and NUL would start another header
  const line = text.replaceAll(/[\u0000-\u001f\u007f]+/g, ' ').trim();
  if (/^[\u0020-\u007e]*$/.test(line) && !line.includes('=?') && line.length <= 900) return line;
  const words: string[] = [];
  let word = '';
  for (const char of line) {
    if (encoder.encode(word + char).byteLength > 45) {
      words.push(word);
      word = '';
    }
    word += char;
  }
  return [...words, word].map((each) => `=?UTF-8?B?${toBase64(encoder.encode(each))}?=`).join('\r\n ');
}

function addressText({ name, email }: Address): string {
  if (name === '') return email;
  const plain = /^[\w !#$%&'*+/=?^`{|}~-]*$/.test(name);
  const quoted = /^[\u0020-\u007e]*$/.test(name)
    ? `"${name.replaceAll(/["\\]/g, (char) => `\\${char}`)}"`
    : headerText(name);
  return `${plain ? name : quoted} <${email}>`;
}

const addressList = (addresses: readonly Address[]): string => addresses.map(addressText).join(',\r\n ');

/** A parameter of a header; other than ASCII by RFC 2231. */
function parameter(name: string, value: string): string {
  // oxlint-disable-next-line no-control-regex -- line breaks and NUL would start another header
  const clean = value.replaceAll(/[\u0000-\u001f\u007f]+/g, ' ');
  if (/^[\u0020-\u007e]*$/.test(clean)) return `${name}="${clean.replaceAll(/["\\]/g, (char) => `\\${char}`)}"`;
  const encoded = encodeURIComponent(clean).replaceAll(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16)}`);
  return `${name}*=UTF-8''${encoded}`;
}

interface Part {
  headers: string[];
  body: string;
}

const textPart = (subtype: string, text: string): Part => ({
  headers: [`Content-Type: text/${subtype}; charset=utf-8`, 'Content-Transfer-Encoding: base64'],
  body: wrapped(toBase64(encoder.encode(text.replaceAll(/\r\n|\r|\n/g, '\r\n')))),
});

const filePart = ({ fileName, mimeType, bytes }: Attachment): Part => ({
  headers: [
    `Content-Type: ${/^[\w.+-]+\/[\w.+-]+$/.test(mimeType) ? mimeType : 'application/octet-stream'};\r\n ${parameter('name', fileName)}`,
    `Content-Disposition: attachment;\r\n ${parameter('filename', fileName)}`,
    'Content-Transfer-Encoding: base64',
  ],
  body: wrapped(toBase64(bytes)),
});

function multipart(subtype: string, boundary: string, parts: readonly Part[]): Part {
  const inner = parts.map(({ headers, body }) => `--${boundary}\r\n${headers.join('\r\n')}\r\n\r\n${body}\r\n`);
  return {
    headers: [`Content-Type: multipart/${subtype}; boundary="${boundary}"`],
    body: `${inner.join('')}--${boundary}--`,
  };
}

/** RFC 5322 text of a mail, ASCII only. BCC is not in it: that is what makes it blind. */
export function composeMail(mail: Mail): string {
  const texts: Part[] = [];
  if (mail.text !== undefined) texts.push(textPart('plain', mail.text));
  if (mail.html !== undefined) texts.push(textPart('html', mail.html));
  const [only] = texts.length === 0 ? [textPart('plain', '')] : texts;
  const body = texts.length > 1 || !only ? multipart('alternative', `alt-${mail.boundary}`, texts) : only;
  const { headers, body: content } =
    mail.attachments.length === 0
      ? body
      : multipart('mixed', `mix-${mail.boundary}`, [body, ...mail.attachments.map(filePart)]);
  const head = [
    `Date: ${mail.date.toUTCString().replace('GMT', '+0000')}`,
    `From: ${addressText(mail.from)}`,
    ...(mail.to.length > 0 ? [`To: ${addressList(mail.to)}`] : []),
    ...(mail.cc.length > 0 ? [`Cc: ${addressList(mail.cc)}`] : []),
    ...(mail.replyTo.length > 0 ? [`Reply-To: ${addressList(mail.replyTo)}`] : []),
    `Subject: ${headerText(mail.subject)}`,
    `Message-ID: ${mail.messageId}`,
    'MIME-Version: 1.0',
    ...headers,
  ];
  return `${head.join('\r\n')}\r\n\r\n${content}\r\n`;
}
