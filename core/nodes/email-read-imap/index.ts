import type { Json } from '../../data/item.ts';
import { credentialOf } from '../../node/calls.ts';
import {
  type CompileKit,
  defineNode,
  type Kept,
  type NodeExecutor,
  NodeError,
  type NodeType,
  type StepContext,
  type StepResult,
} from '../../node/kit.ts';
import type { TransformedItem } from '../../node/transform.ts';
import { type SearchKey, readCriteria } from './criteria.ts';
import { fields } from './fields.ts';
import { asJson, type FetchedMail, type ImapPayload, type MailboxPlace, type MailFormat } from './mailbox.ts';

const textOf = (value: Json | undefined, fallback: string): string =>
  typeof value === 'string' && value !== '' ? value : fallback;

interface Wishes {
  mailbox: string;
  format: MailFormat;
  attachments: boolean;
  prefix: string;
  search: SearchKey[];
  marksRead: boolean;
  /** Goes on after the last mail seen; otherwise only the rules decide. */
  tracks: boolean;
}

function wishesOf(kit: CompileKit): Wishes {
  const at = (path: string): Json | undefined => kit.raw(path);
  if (at('options.allowUnauthorizedCerts') === true) {
    throw new NodeError('insecure-tls', 'Certificates are always checked; "Ignore SSL issues" cannot be used here.');
  }
  const format = textOf(at('format'), 'simple');
  if (format !== 'simple' && format !== 'resolved' && format !== 'raw') {
    throw new NodeError('bad-format', `There is no format '${format}'; there are simple, resolved and raw.`);
  }
  const marksRead = textOf(at('postProcessAction'), 'read') === 'read';
  return {
    mailbox: textOf(at('mailbox'), 'INBOX'),
    format,
    attachments: format === 'resolved' || (format === 'simple' && at('downloadAttachments') === true),
    prefix: textOf(at('dataPropertyAttachmentsPrefixName'), 'attachment_'),
    search: readCriteria(at('options.customEmailConfig')),
    marksRead,
    // Without marking, nothing but the place tells old mails from new ones.
    tracks: !marksRead || at('options.trackLastMessageId') !== false,
  };
}

function placeBefore(step: StepContext, mailbox: string): MailboxPlace | null {
  const { mailbox: before, validity, uid } = step.kept('node');
  return before === mailbox && typeof validity === 'number' && typeof uid === 'number' ? { validity, uid } : null;
}

function compile(kit: CompileKit): NodeExecutor {
  const effect = (payload: ImapPayload): StepResult => ({
    kind: 'effect',
    effect: { kind: 'imap', class: payload.do === 'fetch' ? 'pure' : 'idempotent', payload: asJson(payload) },
  });
  const output = (step: StepContext, fetched: FetchedMail, { mailbox, tracks }: Wishes): StepResult => {
    const items = fetched.items.map(({ json, binary }: TransformedItem) => (binary ? { json, binary } : { json }));
    const place = tracks ? (fetched.place ?? placeBefore(step, mailbox)) : null;
    const keep: Kept = place ? { node: { mailbox, ...place } } : {};
    return { kind: 'output', outputs: [items], ...(place ? { keep } : {}) };
  };
  return {
    outputs: 1,
    run(step) {
      // A test run may bring its own mail.
      if (step.items.some(({ json }) => Object.keys(json).some((name) => /^(subject|textPlain|raw)$/.test(name)))) {
        return { kind: 'output', outputs: [step.items] };
      }
      const wishes = wishesOf(kit);
      const { mailbox, search, format, attachments, prefix, tracks } = wishes;
      const after = tracks ? placeBefore(step, mailbox) : null;
      const credential = credentialOf(kit, 'imap');
      return effect({ do: 'fetch', credential, mailbox, search, after, format, attachments, prefix });
    },
    resume(step, wake) {
      if (wake.kind !== 'reply') throw new NodeError('bad-wake', `This node cannot continue after '${wake.kind}'.`);
      const wishes = wishesOf(kit);
      const reply = wake.value as unknown as FetchedMail & { marked?: true };
      const { uids, place } = reply;
      // Marked only once what was fetched is on record: a crash in between would lose mails that look read.
      if (!wishes.marksRead || reply.marked || uids.length === 0 || !place) return output(step, reply, wishes);
      return effect({
        do: 'mark-read',
        credential: credentialOf(kit, 'imap'),
        mailbox: wishes.mailbox,
        validity: place.validity,
        uids,
        fetched: { items: reply.items, uids, place },
      });
    },
  };
}

export const node: NodeType = defineNode({
  type: 'email-read-imap',
  title: 'Email Trigger (IMAP)',
  summary: 'Starts when new mail arrives in a mailbox.',
  group: 'trigger',
  icon: 'inbox',
  n8n: { type: 'n8n-nodes-base.emailReadImap', versions: [1, 2, 2.1] },
  credential: () => 'imap',
  version: 2.1,
  fields,
  trigger: 'poll',
  inputs: 0,
  compile,
});
