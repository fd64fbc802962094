import { z } from 'zod';

const Dn = z.string().trim().max(1_000);
const AttributeName = z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,99}$/, 'Letters, digits and hyphens');

/** Where a directory is and how people are found in it. The password of `bindDn` is kept apart, sealed. */
export const LdapSettings = z.strictObject({
  host: z.string().trim().min(1).max(255),
  port: z.number().int().min(1).max(65_535).default(636),
  tls: z.enum(['on', 'starttls', 'off']).default('on').describe('`off` only for a directory on this machine'),
  bindDn: Dn.min(1).describe('The service account that may search'),
  baseDn: Dn.describe('Where people are'),
  userFilter: z.string().max(2_000).default('(&(objectClass=person)(uid={{username}}))'),
  idAttribute: AttributeName.default('entryUUID').describe(
    'What never changes of a person; objectGUID for Active Directory',
  ),
  emailAttribute: AttributeName.default('mail'),
  nameAttribute: AttributeName.default('cn'),
  groupBaseDn: Dn.optional().describe('Where groups are; left out: `memberOf` of the person'),
  groupFilter: z.string().max(2_000).default('(&(objectClass=groupOfNames)(member={{dn}}))'),
  groupNameAttribute: AttributeName.default('cn'),
});
export type LdapSettings = z.output<typeof LdapSettings>;
