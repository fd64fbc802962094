import type { CredentialField } from './kit.ts';

/** A store is opened by one key and read by many: this narrows what they may ask of it. */
export const PREFIX: CredentialField = {
  name: 'prefix',
  label: 'Only secrets that start with',
  type: 'string',
  description: 'Others are not fetched, whoever refers to them.',
};
