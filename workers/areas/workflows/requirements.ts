import type { Json } from '../../../core/data/item.ts';
import { analyze } from '../../../core/expression/analysis/analyze.ts';
import type { Workflow } from '../../../core/graph/document.ts';

interface CredentialNeed {
  type: string;
  ref: Json;
}

/** What a version names of its environment, as far as its text tells: names computed at run time are not seen. */
interface Requirements {
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
      for (const name of variablesIn(text)) variables.add(name);
    });
    for (const [type, ref] of Object.entries(node.credentials ?? {})) {
      if (ref !== null) credentials.set(JSON.stringify([type, ref]), { type, ref });
    }
  }
  return { variables: [...variables].sort(), credentials: [...credentials.values()] };
}

/** Names that one text of a parameter reads from `$vars`. */
export function variablesIn(text: string): string[] {
  if (!text.includes('$vars')) return [];
  const inCode = text.startsWith('=') ? [] : [...text.matchAll(IN_CODE)];
  return [...analyze(text).vars, ...inCode.map(([, dotted, indexed]) => dotted ?? indexed ?? '')];
}

/** Visits every text with the keys that lead to it. */
export function eachText(
  value: Json | undefined,
  visit: (text: string, path: readonly (string | number)[]) => void,
  path: readonly (string | number)[] = [],
): void {
  if (typeof value === 'string') visit(value, path);
  else if (Array.isArray(value)) value.forEach((each, at) => eachText(each, visit, [...path, at]));
  else if (typeof value === 'object' && value !== null) {
    for (const [key, each] of Object.entries(value)) eachText(each, visit, [...path, key]);
  }
}
