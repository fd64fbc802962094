import type { Json } from '../../data/item.ts';
import { segmentsOf } from '../../expression/segments.ts';
import type { WorkflowNode } from '../../graph/document.ts';
import type { ExpressionReport } from './report.ts';

const MAX_REPORTED = 100;

/** Every `{{ }}` segment of the nodes' parameters that cannot run, with its place and reason; the first hundred. */
export function badExpressions(nodes: readonly WorkflowNode[]): ExpressionReport[] {
  const found: ExpressionReport[] = [];
  const walk = (node: string, value: Json, path: string): void => {
    if (found.length >= MAX_REPORTED) return;
    if (typeof value === 'string') {
      for (const { error } of segmentsOf(value)) {
        if (error) found.push({ node, path, position: error.position, message: error.message });
      }
    } else if (value !== null && typeof value === 'object') {
      for (const [key, inner] of Object.entries(value)) {
        walk(node, inner, `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
      }
    }
  };
  for (const { id, parameters } of nodes) walk(id, parameters, '/parameters');
  return found.slice(0, MAX_REPORTED);
}
