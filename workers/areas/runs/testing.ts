import { caller, type Caller } from '../../kit/testing.ts';

/** Somebody who sees one workflow and its runs, and nothing else of the organisation. */
export async function viewerOf(api: Caller, workflow: string): Promise<Caller> {
  const made = await api('POST /v1/service-accounts', { body: { name: workflow, role: 'guest' } });
  const id = made.body['id'] as string;
  const key = await api('POST /v1/service-accounts/{id}/keys', { params: { id }, body: { name: 'k' } });
  const on = { kind: 'workflow', id: workflow };
  await api('POST /v1/grants', { body: { to: { kind: 'service', id }, role: 'viewer', on } });
  return caller(key.body['key'] as string);
}
