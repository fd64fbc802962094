import { z } from 'zod';

const shared = {
  emailAttribute: z.string().max(500).default('').describe('Empty: the NameID'),
  nameAttribute: z.string().max(500).default('displayName'),
  groupsAttribute: z.string().max(500).default('groups'),
  idpInitiated: z.boolean().default(false).describe('Whether sign-ins that nobody here began are taken'),
};

/** A SAML identity provider as it is stored. */
export const SamlSettings = z.strictObject({
  issuer: z.string().min(1).max(1_024).describe('Its entity id'),
  signInUrl: z.string().max(2_000),
  keys: z.array(z.string()).describe('PEM public keys that may sign'),
  ...shared,
});
export type SamlSettings = z.output<typeof SamlSettings>;

/** As it is given: by its metadata, or piece by piece. */
export const SamlGiven = z.strictObject({
  metadata: z.string().max(200_000).optional().describe('The identity provider’s metadata; instead of the next three'),
  issuer: z.string().trim().max(1_024).optional(),
  signInUrl: z.string().trim().max(2_000).optional(),
  certificates: z.array(z.string().max(20_000)).max(10).optional().describe('PEM, or its base64'),
  ...shared,
});
export type SamlGiven = z.output<typeof SamlGiven>;
