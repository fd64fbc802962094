import type { ObjectBindings } from '../durable-objects/stubs.ts';

/** Bindings of the one Worker script; wrangler.toml declares them, the launcher adds DEPLOYMENT_KEY, CODE_HOST and EGRESS_*. */
export interface Env extends ObjectBindings {
  DB: D1Database;
  FILES: R2Bucket;
  JOBS: Queue;
  LOADER: WorkerLoader;
  /** The transforms Worker, a satellite. */
  TRANSFORMS: Fetcher;
  /** Reads SAML, a satellite. */
  SAML: Fetcher;
  ASSETS?: Fetcher;
  CODE_HOST?: Fetcher;
  /** The launcher's ways out (workers/executor/egress/network.ts): public addresses, and what a tenant listed. */
  EGRESS_PUBLIC?: Fetcher;
  EGRESS_LISTED?: Fetcher;
  /** The identity Worker: sign-up, sign-in, sessions. */
  IDENTITY?: Fetcher;
  /** Plans that whoever signs up may choose, separated by commas; the others are the operator's to give. */
  SIGN_UP_PLANS?: string;
  /** A mail server and whom its mails are from (workers/mail). */
  SMTP_URL?: string;
  MAIL_FROM?: string;
  VERSION?: WorkerVersionMetadata;
  /** Guards /internal/*. Absent: those routes answer 404. */
  DEPLOYMENT_KEY?: string;
  /** Deployment keys that are being exchanged for it (workers/vault). */
  DEPLOYMENT_KEYS_OLD?: string;
  /** The launcher's: CIDRs of proxies whose X-Forwarded-For is believed, separated by commas. */
  TRUSTED_PROXIES?: string;
  /** Where others reach this deployment; empty or absent: as each request says. */
  PUBLIC_URL?: string;
  /** `yes` where tests call the template of areas (workers/api/app.ts). */
  SERVES_TEMPLATE?: string;
  /** DNS over https (JSON) that is asked for proofs of domains; absent: a public one. */
  DNS_RESOLVER_URL?: string;
}
