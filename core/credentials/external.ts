import { z } from 'zod';

/** A secret that lies in another store and is fetched when it is used: it is never kept here. */
export const ExternalRef = z.strictObject({
  store: z.string().min(1).max(100).describe('Id of the credential of the store'),
  secret: z.string().min(1).max(500).describe('Name or path of the secret there'),
  field: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('Where the secret is a JSON object or has several values: which'),
});
export type ExternalRef = z.output<typeof ExternalRef>;

/** As it is kept: with the type of the store, so that it is opened as nothing else. */
export type KeptRef = ExternalRef & { type: string };

export const isExternalRef = (value: unknown): value is ExternalRef => ExternalRef.safeParse(value).success;

/** Types of credentials that open stores of secrets. */
export const STORE_TYPES = ['hashicorpVault', 'awsSecretsManager', 'gcpSecretManager', 'azureKeyVault'] as const;
export type StoreType = (typeof STORE_TYPES)[number];

export const isStoreType = (type: string): type is StoreType => STORE_TYPES.some((each) => each === type);

/** One value of what a store gave: the whole text, or a field of the JSON object it is. */
export function pick(text: string, field: string | undefined): string | undefined {
  if (field === undefined) return text;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, field)) return undefined;
    const found: unknown = new Map(Object.entries(value)).get(field);
    return typeof found === 'string' ? found : typeof found === 'object' ? undefined : String(found);
  } catch {
    return undefined;
  }
}
