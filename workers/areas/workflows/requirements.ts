import type { Json } from '../../../core/data/item.ts';
import { analyze } from '../../../core/expression/analysis/analyze.ts';
import type { Workflow } from '../../../core/graph/document.ts';

export interface CredentialNeed {
  type: string;
  ref: Json;
}

/** What a version names of its environment, as far as its text tells: names computed at run time are not seen. */
export interface Requirements {
  variables: string[];
  credentials: CredentialNeed[];
}

/** In code of Code nodes, which is no expression. */
const IN_CODE = /\$vars\.([A-Za-z_][A-Za-z0-9_]*)|\$vars\[\s*['"]([A-Za-z_][A-Za-z0-9_]*)['"]\s*\]/g;

export function requirementsOf(document: Workflow): Requirements {
  const variables = new Set<string>();
  const credentials = new Map<string, CredentialNeed>();
  for (const node of document.nodes) {
    if (node.disabled === true) continue;
    eachText(node.parameters, (text) => {
      if (!text.includes('$vars')) return;
      for (const name of analyze(text).vars) variables.add(name);
      for (const [, dotted, indexed] of text.startsWith('=') ? [] : text.matchAll(IN_CODE)) {
        variables.add(dotted ?? indexed ?? '');
      }
    });
    for (const [type, ref] of Object.entries(node.credentials ?? {})) {
      if (ref !== null) credentials.set(JSON.stringify([type, ref]), { type, ref });
    }
  }
  return { variables: [...variables].sort(), credentials: [...credentials.values()] };
}

function eachText(value: Json | undefined, visit: (text: string) => void): void {
  if (typeof value === 'string') visit(value);
  else if (Array.isArray(value)) for (const each of value) eachText(each, visit);
  else if (typeof value === 'object' && value !== null) for (const each of Object.values(value)) eachText(each, visit);
}
