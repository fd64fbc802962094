import type { BinaryRef } from '../../data/item.ts';

/** One mail, as the executor sends it. Addresses are text as people write them: `Ada <ada@example.com>, bob@…`. */
export interface MailCall {
  from: string;
  to: string;
  cc: string;
  bcc: string;
  replyTo: string;
  subject: string;
  text?: string;
  html?: string;
  attachments: BinaryRef[];
  /** Base of the Message-ID: the same for every attempt. */
  key: string;
}
