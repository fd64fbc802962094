import type { Json, JsonObject } from '../../data/item.ts';
import type { WorkflowNode } from '../../graph/document.ts';
import { Draft } from '../draft.ts';
import { asObject, numeric, own, ownObject } from '../n8n/json.ts';
import type { ImportOptions, N8nImport } from '../n8n/index.ts';
import { filterParameters } from './filter.ts';
import { type Source, translate } from './formula.ts';
import { type Made, type Module, MODULES } from './modules.ts';

const MAX_MODULES = 5_000;
const GRID_PX = 300;

/** The blueprint in a file: itself, or wrapped as the API answers. */
export function blueprintIn(input: unknown): JsonObject | undefined {
  const outer = asObject(input);
  const response = ownObject(outer, 'response') ?? outer;
  const found = ownObject(response, 'blueprint') ?? response;
  const flow = own(found, 'flow');
  return Array.isArray(flow) && flow.some((each) => typeof own(asObject(each), 'module') === 'string')
    ? found
    : undefined;
}

/** Reads a Make blueprint. Never throws; what has no counterpart becomes a placeholder that can be bound. */
export function importMake(blueprint: JsonObject, options: Pick<ImportOptions, 'bindable'>): N8nImport {
  const reader = new BlueprintReader(own(blueprint, 'name'));
  reader.start(own(blueprint, 'flow'));
  return { workflows: [reader.draft.finish(options.bindable)], problems: [] };
}

type Handling = { more: Pick<WorkflowNode, 'onError' | 'retry'>; reason?: string; handlers?: Json };

class BlueprintReader {
  readonly draft: Draft;
  private readonly sources = new Map<string, Source>();
  private left = MAX_MODULES;

  constructor(name: Json | undefined) {
    this.draft = new Draft(name);
  }

  start(flow: Json | undefined): void {
    const first = moduleOf(Array.isArray(flow) ? flow[0] : undefined);
    let before: string | undefined;
    // Make keeps the schedule of a scenario outside its blueprint.
    if (first && first.module !== 'gateway:CustomWebHook' && !/watch|trigger/i.test(first.module)) {
      before = this.draft.add({
        id: 'start',
        name: this.draft.name('Start'),
        type: 'manual',
        version: 1,
        parameters: {},
        position: [first.position[0] - GRID_PX, first.position[1]],
        foreignType: 'schedule',
        status: 'changed',
        reason: 'A blueprint does not say when it runs: replace it by a Schedule node.',
      });
    }
    this.chain(flow, before, 0);
    this.draft.report.notes.push(
      'Make takes its bundles through the scenario one by one; here a node works on all items at once.',
    );
    if (this.left < 0) this.draft.report.notes.push(`Modules beyond ${MAX_MODULES} are left out.`);
  }

  /** A list of modules, one after the other. */
  private chain(flow: Json | undefined, from: string | undefined, output: number): void {
    let before = from;
    let port = output;
    for (const entry of Array.isArray(flow) ? flow : []) {
      const module = moduleOf(entry);
      const raw = asObject(entry);
      if (!module || !raw || --this.left < 0) continue;
      const filtered = this.filter(ownObject(raw, 'filter'), module, before, port);
      if (filtered !== undefined) [before, port] = [filtered, 0];
      const made = this.module(module, handlingOf(own(raw, 'onerror')));
      if (before !== undefined) this.draft.connect(before, made.enters, port);
      [before, port] = [made.leaves, 0];
      const { handlers } = made;
      if (handlers !== undefined) this.chain(handlers, before, 1);
      const routes = own(raw, 'routes');
      for (const route of Array.isArray(routes) ? routes : []) this.chain(own(asObject(route), 'flow'), before, 0);
    }
  }

  private readonly text =
    (kept: { isKept: boolean }) =>
    (raw: Json | undefined): string => {
      if (raw === undefined || raw === null) return '';
      if (typeof raw !== 'string') return typeof raw === 'object' ? JSON.stringify(raw) : String(raw);
      const { value, isKept } = translate(raw, this.sources);
      if (isKept) kept.isKept = true;
      return value;
    };

  private module(module: Module, handling: Handling): { enters: string; leaves: string; handlers?: Json } {
    const name = this.draft.name(module.label ?? titleOf(module.module));
    const kept = { isKept: false };
    if (module.module === 'builtin:BasicFeeder') return this.iterator(module, name, kept);
    const make = MODULES.get(module.module);
    const made: Made | undefined = make?.(module, this.text(kept));
    this.sources.set(module.id, { node: name, fields: made?.fields ?? {} });
    const reasons = [
      made ? made.reason : 'No connector runs modules of this kind yet.',
      kept.isKept ? KEPT : undefined,
      handling.reason,
    ].filter((reason) => reason !== undefined);
    const id = this.draft.add({
      id: `make-${module.id}`,
      name,
      type: made?.type ?? `make:${module.module}`,
      version: made?.version ?? 1,
      parameters: made?.parameters ?? this.placeholder(module),
      position: module.position,
      foreignType: module.module,
      status: !made
        ? 'needs-connector'
        : made.needsCredential
          ? 'needs-credential'
          : reasons.length > 0
            ? 'changed'
            : 'runs',
      ...(reasons.length > 0 ? { reason: reasons.join(' ') } : {}),
      more: handling.more,
    });
    return { enters: id, leaves: id, ...(handling.handlers === undefined ? {} : { handlers: handling.handlers }) };
  }

  /** An iterator takes a list from anywhere: one node fetches it, the next splits it. */
  private iterator(module: Module, name: string, kept: { isKept: boolean }): { enters: string; leaves: string } {
    const value = this.text(kept)(own(module.mapper, 'array'));
    const place = { version: 1, foreignType: module.module };
    const enters = this.draft.add({
      ...place,
      id: `make-${module.id}-list`,
      name: this.draft.name(`${name}: list`),
      type: 'set',
      version: 3.4,
      parameters: { assignments: { assignments: [{ id: 'a0', name: 'value', type: 'array', value }] }, options: {} },
      position: [module.position[0] - GRID_PX / 2, module.position[1]],
      status: kept.isKept ? 'changed' : 'runs',
      ...(kept.isKept ? { reason: KEPT } : {}),
    });
    const leaves = this.draft.add({
      ...place,
      id: `make-${module.id}`,
      name,
      type: 'split-out',
      parameters: { fieldToSplitOut: 'value', options: {} },
      position: module.position,
      status: 'runs',
    });
    this.draft.connect(enters, leaves);
    this.sources.set(module.id, { node: name, fields: {} });
    return { enters, leaves };
  }

  private filter(
    filter: JsonObject | undefined,
    module: Module,
    before: string | undefined,
    port: number,
  ): string | undefined {
    if (!filter || before === undefined) return undefined;
    const kept = { isKept: false };
    const parameters = filterParameters(filter, this.text(kept));
    const wanted = own(filter, 'name');
    const id = this.draft.add({
      id: `make-${module.id}-filter`,
      name: this.draft.name(typeof wanted === 'string' && wanted !== '' ? wanted : 'Filter'),
      type: parameters ? 'filter' : 'make:filter',
      version: parameters ? 2.2 : 1,
      parameters: parameters ?? { filter },
      position: [module.position[0] - GRID_PX / 2, module.position[1]],
      foreignType: 'filter',
      status: !parameters ? 'needs-connector' : kept.isKept ? 'changed' : 'runs',
      ...(parameters
        ? kept.isKept
          ? { reason: KEPT }
          : {}
        : { reason: 'Its conditions nest deeper than a Filter node: write them anew.' }),
    });
    this.draft.connect(before, id, port);
    return id;
  }

  /** What a placeholder keeps: its parameters as they were, formulas translated where that is possible. */
  private placeholder({ parameters, mapper }: Module): JsonObject {
    const kept = { isKept: false };
    const read = (value: Json, depth: number): Json => {
      if (typeof value === 'string') return this.text(kept)(value);
      if (value === null || typeof value !== 'object' || depth > 20) return value;
      if (Array.isArray(value)) return value.map((each) => read(each, depth + 1));
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, read(each, depth + 1)]));
    };
    return { ...parameters, mapper: read(mapper, 0) };
  }
}

const KEPT = 'A formula of Make has no counterpart here and stands as text.';

function moduleOf(entry: Json | undefined): Module | undefined {
  const raw = asObject(entry);
  const module = own(raw, 'module');
  if (!raw || typeof module !== 'string') return undefined;
  const metadata = ownObject(raw, 'metadata');
  const designer = ownObject(metadata, 'designer');
  const label = own(designer, 'name') ?? own(raw, 'label');
  const id = own(raw, 'id');
  return {
    id: String(typeof id === 'number' || typeof id === 'string' ? id : 0),
    module: module.slice(0, 200),
    parameters: ownObject(raw, 'parameters') ?? {},
    mapper: ownObject(raw, 'mapper') ?? {},
    label: typeof label === 'string' && label !== '' ? label : undefined,
    position: [coordinate(own(designer, 'x')), coordinate(own(designer, 'y'))],
  };
}

const coordinate = (value: Json | undefined): number => Math.max(-1e9, Math.min(1e9, numeric(value) ?? 0));

/** `google-sheets:addRow` → `google-sheets: addRow`. */
const titleOf = (module: string): string => module.replace(':', ': ').slice(0, 100);

/** What happens when a module fails. Make's own directives become ours; other handlers are led from the error output. */
function handlingOf(raw: Json | undefined): Handling {
  const first = moduleOf(Array.isArray(raw) ? raw[0] : undefined);
  if (!first) return { more: {} };
  switch (first.module) {
    case 'builtin:Ignore':
      return { more: { onError: 'continue' } };
    case 'builtin:Resume':
      return {
        more: { onError: 'continue' },
        reason: 'After an error its input goes on, not the substitute set in Make.',
      };
    case 'builtin:Break': {
      const tries = Math.min(100, Math.max(1, Math.round(numeric(own(first.mapper, 'count')) ?? 3)));
      const minutes = Math.min(1440, Math.max(0, numeric(own(first.mapper, 'interval')) ?? 15));
      return { more: { retry: { maxTries: tries, waitMs: minutes * 60_000 } } };
    }
    case 'builtin:Rollback':
    case 'builtin:Commit':
      return { more: {} };
    default:
      return { more: { onError: 'error-output' }, handlers: raw ?? null };
  }
}
