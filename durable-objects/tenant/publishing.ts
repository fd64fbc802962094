import { placeOf, workflowAt } from '../../core/environment/reference.ts';
import type { Refusal } from '../runner/protocol.ts';
import type { Publication } from './protocol.ts';
import { patternOf } from './store.ts';
import type { TenantStore } from './store.ts';

/** Why a publication cannot be taken: a webhook that is already somebody's, or twice its own. */
export function conflictOf({ workflow: id, version, hooks }: Publication, store: TenantStore): Refusal | undefined {
  const workflow = placeOf(id, version);
  const own = new Map<string, string>();
  for (const { methods, path, node, page } of hooks) {
    for (const method of methods) {
      const pattern = patternOf(path, page);
      const holder = store.holder(method, pattern);
      const other = holder && holder.workflow !== workflow ? holder : undefined;
      const twin = own.get(`${method} ${pattern}`);
      own.set(`${method} ${pattern}`, node);
      if (!other && twin === undefined) continue;
      const who = other ? `workflow ${workflowAt(other.workflow)}` : `node ${JSON.stringify(twin)} of this workflow`;
      return {
        status: 409,
        code: 'hook-path-taken',
        message: `${method} /${path} is already taken by ${who}`,
        hint: 'Change the path of one of the two webhook nodes, or unpublish the other workflow.',
      };
    }
  }
  return undefined;
}
