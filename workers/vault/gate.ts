import { type Asker, mayUse, type Sharing } from '../../core/credentials/sharing.ts';
import { bindReferences, type BoundReference, touchedCredentials } from '../../core/credentials/references.ts';
import type { Workflow } from '../../core/graph/document.ts';
import { d1Credentials } from './store.ts';

/** What stands between a document and the credentials it names. */
export interface CredentialGate {
  /** Names of nodes whose credentials the actor may not use, by the credential's id. */
  refused(before: Workflow | undefined, after: Workflow): Promise<Map<string, string[]>>;
  /** Points an imported file at credentials the actor may use. */
  bind(workflow: Workflow): Promise<{ workflow: Workflow; bound: BoundReference[] }>;
}

/** For an actor; undefined: the installation itself, which may use all. */
export function credentialGate(db: D1Database, tenant: string, actor: Asker | undefined): CredentialGate {
  const store = d1Credentials(db, tenant);
  const isUsable = ({ allowed }: { allowed: string }): boolean =>
    actor === undefined || mayUse(JSON.parse(allowed) as Sharing, actor);
  return {
    async refused(before, after) {
      const touched = touchedCredentials(before, after);
      if (touched.size === 0) return touched;
      const rows = await store.those([...touched.keys()]);
      return new Map(rows.filter((row) => !isUsable(row)).map(({ id }) => [id, touched.get(id) ?? []]));
    },
    async bind(workflow) {
      if (!workflow.nodes.some(({ credentials }) => credentials)) return { workflow, bound: [] };
      return bindReferences(workflow, (await store.list()).filter(isUsable));
    },
  };
}
