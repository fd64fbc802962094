import type { Field } from '../../node/kit.ts';

export const fields: readonly Field[] = [
  { name: 'mailbox', label: 'Mailbox', type: 'string', default: 'INBOX' },
  {
    name: 'postProcessAction',
    label: 'Action',
    type: 'options',
    default: 'read',
    options: ['read', 'nothing'],
    description: 'Mark mails as read once they are safely in a run, or leave them.',
  },
  {
    name: 'format',
    label: 'Format',
    type: 'options',
    default: 'simple',
    options: ['simple', 'resolved', 'raw'],
    description: 'Texts and addresses; everything with attachments; or the whole mail as base64url in `raw`.',
  },
  { name: 'downloadAttachments', label: 'Download attachments', type: 'boolean', default: false },
  { name: 'dataPropertyAttachmentsPrefixName', label: 'Attachment prefix', type: 'string', default: 'attachment_' },
  { name: 'pollTimes.item', label: 'Look at', type: 'collection', description: 'Every minute unless set.' },
  {
    name: 'options.customEmailConfig',
    label: 'Custom email rules',
    type: 'json',
    default: '["UNSEEN"]',
    description: 'Search rules, e.g. ["UNSEEN", ["FROM", "ada@example.com"]].',
  },
  {
    name: 'options.trackLastMessageId',
    label: 'Only mails after the last one',
    type: 'boolean',
    default: true,
    description: 'Turned off, only the rules decide; mails must then be marked as read.',
  },
  {
    name: 'options.allowUnauthorizedCerts',
    label: 'Ignore SSL issues',
    type: 'boolean',
    default: false,
    description: 'Refused when on: certificates are always checked.',
  },
];
