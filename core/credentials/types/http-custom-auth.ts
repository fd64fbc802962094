import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'httpCustomAuth',
  title: 'Custom auth',
  summary: 'Headers, query parameters and body fields, as JSON.',
  fields: [
    {
      name: 'json',
      label: 'JSON',
      type: 'json',
      secret: true,
      required: true,
      description: '{"headers": {}, "qs": {}, "body": {}}; each part may be left out.',
    },
  ],
});
