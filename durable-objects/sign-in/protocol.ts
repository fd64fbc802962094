import type { Erased } from '../kit/erase.ts';
import type { Outcome } from '../runner/protocol.ts';
import type { EgressRules } from '../tenant/protocol.ts';

/** A sign-in that somebody began. The state itself is not kept, only its hash. */
export interface PendingSignIn {
  /** SHA-256 of the state, hex. */
  state: string;
  /** SHA-256 of the cookie of the browser that asked, hex; null: any browser may bring the answer. */
  browser: string | null;
  /** PKCE's secret half. */
  verifier: string;
  redirectUri: string;
  actor: { kind: string; id: string };
  /** Epoch milliseconds. */
  expiresAt: number;
}

export interface RenewCall {
  tenant: string;
  credential: string;
  /** SHA-256 (hex) of the access token that is of no use; null: there is none, or it ended. */
  stale: string | null;
  policy: EgressRules;
}

/** RPC surface of the object of one credential's sign-in. */
export interface SignInRpc {
  /** In place of one that was begun before. */
  begin(pending: PendingSignIn): Promise<void>;
  /** What the state was made for, once: gone afterwards, whoever asked. Null: none, too late, or another browser. */
  take(state: string, browser: string | null): Promise<PendingSignIn | null>;
  /** Has the tokens renewed, once for all who ask meanwhile. They are then in the credential's record. */
  renew(call: RenewCall): Promise<Outcome<null>>;
  /** Deletes everything this object holds. */
  erase(): Promise<Erased>;
}
