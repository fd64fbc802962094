import type { CompileKit } from '../../node/kit.ts';
import { pick } from './append.ts';
import { compileClash } from './clash.ts';
import type { Join } from './join.ts';

/** First with first, second with second; `options.includeUnpaired` keeps the rest of the longer inputs. */
export function combineByPosition(kit: CompileKit): Join {
  const combine = compileClash(kit);
  const keepsUnpaired = kit.raw('options.includeUnpaired') === true;
  return (inputs) => {
    const filled = inputs.filter((items) => items.length > 0);
    const [only] = filled;
    // A branch that was not taken must not swallow the other one's items.
    if (only && filled.length === 1) return only.map((item, index) => pick(item, index, inputs.indexOf(only)));
    const lengths = inputs.map((items) => items.length);
    const count = keepsUnpaired ? Math.max(...lengths) : Math.min(...lengths);
    return Array.from({ length: count }, (_, index) =>
      combine(
        inputs.flatMap((items, input) => {
          const item = items[index];
          return item ? [{ item, index, input }] : [];
        }),
      ),
    );
  };
}
