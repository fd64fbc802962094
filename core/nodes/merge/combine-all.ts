import type { Item } from '../../data/item.ts';
import { type CompileKit, NodeError } from '../../node/kit.ts';
import { compileClash } from './clash.ts';
import type { Join } from './join.ts';

/** A product grows fast; past this the run would only run out of memory. */
const MAX_COMBINATIONS = 1_000_000;

/** Every item of input 1 with every item of input 2. When input 1 is preferred, the order is by input 2 (as in n8n). */
export function combineAll(kit: CompileKit): Join {
  const combine = compileClash(kit);
  const leadsWithSecond = kit.raw('options.clashHandling.values.resolveClash') === 'preferInput1';
  return ([first = [], second = []]) => {
    if (first.length * second.length > MAX_COMBINATIONS) {
      throw new NodeError('too-many-items', `${first.length} × ${second.length} items make too many combinations.`, {
        description: `At most ${MAX_COMBINATIONS} can be made. Combine by fields, or filter first.`,
      });
    }
    const pair = (index: number, at: number): Item =>
      combine([
        { item: first[index] as Item, index, input: 0 },
        { item: second[at] as Item, index: at, input: 1 },
      ]);
    return leadsWithSecond
      ? second.flatMap((_, at) => first.map((_item, index) => pair(index, at)))
      : first.flatMap((_, index) => second.map((_item, at) => pair(index, at)));
  };
}
