import type { Json, JsonObject } from '../../data/item.ts';
import { Draft } from '../draft.ts';
import type { ImportOptions, N8nImport } from '../n8n/index.ts';
import { asObject, numeric, own, ownObject } from '../n8n/json.ts';
import { literal, readCode, template } from '../reference.ts';
import { type Step, STEPS } from './steps.ts';

const MAX_STEPS = 5_000;
const GRID_PX = 260;

/** The zaps in an export; undefined when the file is none. */
export function zapsIn(input: unknown): JsonObject[] | undefined {
  const zaps = own(asObject(input), 'zaps');
  if (!Array.isArray(zaps)) return undefined;
  const found = zaps.flatMap((zap) => (ownObject(asObject(zap), 'nodes') ? [asObject(zap) ?? {}] : []));
  return found.length > 0 ? found : undefined;
}

/** Reads a Zapier export. Never throws; steps of apps become placeholders that can be bound. */
export function importZapier(zaps: readonly JsonObject[], options: Pick<ImportOptions, 'bindable'>): N8nImport {
  return { workflows: zaps.map((zap) => importZap(zap, options)), problems: [] };
}

function importZap(zap: JsonObject, { bindable }: Pick<ImportOptions, 'bindable'>): N8nImport['workflows'][number] {
  const draft = new Draft(own(zap, 'title'));
  const steps = stepsOf(ownObject(zap, 'nodes') ?? {});
  const names = new Map(steps.map((step) => [step.id, draft.name(step.title ?? titleOf(step))]));
  const ids = new Map<string, string>();
  steps.forEach((step, index) => {
    const kept = { isKept: false };
    const text = (raw: Json | undefined): string => translated(raw, names, kept);
    const made = STEPS.get(`${step.app}.${step.action}`)?.(step, text);
    const reason = [
      made ? made.reason : 'No connector runs steps of this app yet.',
      kept.isKept ? 'It refers to a step that is not in the file; that stands as text.' : undefined,
    ].filter((part) => part !== undefined);
    const id = draft.add({
      id: `zap-${step.id}`,
      name: names.get(step.id) ?? step.id,
      type:
        made?.type ?? `zapier:${step.app}.${step.action}${step.parent === undefined ? 'Trigger' : ''}`.slice(0, 300),
      version: made?.version ?? 1,
      parameters: made?.parameters ?? (translatedAll(step.params, text) as JsonObject),
      position: [index * GRID_PX, 0],
      foreignType: `${step.app}.${step.action}${step.parent === undefined ? ' (trigger)' : ''}`,
      status: !made ? 'needs-connector' : reason.length > 0 ? 'changed' : 'runs',
      ...(reason.length > 0 ? { reason: reason.join(' ') } : {}),
    });
    ids.set(step.id, id);
  });
  for (const step of steps) {
    const [from, to] = [ids.get(step.parent ?? ''), ids.get(step.id)];
    if (from !== undefined && to !== undefined) draft.connect(from, to);
  }
  draft.report.notes.push(
    'An export of Zapier holds no secrets and no schedule of polls: set triggers and credentials anew.',
  );
  return draft.finish(bindable);
}

function stepsOf(nodes: JsonObject): Step[] {
  return Object.entries(nodes)
    .slice(0, MAX_STEPS)
    .flatMap(([key, entry]): Step[] => {
      const raw = asObject(entry);
      if (!raw) return [];
      const parent = own(raw, 'parent_id');
      const title = own(raw, 'title');
      return [
        {
          id: String(own(raw, 'id') ?? key).slice(0, 100),
          ...(parent === null || parent === undefined ? {} : { parent: String(parent) }),
          app: String(own(raw, 'selected_api') ?? 'unknown')
            .replace(/(?:CLI|Dev)?API(?:@.*)?$/, '')
            .slice(0, 100),
          action: String(own(raw, 'action') ?? '').slice(0, 100),
          params: ownObject(raw, 'params') ?? {},
          ...(typeof title === 'string' && title !== '' ? { title } : {}),
        },
      ];
    })
    .toSorted((a, b) => (numeric(a.id) ?? 0) - (numeric(b.id) ?? 0));
}

const titleOf = ({ app, action }: Step): string =>
  `${app.replace(/([a-z])([A-Z])/g, '$1 $2')}: ${action.replaceAll('_', ' ')}`;

/** `{{12__a__b}}` reads field a.b of step 12. */
function translated(raw: Json | undefined, names: ReadonlyMap<string, string>, kept: { isKept: boolean }): string {
  if (raw === undefined || raw === null) return '';
  if (typeof raw !== 'string') return typeof raw === 'object' ? JSON.stringify(raw) : String(raw);
  const parts = raw.split(/(\{\{[^{}]*\}\})/).map((piece): { text: string } | { code: string } => {
    const [, step, path] = /^\{\{(\d+)__([^{}]*)\}\}$/.exec(piece) ?? [];
    if (step === undefined || path === undefined) return { text: piece };
    const node = names.get(step);
    if (node !== undefined) return { code: readCode(node, path.split('__')) };
    kept.isKept = true;
    return { code: literal(piece) };
  });
  return template(parts.filter((part) => !('text' in part) || part.text !== ''));
}

function translatedAll(value: Json, text: (raw: Json) => string, depth = 0): Json {
  if (typeof value === 'string') return text(value);
  if (value === null || typeof value !== 'object' || depth > 20) return value;
  if (Array.isArray(value)) return value.map((each) => translatedAll(each, text, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, translatedAll(each, text, depth + 1)]));
}
