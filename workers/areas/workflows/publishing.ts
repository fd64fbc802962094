import { bareVersion, environmentOf } from '../../../core/environment/reference.ts';
import type { Workflow } from '../../../core/graph/document.ts';
import type { Publication } from '../../../durable-objects/tenant/protocol.ts';
import { valueOf } from '../../kit/refusal.ts';
import { documentFrom } from './document-text.ts';
import { problem, unknownWorkflow } from './drafts.ts';
import type { WorkflowPorts } from './ports.ts';
import { startsOf } from './starts.ts';
import { publicationOf } from './triggers.ts';

/** Publishing twice at once is rare; losing the race this often is not a race. */
const MAX_NUMBER_TRIES = 5;

/** Versions, and which of them takes triggers. The version row is written first; the tenant object then points to it. */
export function publishing(ports: WorkflowPorts) {
  const { store, registry, routesChanged, touched, now } = ports;

  /** What nobody may answer for any more must not take triggers (CRD11). */
  async function refuseUnvouched(id: string, document: Workflow): Promise<void> {
    const unvouched = await ports.credentials.unvouched(id, document);
    if (unvouched.length === 0) return;
    throw problem('credential-not-shared', {
      detail: `${unvouched.join(', ')}: neither you nor whoever brought it into this workflow may use it.`,
      hint: 'Have it shared with you, choose another credential, or let somebody publish who may use it.',
    });
  }

  async function announce(publication: Publication, version: number) {
    const starts = startsOf(publication, ports);
    valueOf(await registry.publish(publication));
    routesChanged();
    touched({ after: { version, environment: environmentOf(publication.version) } });
    return { version, ...starts };
  }

  /** The version that holds this text: the latest one when it does already, so that publishing can be repeated. */
  async function versionFor(workflow: string, doc: string, note: string): Promise<number> {
    for (let attempt = 0; attempt < MAX_NUMBER_TRIES; attempt++) {
      const latest = await store.latestVersion(workflow);
      if (latest?.doc === doc) return latest.version;
      const version = (latest?.version ?? 0) + 1;
      if (await store.addVersion(workflow, { version, doc, note, createdAt: now() })) return version;
    }
    throw new Error(`No free version number for ${workflow}`);
  }

  async function known(environment: string): Promise<void> {
    if (await ports.hasEnvironment(environment)) return;
    throw problem('environment-unknown', { hint: 'GET /v1/environments lists them.' });
  }

  return {
    /** Publishes in `to` the version that is published in `from`. */
    async promote(id: string, { from, to, allowMissing }: { from: string; to: string; allowMissing: boolean }) {
      await Promise.all([known(from), known(to)]);
      if (!(await store.head(id))) throw unknownWorkflow();
      const found = (await registry.publications(from)).find(({ workflow }) => workflow === id);
      const row = found && (await store.version(id, Number(found.version)));
      if (!row) {
        throw problem('not-published-there', {
          detail: `This workflow is not published in ${from}.`,
          hint: `Publish it there first: POST /v1/workflows/${id}/publish?environment=${from}`,
        });
      }
      const document = JSON.parse(row.doc) as Workflow;
      await refuseUnvouched(id, document);
      const missing = await ports.missing(document, to);
      const lacks = missing.variables.length + missing.credentials.length > 0;
      if (lacks && !allowMissing) {
        throw problem('promotion-incomplete', {
          detail: `${to} has not all that this version names.`,
          hint: 'Make what is missing there, or send "allowMissing": true.',
          errors: [
            ...missing.variables.map((name) => ({ pointer: '', code: 'variable-missing', message: name })),
            ...missing.credentials.map((name) => ({ pointer: '', code: 'credential-missing', message: name })),
          ],
        });
      }
      const published = await announce(publicationOf(id, row.version, { document, environment: to }), row.version);
      return { ...published, environment: to, missing };
    },

    async publish(id: string, { note, environment }: { note: string; environment: string }) {
      await known(environment);
      const row = await store.get(id);
      if (!row) throw unknownWorkflow();
      // Checked again: what was fine when it was saved may name a node type that is gone.
      const { workflow } = documentFrom(JSON.parse(row.draft));
      await refuseUnvouched(id, workflow);
      startsOf(publicationOf(id, 0, { document: workflow, environment }), ports);
      const version = await versionFor(id, row.draft, note);
      return announce(publicationOf(id, version, { document: workflow, environment }), version);
    },

    async rollback(id: string, { version, environment }: { version: number; environment: string }) {
      await known(environment);
      if (!(await store.head(id))) throw unknownWorkflow();
      const row = await store.version(id, version);
      if (!row) throw problem('version-unknown', { hint: `GET /v1/workflows/${id}/versions lists them.` });
      const document = JSON.parse(row.doc) as Workflow;
      await refuseUnvouched(id, document);
      return announce(publicationOf(id, version, { document, environment }), version);
    },

    async unpublish(id: string, environment: string): Promise<void> {
      await known(environment);
      if (!(await store.head(id))) throw unknownWorkflow();
      const before = (await registry.publications(environment)).find(({ workflow }) => workflow === id);
      await registry.unpublish(id, environment);
      routesChanged();
      touched({ before: before && { version: Number(before.version), environment } });
    },

    async version(id: string, version: number) {
      if (!(await store.head(id))) throw unknownWorkflow();
      const row = await store.version(id, version);
      if (!row) throw problem('version-unknown', { hint: `GET /v1/workflows/${id}/versions lists them.` });
      const { doc, ...rest } = row;
      return { ...rest, document: JSON.parse(doc) as unknown };
    },

    async versions(id: string) {
      if (!(await store.head(id))) throw unknownWorkflow();
      const [rows, all] = await Promise.all([store.versions(id), registry.allPublications()]);
      const own = all.filter(({ workflow }) => workflow === id).map(({ version }) => version);
      return rows.map((row) => ({
        ...row,
        published: own.includes(String(row.version)),
        environments: own.filter((version) => bareVersion(version) === String(row.version)).map(environmentOf),
      }));
    },
  };
}
