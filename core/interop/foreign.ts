import { importMake, blueprintIn } from './make/import.ts';
import { importN8n, type ImportOptions, type N8nImport } from './n8n/index.ts';
import { checkJsonLimits, type JsonLimits } from '../graph/limits.ts';
import { parseWorkflow } from '../graph/validate.ts';
import { importZapier, zapsIn } from './zapier/import.ts';

/** What wrote a file. */
export type Origin = 'n8n' | 'make' | 'zapier';

interface ForeignImport extends N8nImport {
  origin: Origin;
}

const LIMITS: JsonLimits = { maxDepth: 60, maxKeys: 1_000_000, maxStringLength: 2_000_000 };

/** Reads a file of another system: n8n in any of its shapes, a Make blueprint, a Zapier export. Never throws. */
export function importForeign(input: unknown, options: ImportOptions): ForeignImport {
  const value = typeof input === 'string' ? parsed(input) : input;
  const origin: Origin = zapsIn(value) ? 'zapier' : blueprintIn(value) ? 'make' : 'n8n';
  if (origin === 'n8n') return { origin, ...importN8n(input, options) };
  const breach = checkJsonLimits(value, LIMITS);
  if (breach) return { origin, workflows: [], problems: [breach] };
  const blueprint = blueprintIn(value);
  const made = blueprint ? importMake(blueprint, options) : importZapier(zapsIn(value) ?? [], options);
  const result: ForeignImport = { origin, workflows: [], problems: [] };
  for (const each of made.workflows) {
    const checked = parseWorkflow(each.workflow);
    if (checked.ok) result.workflows.push(each);
    else result.problems.push(...checked.problems);
  }
  return result;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
