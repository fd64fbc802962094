import type { Json } from '../../data/item.ts';
import { analyze } from '../../expression/index.ts';
import { segmentsOf } from '../../expression/segments.ts';
import type { WorkflowNode } from '../../graph/document.ts';
import type { ExpressionReport } from './report.ts';

const MAX_REPORTED = 100;

/**
 * Every `{{ }}` of the nodes' parameters that cannot run, with its place and reason; the first hundred. Either its text
 * is no expression, or it names a node that is not there.
 */
export function badExpressions(nodes: readonly WorkflowNode[]): ExpressionReport[] {
  const names = new Set(nodes.map(({ name }) => name));
  const found: ExpressionReport[] = [];
  const check = (node: string, text: string, path: string): void => {
    const broken = segmentsOf(text).flatMap(({ error }) => error ?? []);
    for (const { message, position } of broken) found.push({ node, path, position, message });
    if (broken.length > 0 || !/\$\(|\$node|\$items/.test(text)) return;
    for (const name of analyze(text).nodes) {
      if (names.has(name)) continue;
      const message = `There is no node called '${name.slice(0, 100)}' in this workflow.`;
      found.push({ node, path, position: Math.max(0, text.indexOf(name)), message });
    }
  };
  const walk = (node: string, value: Json, path: string): void => {
    if (found.length >= MAX_REPORTED) return;
    if (typeof value === 'string') {
      if (value.startsWith('=')) check(node, value, path);
    } else if (value !== null && typeof value === 'object') {
      for (const [key, inner] of Object.entries(value)) {
        walk(node, inner, `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
      }
    }
  };
  for (const { id, parameters } of nodes) walk(id, parameters, '/parameters');
  return found.slice(0, MAX_REPORTED);
}
