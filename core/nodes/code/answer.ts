import type { Item } from '../../data/item.ts';
import { NodeError } from '../../node/kit.ts';
import { failureText } from './failure.ts';
import type { CodeAnswer, CodeSource } from './payload.ts';
import { itemOfEach, itemOfJson, itemsOfAll } from './result.ts';

/** The items that an answer stands for. @throws NodeError for failures and wrong shapes, unless the node continues. */
export function itemsOf(answer: CodeAnswer, source: CodeSource, continueOnFail: boolean): Item[] {
  if (answer.error) {
    if (!continueOnFail) throw new NodeError(answer.error.code ?? 'code-error', failureText(answer.error));
    return [{ json: { error: failureText(answer.error) }, pairedItem: { item: answer.error.itemIndex ?? 0 } }];
  }
  if (source.mode === 'all') {
    try {
      return itemsOfAll(answer.value);
    } catch (error) {
      if (!continueOnFail || !(error instanceof NodeError)) throw error;
      return [{ json: { error: error.message }, pairedItem: { item: 0 } }];
    }
  }
  const out: Item[] = [];
  for (const [index, each] of (answer.each ?? []).entries()) {
    try {
      if (each.error) throw new NodeError('code-error', failureText(each.error), { itemIndex: index });
      const item = source.returnsJson ? itemOfJson(each, index) : itemOfEach(each.value, index);
      if (item) out.push(item);
    } catch (error) {
      if (!continueOnFail || !(error instanceof NodeError)) throw error;
      out.push({ json: { error: error.message }, pairedItem: { item: index } });
    }
  }
  return out;
}
