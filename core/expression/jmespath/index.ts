import { ExpressionError } from '../error.ts';
import type { Runtime } from '../runtime.ts';
import { MAX_SOURCE } from '../limits.ts';
import { parseQuery } from './parse.ts';

/**
 * `$jmespath(data, query)`. Our own reader, since a query may come from data: it reads own properties only and pays for
 * every element. A query that is not valid is an error of the language, so the segment is undefined, as in n8n.
 */
export function jmespath(rt: Runtime, [data, query]: readonly unknown[]): unknown {
  if (typeof data !== 'object' || data === null || typeof query !== 'string') {
    throw new ExpressionError('argument', '$jmespath() needs an object or a list, and a query as text');
  }
  if (query.length > MAX_SOURCE) throw new ExpressionError('limit', 'The JMESPath query is too long');
  rt.charge(8 + query.length);
  return parseQuery(query)(rt, data);
}
