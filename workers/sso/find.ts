import type { Env } from '../env.ts';
import { d1Connections } from './connection-store.ts';
import { addressesOf } from './addresses.ts';
import { domainOf } from './domain.ts';
import { captorOf } from './domain-store.ts';

export interface Found {
  organization: string | null;
  /** Whether a password is of no use. */
  enforced: boolean;
  connections: { id: string; kind: string; name: string; signIn: string }[];
}

/** How people of an address's domain sign in. Says nothing of the address itself. */
export async function findConnections(env: Env, origin: string, email: string): Promise<Found> {
  const domain = domainOf(email.trim());
  const captor = domain === undefined ? undefined : await captorOf(env.DB, domain);
  if (!captor) return { organization: null, enforced: false, connections: [] };
  const { tenant, enforced } = captor;
  const rows = (await d1Connections(env.DB, tenant).list()).filter(({ enabled }) => enabled === 1);
  const connections = rows.map(({ id, kind, name }) => ({
    id,
    kind,
    name,
    signIn: addressesOf(origin, { tenant, id, kind }).signIn,
  }));
  return { organization: tenant, enforced, connections };
}
