import { type Asker, isVouchedFor, mayUse, type Sharing, voucherOf } from '../../core/credentials/sharing.ts';
import {
  bindReferences,
  type BoundReference,
  credentialIdsIn,
  touchedCredentials,
} from '../../core/credentials/references.ts';
import type { Json } from '../../core/data/item.ts';
import type { Workflow } from '../../core/graph/document.ts';
import { d1Credentials } from './store.ts';
import { d1Vouchers } from './vouchers.ts';

/** What stands between a document and the credentials it names. */
export interface CredentialGate {
  /** Names of nodes whose credentials the actor may not use, by the credential's id. */
  refused(before: Workflow | undefined, after: Workflow): Promise<Map<string, string[]>>;
  /** The actor answers for what an edit brings in or changes. Before it is stored: a run must not be quicker. */
  vouch(workflow: string, before: Workflow | undefined, after: Workflow): Promise<void>;
  /**
   * Ids of credentials for which neither whoever brought them in nor the actor may answer now; for others the actor
   * answers where nobody else does.
   */
  unvouched(workflow: string, document: Workflow): Promise<string[]>;
  /** Points an imported file at credentials the actor may use. */
  bind(workflow: Workflow): Promise<{ workflow: Workflow; bound: BoundReference[] }>;
}

/** Who acts when nobody does: the installation itself, which may use all. */
const INSTALLATION: Asker = { id: 'installation', scopes: ['*'], reach: 'everywhere' };

const sharingOf = ({ allowed }: { allowed: string }): Sharing => JSON.parse(allowed) as Sharing;

export function credentialGate(db: D1Database, tenant: string, actor: Asker = INSTALLATION): CredentialGate {
  const store = d1Credentials(db, tenant);
  const vouchers = d1Vouchers(db, tenant);
  const isUsable = (row: { allowed: string }): boolean => mayUse(sharingOf(row), actor);
  return {
    async refused(before, after) {
      const touched = touchedCredentials(before, after);
      if (touched.size === 0) return touched;
      const rows = await store.those([...touched.keys()]);
      return new Map(rows.filter((row) => !isUsable(row)).map(({ id }) => [id, touched.get(id) ?? []]));
    },
    async vouch(workflow, before, after) {
      const touched = touchedCredentials(before, after);
      if (touched.size === 0) return;
      // Those that are there and theirs: a document may name any number of others.
      const ids = (await store.those([...touched.keys()])).filter(isUsable).map(({ id }) => id);
      await vouchers.put(workflow, ids, voucherOf(actor));
    },
    async unvouched(workflow, document) {
      const named = [...credentialIdsIn(document as unknown as Json)];
      if (named.length === 0) return [];
      const rows = await store.those(named);
      const known = await vouchers.of(workflow, named);
      const open = rows.filter((row) => !isVouchedFor(sharingOf(row), known.get(row.id)));
      const taken = open.filter(isUsable).map(({ id }) => id);
      await vouchers.put(workflow, taken, voucherOf(actor));
      return open.filter((row) => !isUsable(row)).map(({ id }) => id);
    },
    async bind(workflow) {
      if (!workflow.nodes.some(({ credentials }) => credentials)) return { workflow, bound: [] };
      return bindReferences(workflow, (await store.list()).filter(isUsable));
    },
  };
}
