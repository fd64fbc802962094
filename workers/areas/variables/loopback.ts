import { WorkerEntrypoint } from 'cloudflare:workers';
import type { Env } from '../../env.ts';
import { placeholderOf } from '../../vault/variables.ts';
import { d1Variables } from './store.ts';

/** How runners fetch the variables of their tenant. */
export class Variables extends WorkerEntrypoint<Env> {
  /** JSON text: environment → name → value; of a secret variable its placeholder. */
  async all(tenant: string): Promise<string> {
    const table = new Map<string, [string, string][]>();
    for (const row of await d1Variables(this.env.DB, tenant).list()) {
      const value = row.secret ? await placeholderOf(this.env, tenant, row) : (row.value ?? '');
      table.set(row.environment, [...(table.get(row.environment) ?? []), [row.name, value]]);
    }
    return JSON.stringify(Object.fromEntries([...table].map(([name, rows]) => [name, Object.fromEntries(rows)])));
  }
}
