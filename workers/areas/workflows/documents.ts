import { WorkerEntrypoint } from 'cloudflare:workers';
import { bareVersion } from '../../../core/environment/reference.ts';
import { tenantOf } from '../../../durable-objects/stubs.ts';
import type { TenantProfile } from '../../../durable-objects/tenant/protocol.ts';
import type { Env } from '../../env.ts';
import { d1Workflows } from './store.ts';

/** How objects read what lives in D1: they have no database of their own for it, and no area's code. */
export class Documents extends WorkerEntrypoint<Env> {
  /** JSON text of a version, whatever environment it is in; null when there is none of that number. */
  async load(tenant: string, workflow: string, version: string): Promise<string | null> {
    const number = bareVersion(version);
    if (!/^[1-9][0-9]{0,8}$/.test(number)) return null;
    return (await d1Workflows(this.env.DB, tenant).version(workflow, Number(number)))?.doc ?? null;
  }

  /** What the tenant may reach and keep; null when there is no such tenant. */
  async profile(tenant: string): Promise<TenantProfile | null> {
    const outcome = await tenantOf(this.env, tenant).profile();
    return outcome.ok ? outcome.value : null;
  }
}
