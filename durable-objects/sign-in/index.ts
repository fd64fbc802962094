import { DurableObject } from 'cloudflare:workers';
import { erase, type Erased } from '../kit/erase.ts';
import type { Outcome } from '../runner/protocol.ts';
import type { ObjectBindings } from '../stubs.ts';
import type { PendingSignIn, RenewCall, SignInRpc } from './protocol.ts';

/** What the object uses of the Worker script's other entrypoints. */
interface Loopback {
  Executor: { renewTokens(call: RenewCall): Promise<Outcome<null>> };
}

const PENDING = 'pending';

/**
 * One credential's sign-in, named `tenant/credential/id`: the answer it waits for, and the one renewal at a time. A
 * service that gives a new refresh token with each answer would otherwise see the old one twice, and revoke both.
 */
export class SignIn extends DurableObject<ObjectBindings> implements SignInRpc {
  #renewing: Promise<Outcome<null>> | undefined;

  erase(): Promise<Erased> {
    return erase(this.ctx.storage);
  }

  async begin(pending: PendingSignIn): Promise<void> {
    await this.ctx.storage.put(PENDING, pending);
    await this.ctx.storage.setAlarm(pending.expiresAt);
  }

  async take(state: string, browser: string | null): Promise<PendingSignIn | null> {
    const pending = await this.ctx.storage.get<PendingSignIn>(PENDING);
    // Digests: the time of comparing tells nothing of what they were made of.
    if (pending?.state !== state) return null;
    await this.#forget();
    const isOfBrowser = pending.browser === null || pending.browser === browser;
    return isOfBrowser && pending.expiresAt > Date.now() ? pending : null;
  }

  renew(call: RenewCall): Promise<Outcome<null>> {
    // SAFETY: entrypoints of workers/main.ts.
    const { Executor } = this.ctx.exports as unknown as Loopback;
    return (this.#renewing ??= Executor.renewTokens(call).finally(() => (this.#renewing = undefined)));
  }

  override async alarm(): Promise<void> {
    await this.#forget();
  }

  /** An object that holds nothing costs nothing. */
  async #forget(): Promise<void> {
    await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.deleteAll();
  }
}
