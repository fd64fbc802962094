import type { EffectOrder } from '../../core/shard/ports.ts';
import { refuse } from './desk.ts';
import type { Refusal } from './protocol.ts';
import type { RunnerStore } from './store.ts';

const META = 'standing';

export const SUSPENDED = (): { ok: false; error: Refusal } =>
  refuse(
    423,
    'organization-suspended',
    'This organization is suspended.',
    'Its owner or the operator of this deployment can resume it.',
  );

/** Whether the tenant's runs may move. Survives restarts: a suspended tenant stays so without asking anybody. */
export class Standing {
  private readonly store: RunnerStore;
  private readonly parked: EffectOrder[] = [];
  isSuspended: boolean;

  constructor(store: RunnerStore) {
    this.store = store;
    this.isSuspended = store.meta(META) === 'suspended';
  }

  /** Keeps an effect for later. True when it was kept. */
  park(order: EffectOrder): boolean {
    if (this.isSuspended) this.parked.push(order);
    return this.isSuspended;
  }

  suspend(): void {
    this.isSuspended = true;
    this.store.setMeta(META, 'suspended');
  }

  /** Returns what was parked. */
  resume(): EffectOrder[] {
    this.isSuspended = false;
    this.store.setMeta(META, 'active');
    return this.parked.splice(0);
  }
}
