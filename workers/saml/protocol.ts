import type { IdpMetadata } from './metadata.ts';
import type { Expected, SamlLogin } from './response.ts';

/** What the product asks of this Worker: one JSON body each. */
export type SamlAsk =
  | { do: 'response'; response: string; expected: Omit<Expected, 'request'> & { request?: string } }
  | { do: 'metadata'; xml: string }
  | { do: 'key'; certificate: string };

export type SamlAnswer =
  | { ok: true; login: SamlLogin }
  | { ok: true; metadata: IdpMetadata }
  | { ok: true; key: string }
  | { ok: false; code: string; message: string };

export type { IdpMetadata, SamlLogin };
