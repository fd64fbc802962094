import { z } from 'zod';
import { REGIONS } from '../../../core/environment/region.ts';
import { route } from '../../kit/contract.ts';

export const errors = {
  'archive-unreadable': { status: 400, title: 'This is not an export of an organization' },
  'archive-damaged': { status: 400, title: 'The archive was changed or cut off' },
  'archive-too-large': { status: 413, title: 'The archive is too large' },
  'organization-not-active': { status: 409, title: 'The organization is not active' },
  'organization-not-suspended': { status: 409, title: 'The organization is not suspended' },
  'operator-only': { status: 403, title: 'The operator of this deployment decided this' },
  'confirmation-wrong': { status: 400, title: 'The confirmation does not name this organization' },
  'logo-invalid': { status: 400, title: 'This is no picture that can be a logo' },
  'not-being-deleted': { status: 409, title: 'The organization is not being deleted' },
} as const;

/** It lies in memory, packed and unpacked, while it is imported. */
export const MAX_ARCHIVE_BYTES = 24 * 1024 * 1024;

const Colour = z.string().regex(/^#[0-9a-fA-F]{6}$/, 'A colour like #0b6e6e');

export const Branding = z.strictObject({
  title: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .describe('Stands on pages in place of the name, where there is no logo; of a logo it is the text')
    .optional(),
  accent: Colour.describe('Buttons and links on light pages').optional(),
  accentDark: Colour.describe('The same on dark pages').optional(),
});

export const Organization = z.strictObject({
  id: z.string(),
  name: z.string(),
  standing: z.enum(['active', 'suspended', 'deleting']),
  standingReason: z.string(),
  standingBy: z.enum(['', 'owner', 'operator']),
  standingSince: z.number().int().describe('Epoch milliseconds'),
  deleteAt: z.number().int().nullable().describe('Epoch milliseconds'),
  region: z.enum(REGIONS).nullable().describe('Where its objects were made; null: where it was first called'),
  branding: Branding.extend({ logo: z.string().describe('Media type of its logo').optional() }),
  retentionDays: z.number().int().describe('How long finished runs are kept'),
  auditDays: z.number().int().describe('How long records of the audit log are kept'),
  createdAt: z.number().int().describe('Epoch milliseconds'),
});
export type Organization = z.output<typeof Organization>;

const owned = { scope: 'organization:own', cost: 10, output: Organization, whileSuspended: 'allowed' } as const;

export const contract = {
  get: route({
    method: 'GET',
    path: '/v1/organization',
    summary: 'Read the organization: how it stands, where it is, how its pages look',
    scope: 'organization:read',
    cost: 1,
    output: Organization,
    errors: [],
  }),
  change: route({
    method: 'PATCH',
    path: '/v1/organization',
    summary: 'Change the name, the look of pages, or how long runs and audit records are kept',
    scope: 'organization:write',
    cost: 3,
    body: z.strictObject({
      name: z.string().trim().min(1).max(100).optional(),
      branding: Branding.describe('Replaces all of it but the logo').optional(),
      retentionDays: z.number().int().min(1).max(3_650).optional(),
      auditDays: z.number().int().min(30).max(3_650).optional(),
    }),
    output: Organization,
    errors: [],
  }),
  logo: route({
    method: 'PUT',
    path: '/v1/organization/logo',
    summary: 'Set the logo that forms and chats show: PNG, JPEG, GIF or WebP',
    scope: 'organization:write',
    cost: 3,
    accepts: 'bytes',
    maxBytes: 200_000,
    body: z.instanceof(Uint8Array),
    output: Organization,
    errors: ['logo-invalid'],
  }),
  removeLogo: route({
    method: 'DELETE',
    path: '/v1/organization/logo',
    summary: 'Show no logo',
    scope: 'organization:write',
    cost: 3,
    output: Organization,
    errors: [],
  }),
  suspend: route({
    ...owned,
    method: 'POST',
    path: '/v1/organization/suspend',
    summary: 'Stop everything: webhooks, schedules, runs and changes; reading stays possible',
    status: 200,
    body: z.strictObject({ reason: z.string().max(500).default('') }).optional(),
    errors: ['organization-not-active'],
  }),
  resume: route({
    ...owned,
    method: 'POST',
    path: '/v1/organization/resume',
    summary: 'Let everything go on; schedules that were missed start once',
    status: 200,
    errors: ['organization-not-suspended', 'operator-only'],
  }),
  remove: route({
    method: 'DELETE',
    path: '/v1/organization',
    summary: 'Delete the organization with everything in it, after a time in which it can be restored',
    scope: 'organization:own',
    cost: 20,
    whileSuspended: 'allowed',
    status: 202,
    body: z.strictObject({
      confirm: z.string().max(100).describe('The id of the organization'),
      graceDays: z.number().int().min(0).max(90).default(7).describe('0: at once, for good'),
    }),
    output: z.strictObject({
      deleteAt: z.number().int().describe('Epoch milliseconds'),
      certificate: z.string().describe('Where the certificate will be, for whoever has this address'),
    }),
    errors: ['confirmation-wrong', 'operator-only'],
  }),
  export: route({
    method: 'GET',
    path: '/v1/organization/export',
    summary: 'Download everything as one zip archive, without secrets; it can be imported again',
    scope: 'organization:own',
    cost: 50,
    whileSuspended: 'allowed',
    answers: 'bytes',
    output: z.string(),
    errors: [],
  }),
  import: route({
    method: 'POST',
    path: '/v1/organization/import',
    summary: 'Bring an export in; what is there already stays, nothing is published, people are invited',
    scope: 'organization:own',
    cost: 50,
    status: 200,
    accepts: 'bytes',
    maxBytes: MAX_ARCHIVE_BYTES,
    query: z.strictObject({
      people: z
        .enum(['invite', 'leave'])
        .default('invite')
        .describe('Whether who belongs to the other organization is invited to this one, by mail'),
    }),
    body: z.instanceof(Uint8Array),
    output: z.strictObject({
      imported: z.record(z.string(), z.number().int()),
      skipped: z.record(z.string(), z.number().int()).describe('Of the same id or name as something here'),
      todo: z.strictObject({
        secrets: z.array(z.string()).describe('Credentials and variables whose secrets must be entered again'),
        publish: z
          .array(z.strictObject({ workflow: z.string(), version: z.string() }))
          .describe('What took triggers where it comes from'),
      }),
      left: z.array(z.string()).describe('What did not come in although it is not here, and why'),
    }),
    errors: ['archive-unreadable', 'archive-damaged', 'archive-too-large'],
  }),
  restore: route({
    ...owned,
    method: 'POST',
    path: '/v1/organization/restore',
    summary: 'Take a deletion back while its time is not over',
    status: 200,
    errors: ['not-being-deleted', 'operator-only'],
  }),
};
