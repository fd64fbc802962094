import type { JsonObject } from '../../data/item.ts';
import type { CredentialRef, TransformedItem } from '../../node/transform.ts';
import type { SearchKey } from './criteria.ts';

export type MailFormat = 'simple' | 'resolved' | 'raw';

/** Where a mailbox was left: a UID means something only under its UIDVALIDITY (RFC 3501 §2.3.1.1). */
export interface MailboxPlace {
  validity: number;
  uid: number;
}

/** Payload of an effect of kind `imap`: fetches what is new, or marks as read what was handed on. */
export type ImapPayload =
  | {
      do: 'fetch';
      credential: CredentialRef;
      mailbox: string;
      search: SearchKey[];
      after: MailboxPlace | null;
      format: MailFormat;
      attachments: boolean;
      prefix: string;
    }
  | {
      do: 'mark-read';
      credential: CredentialRef;
      mailbox: string;
      validity: number;
      uids: number[];
      /** Comes back unchanged. */
      fetched: FetchedMail;
    };

/** What a fetch brings. `place` is null when the mailbox gave nothing new. */
export interface FetchedMail {
  items: TransformedItem[];
  uids: number[];
  place: MailboxPlace | null;
}

export const asJson = (value: ImapPayload | FetchedMail): JsonObject => value as unknown as JsonObject;
