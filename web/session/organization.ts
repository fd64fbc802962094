import type { OutputOf } from '../../sdk/client/index.ts';

export type Account = OutputOf<'GET /v1/account'>;

const STORED = 'millrace.organization';

/** The organisation to begin with: of `?organization=`, the last one here, or the first they joined. */
export function firstOrganization({ organizations }: Account): string | undefined {
  const wanted = [new URLSearchParams(location.search).get('organization'), localStorage.getItem(STORED)];
  const found = wanted.map((id) => organizations.find((each) => each.id === id)).find((each) => each !== undefined);
  return (found ?? organizations[0])?.id;
}

export const rememberOrganization = (id: string): void => localStorage.setItem(STORED, id);
