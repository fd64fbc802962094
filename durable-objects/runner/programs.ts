import { versionIn } from '../../core/environment/reference.ts';
import { outerOf } from '../../core/engine/inner.ts';
import { compileProgram, type Program, type Registry } from '../../core/engine/program.ts';
import type { Workflow } from '../../core/graph/document.ts';
import { innerProgram } from '../../core/nodes/inner-program.ts';
import { NODES } from '../../core/nodes/registry.generated.ts';
import type { RunSource } from './protocol.ts';
import type { RunnerStore } from './store.ts';

export const REGISTRY: Registry = new Map(NODES.map((node) => [node.type, node]));

/** Published documents, by RPC: the runner never sees the database. */
export interface Documents {
  /** JSON text of a version; null when there is none. */
  load(tenant: string, workflow: string, version: string): Promise<string | null>;
  /** The version that is published there now; null when none is. */
  published(tenant: string, workflow: string, environment: string): Promise<string | null>;
}

/** Compiled versions of one runner. A version that a run uses is kept with the runner: runs outlive deletion (P7). */
export class Programs {
  private readonly ready = new Map<string, Program>();
  private readonly loading = new Map<string, Promise<Program | undefined>>();
  private readonly store: RunnerStore;
  private readonly documents: Documents;
  private readonly tenant: string;

  constructor(deps: { store: RunnerStore; documents: Documents; tenant: string }) {
    this.store = deps.store;
    this.documents = deps.documents;
    this.tenant = deps.tenant;
  }

  /** What is at hand, without waiting. */
  get(workflow: string, version: string): Program | undefined {
    const key = `${workflow}@${version}`;
    const known = this.ready.get(key);
    if (known) return known;
    const outer = outerOf(version);
    if (outer) return this.inner(this.get(workflow, outer.version), version);
    const text = this.store.program(workflow, version);
    return text === undefined ? undefined : this.keep(key, workflow, version, JSON.parse(text) as Workflow);
  }

  async load(source: RunSource): Promise<Program | undefined> {
    const known = this.get(source.workflow, source.version);
    if (known) return known;
    if (source.doc) return this.add(source.workflow, source.version, JSON.stringify(source.doc));
    const outer = outerOf(source.version);
    if (outer) {
      const around = await this.load({ workflow: source.workflow, version: outer.version });
      return this.inner(around, source.version);
    }
    const key = `${source.workflow}@${source.version}`;
    let flight = this.loading.get(key);
    if (!flight) {
      flight = this.fetch(source).finally(() => this.loading.delete(key));
      this.loading.set(key, flight);
    }
    return flight;
  }

  async published(workflow: string, environment: string): Promise<Program | undefined> {
    const version = await this.documents.published(this.tenant, workflow, environment);
    return version === null ? undefined : this.load({ workflow, version: versionIn(version, environment) });
  }

  private inner(outer: Program | undefined, version: string): Program | undefined {
    const program = outer && innerProgram(outer, version);
    if (program) this.ready.set(`${program.workflow}@${version}`, program);
    return program;
  }

  private async fetch({ workflow, version }: RunSource): Promise<Program | undefined> {
    const text = await this.documents.load(this.tenant, workflow, version);
    return text === null ? undefined : this.add(workflow, version, text);
  }

  private add(workflow: string, version: string, text: string): Program {
    this.store.putProgram(workflow, version, text);
    return this.keep(`${workflow}@${version}`, workflow, version, JSON.parse(text) as Workflow);
  }

  private keep(key: string, workflow: string, version: string, doc: Workflow): Program {
    const program = compileProgram({ workflow, version, doc, registry: REGISTRY });
    this.ready.set(key, program);
    return program;
  }
}
