import { type CredentialType, defineCredential } from '../kit.ts';

export const credential: CredentialType = defineCredential({
  type: 'pineconeApi',
  title: 'Pinecone',
  summary: 'Signs requests to Pinecone.',
  fields: [{ name: 'apiKey', label: 'API key', type: 'string', secret: true, required: true }],
  sign: { headers: { 'api-key': '{apiKey}' } },
  domains: ['*.pinecone.io'],
  probe: { url: 'https://api.pinecone.io/indexes' },
});
