import type { Workflow } from '../../core/graph/document.ts';
import type { Ports } from '../canvas/node-types.ts';

/** The first thing wrong with each step that would run, by its id: why it cannot run, else what is wrong in its form. */
export function problemsOf({ nodes }: Workflow, ports: Ports | undefined): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { id, disabled } of nodes) {
    const port = disabled === true ? undefined : ports?.get(id);
    const message = port?.fault?.message ?? port?.problems?.[0]?.message;
    if (message !== undefined) found.set(id, message);
  }
  return found;
}
