import type { CompileKit } from '../../node/kit.ts';
import { pick } from './append.ts';
import type { Join } from './join.ts';

/** Waits for all inputs and hands on one of them, or a single empty item. */
export function chooseBranch(kit: CompileKit): Join {
  const output = String(kit.raw('output') ?? 'specifiedInput');
  if (output === 'empty') return (inputs) => [{ json: {}, pairedItem: linksTo(inputs) }];
  const named = kit.param('useDataOfInput', 1);
  const fixed = /^input(\d+)$/.exec(output)?.[1];
  return (inputs, scope) => {
    const input = Number(fixed ?? String(named.at(scope)).replace(/^input/, '')) - 1;
    return (inputs[input] ?? []).map((item, index) => pick(item, index, input));
  };
}

const linksTo = (inputs: Parameters<Join>[0]): { item: number; input: number }[] =>
  inputs.flatMap((items, input) => items.map((_, item) => ({ item, input })));
