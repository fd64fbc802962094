import type { Workflow } from '../../../core/graph/document.ts';
import type { RunnerRpc } from '../../../durable-objects/runner/protocol.ts';
import type { TenantRpc } from '../../../durable-objects/tenant/protocol.ts';
import type { CredentialGate } from '../../vault/gate.ts';
import type { Touched } from '../../kit/context.ts';
import type { WorkflowStore } from './store.ts';

export interface Missing {
  variables: string[];
  credentials: string[];
}

/** What this area's services may use. index.ts makes it of bindings. */
export interface WorkflowPorts {
  tenant: string;
  /** `member:ID`, `key:ID` or `service:ID`; absent where the product itself acts. */
  actor?: string;
  /** Scheme and host under which webhooks are reached. */
  origin: string;
  store: WorkflowStore;
  registry: Pick<TenantRpc, 'publish' | 'unpublish' | 'publications' | 'allPublications'>;
  /** False when there is no such environment. */
  hasEnvironment(name: string): Promise<boolean>;
  /** Variables and credentials that a version names and an environment has not. */
  missing(document: Workflow, environment: string): Promise<Missing>;
  /** Names of variables that are secret in some environment. */
  secretVariables(): Promise<ReadonlySet<string>>;
  runner(shard: number): Pick<RunnerRpc, 'start' | 'forget'>;
  shards(): Promise<number>;
  /** Called when webhooks changed, so that this isolate sees it at once. */
  routesChanged(): void;
  /** What stands between documents and credentials. */
  credentials: CredentialGate;
  /** Tells the audit log what changed. */
  touched(facts: Touched): void;
  now(): number;
  newId(prefix: string): string;
}
