import type { StandingBy, TenantProfile } from '../../durable-objects/tenant/protocol.ts';
import { tenantOf } from '../../durable-objects/stubs.ts';
import type { Env } from '../env.ts';
import { problemsOf } from '../kit/problem.ts';
import { valueOf } from '../kit/refusal.ts';
import { forgetRoutes } from '../kit/route-table.ts';
import { errors } from '../areas/organization/contract.ts';
import { d1Erasures } from './erasures.ts';

const problem = problemsOf(errors);
const DAY_MS = 86_400_000;

/** Who decides, and how the audit log knows them. */
interface Decider {
  by: StandingBy;
  id: string;
}

/** How one organisation stands, and who may change that (LIF1–LIF3). For its owner and for the operator alike. */
export function standingOf(env: Env, tenant: string) {
  const registry = tenantOf(env, tenant);
  const profile = async (): Promise<TenantProfile> => valueOf(await registry.profile());

  async function set(change: Parameters<typeof registry.setStanding>[0]): Promise<TenantProfile> {
    const after = valueOf(await registry.setStanding(change));
    forgetRoutes(tenant);
    return after;
  }

  /** What the operator did, an owner does not undo. */
  function refuseUndoing({ standingBy, standingReason }: TenantProfile, { by }: Decider): void {
    if (by === 'operator' || standingBy !== 'operator') return;
    throw problem('operator-only', { detail: standingReason || 'No reason was given.', hint: 'Ask the operator.' });
  }

  return {
    async suspend(decider: Decider, reason: string): Promise<TenantProfile> {
      const before = await profile();
      const isStronger = before.standing === 'suspended' && decider.by === 'operator';
      if (before.standing !== 'active' && !isStronger) {
        throw problem('organization-not-active', { detail: `It is ${before.standing}.` });
      }
      return set({ standing: 'suspended', reason, by: decider.by });
    },

    async resume(decider: Decider): Promise<TenantProfile> {
      const before = await profile();
      if (before.standing !== 'suspended') throw problem('organization-not-suspended');
      refuseUndoing(before, decider);
      return set({ standing: 'active', reason: '', by: decider.by });
    },

    async remove(decider: Decider, graceDays: number) {
      const before = await profile();
      if (before.standing !== 'active') refuseUndoing(before, decider);
      const nowMs = Date.now();
      const store = d1Erasures(env.DB);
      const receipt = [...crypto.getRandomValues(new Uint8Array(16))]
        .map((byte) => byte.toString(16).padStart(2, '0'))
        .join('');
      const wanted = { dueAt: nowMs + graceDays * DAY_MS, receipt };
      await store.plan({ tenant, ...wanted, requestedBy: `${decider.by}:${decider.id}`, requestedAt: nowMs });
      // what is due already stays as it was asked for
      const planned = (await store.of(tenant)) ?? wanted;
      await set({ standing: 'deleting', reason: 'being deleted', by: decider.by, deleteAt: planned.dueAt });
      return { deleteAt: planned.dueAt, receipt: planned.receipt };
    },

    async restore(decider: Decider): Promise<TenantProfile> {
      const before = await profile();
      if (before.standing !== 'deleting') throw problem('not-being-deleted');
      refuseUndoing(before, decider);
      const store = d1Erasures(env.DB);
      await store.cancel(tenant, Date.now());
      if (await store.of(tenant)) {
        throw problem('not-being-deleted', { detail: 'Its time is over: it is being removed, or was.' });
      }
      return set({ standing: 'active', reason: '', by: decider.by });
    },
  };
}
