import { carriable } from '../../core/data/carriable.ts';
import type { Json } from '../../core/data/item.ts';
import type { EffectReply, EffectRequest } from '../../core/node/kit.ts';
import type { EgressRules } from '../tenant/protocol.ts';
import { type ObjectBindings, tenantOf } from '../stubs.ts';
import { Turnstile } from './turnstile.ts';

/** Where a run is, and whose: that decides what it may use. */
interface RunPlace {
  environment: string;
  /** Id. */
  workflow: string;
}

/** What the runner uses of the Worker script's other entrypoints, through loopback bindings. */
export interface Loopback {
  Executor: {
    perform(
      request: {
        tenant: string;
        environment: string;
        workflow: string;
        effect: EffectRequest;
        key: string;
        policy: EgressRules;
      },
      tell?: Tell,
    ): Promise<EffectReply>;
  };
  /** JSON text: environment → name → value. */
  Variables: { all(tenant: string): Promise<string> };
  Documents: { load(tenant: string, workflow: string, version: string): Promise<string | null> };
}

/** Told what an effect has read so far, while it reads on. */
export type Tell = (text: string) => void;

export interface RunnerEnv extends ObjectBindings {
  FILES: R2Bucket;
  /** Public origin, for resume URLs. */
  PUBLIC_URL?: string;
}

/** How long a tenant's egress rules are used before they are asked for again. */
const RULES_TTL_MS = 10_000;

/** Under way at once, whatever the plan says: each holds memory of the one process. */
const MAX_EFFECTS = 1_000;

/** Performs effects outside the object: an object shares one I/O context among all its runs. */
export class Performer {
  private readonly env: RunnerEnv;
  private readonly loopback: Loopback;
  private readonly tenant: string;
  private readonly turnstile = new Turnstile(MAX_EFFECTS);
  private rules: { at: number; value: Promise<EgressRules> } | undefined;

  constructor(env: RunnerEnv, loopback: Loopback, tenant: string) {
    this.env = env;
    this.loopback = loopback;
    this.tenant = tenant;
  }

  /** How many effects may be under way, by the tenant's plan. */
  allow(effects: number): void {
    this.turnstile.limit = Math.min(effects, MAX_EFFECTS);
  }

  perform(effect: EffectRequest, key: string, place: RunPlace & { tell?: Tell | undefined }): Promise<EffectReply> {
    return this.turnstile.pass(() => this.performNow(effect, key, place));
  }

  private async performNow(
    effect: EffectRequest,
    key: string,
    { tell, ...place }: RunPlace & { tell?: Tell | undefined },
  ): Promise<EffectReply> {
    try {
      const policy = await this.policy();
      const carried = { ...effect, payload: carriable(effect.payload) };
      const request = { tenant: this.tenant, ...place, effect: carried, key, policy };
      const executor = this.loopback.Executor;
      return await (tell ? executor.perform(request, tell) : executor.perform(request));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return { ok: false, error: { code: 'executor-failed', message: message.slice(0, 1000), retryable: true } };
    }
  }

  private policy(): Promise<EgressRules> {
    const now = Date.now();
    if (this.rules && now - this.rules.at < RULES_TTL_MS) return this.rules.value;
    const value = tenantOf(this.env, this.tenant)
      .profile()
      .then((profile) => (profile.ok ? profile.value.egress : { allow: [], deny: ['*'] }));
    value.catch(() => (this.rules = undefined));
    this.rules = { at: now, value };
    return value;
  }
}

export type { Json };
