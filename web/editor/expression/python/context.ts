import { contextOf as javascriptContext } from '../javascript/context.ts';
import { fn, is, type Member, type Members } from '../javascript/type.ts';
import type { Sample } from '../sample.ts';
import { BUILT_IN, MOMENT } from './library.ts';

/** Names of JavaScript's context that Python has under an underscore. */
const SHARED = [
  'input', 'json', 'binary', 'itemIndex', 'runIndex', 'vars', 'workflow', 'execution', 'prevNode', 'parameter',
  'getWorkflowStaticData',
]; // prettier-ignore

/** What Python in a step reads beside the language, as data of the last run has it. */
export function contextOf(sample: Sample | undefined, index: number): Members {
  const theirs = javascriptContext(sample, index);
  const own: [string, Member | undefined][] = [
    ...SHARED.map((name): [string, Member | undefined] => [`_${name}`, theirs.get(`$${name}`)]),
    ['_items', theirs.get('items')],
    ['_item', theirs.get('item')],
    ['_', fn('(node: str)')],
    ['_now', is(MOMENT)],
    ['_today', is(MOMENT)],
  ];
  return new Map([...BUILT_IN, ...own.flatMap(([name, member]) => (member ? [[name, member] as const] : []))]);
}
