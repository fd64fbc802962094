import { z } from 'zod';

/** An OpenID provider. The client's secret is kept apart, sealed. */
export const OidcSettings = z.strictObject({
  issuer: z.string().trim().max(1_000).describe('Exactly as the provider writes it; https, or http on this machine'),
  clientId: z.string().trim().min(1).max(500),
  scopes: z
    .array(z.string().regex(/^[!#-[\]-~]{1,200}$/))
    .max(20)
    .default([])
    .describe('Besides openid, email and profile'),
  groupsClaim: z.string().min(1).max(200).default('groups'),
});
export type OidcSettings = z.output<typeof OidcSettings>;
