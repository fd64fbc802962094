import { numberOf, textOf } from '../../data/text.ts';
import type { Item, JsonObject } from '../../data/item.ts';
import { type CompileKit, NodeError, type NodeExecutor, type StepResult } from '../../node/kit.ts';
import type { SqlPayload } from '../../sql/payload.ts';

/** As many as n8n's node takes. */
const MAX_INPUTS = 10;

export const DEFAULT_QUERY = 'SELECT * FROM input1 LEFT JOIN input2 ON input1.name = input2.id';

/** Joins the inputs, as the tables `input1`, `input2`…, by the author's query. */
export function compileSql(kit: CompileKit): NodeExecutor {
  const query = kit.param('query', DEFAULT_QUERY);
  const wanted = numberOf(kit.raw('numberInputs'));
  const count = Math.max(2, kit.inputCount, wanted <= MAX_INPUTS ? wanted : 2);
  const whenEmpty = kit.raw('options.emptyQueryResult') ?? (kit.node.version < 3.2 ? 'success' : 'empty');
  return {
    outputs: 1,
    requiredInputs: 1,
    run(step): StepResult {
      const inputs = Array.from({ length: Math.max(count, step.inputs.length) }, (_, index) =>
        (step.inputs[index] ?? []).map(({ json }) => json),
      );
      const payload: SqlPayload = { query: textOf(query.at(step.scope(0))), inputs };
      return { kind: 'effect', effect: { kind: 'sql', class: 'pure', payload: payload as unknown as JsonObject } };
    },
    resume(_step, wake): StepResult {
      if (wake.kind !== 'reply') throw new NodeError('bad-wake', `This node cannot continue after '${wake.kind}'.`);
      // SAFETY: the effect's value, from our own performer.
      const { rows } = wake.value as unknown as { rows: JsonObject[] };
      const items: Item[] = rows.map((json) => ({ json }));
      return {
        kind: 'output',
        outputs: [items.length === 0 && whenEmpty === 'success' ? [{ json: { success: true } }] : items],
      };
    },
  };
}
