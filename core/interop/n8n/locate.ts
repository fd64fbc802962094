import type { Json, JsonObject } from '../../data/item.ts';
import { pointer } from '../../graph/problem.ts';
import { asObject, own } from './json.ts';

export interface Located {
  workflow: JsonObject;
  /** JSON pointer into the input. */
  path: string;
  /** Name given by a wrapper around it. */
  wrapperName?: string;
}

/** Members under which galleries, APIs, backups and clipboards put workflows. */
const WRAPPERS = ['workflow', 'workflows', 'data', 'workflowData', 'json'] as const;
/** Gallery files wrap twice; API lists of gallery files three times. */
const MAX_WRAPPERS = 6;
const MAX_WORKFLOWS = 1_000;

/** Every workflow in what someone dropped on us, in order. */
export function locateWorkflows(input: Json): Located[] {
  const found: Located[] = [];
  const visit = (value: Json | undefined, at: { path: string; depth: number; name: string | undefined }): void => {
    if (found.length >= MAX_WORKFLOWS || at.depth > MAX_WRAPPERS) return;
    if (Array.isArray(value)) {
      value.forEach((entry, index) => visit(entry, { ...at, path: pointer(at.path, index), depth: at.depth + 1 }));
      return;
    }
    const object = asObject(value);
    if (!object) return;
    if (Array.isArray(own(object, 'nodes'))) {
      found.push({ workflow: object, path: at.path, ...(at.name === undefined ? {} : { wrapperName: at.name }) });
      return;
    }
    const name = own(object, 'name');
    for (const key of WRAPPERS) {
      const inner = {
        path: pointer(at.path, key),
        depth: at.depth + 1,
        name: typeof name === 'string' ? name : at.name,
      };
      visit(own(object, key), inner);
    }
  };
  visit(input, { path: '', depth: 0, name: undefined });
  return found;
}
