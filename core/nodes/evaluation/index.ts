import type { Item, Json } from '../../data/item.ts';
import { numberOf, textOf } from '../../data/text.ts';
import { putOwn } from '../../data/path.ts';
import { type NodeType, NodeError, defineNode } from '../../node/kit.ts';
import { perItem } from '../../node/per-item.ts';
import { objectsOf } from '../field-list.ts';
import { pass } from '../pass.ts';

/** Runs of this mode are evaluations; all others are the workflow at work. */
const EVALUATION = 'evaluation';

export const node: NodeType = defineNode({
  type: 'evaluation',
  title: 'Evaluation',
  summary: 'Tells an evaluation from a normal run, and hands on items with the metrics it computed.',
  group: 'flow',
  icon: 'clipboard-check',
  n8n: {
    type: 'n8n-nodes-base.evaluation',
    versions: [4.6, 4.7, 4.8],
    differs:
      'Nothing starts evaluations here: outputs and metrics are not written anywhere, and every run is a normal one.',
  },
  version: 4.8,
  fields: [
    {
      name: 'operation',
      label: 'Operation',
      type: 'options',
      default: 'setOutputs',
      options: ['setInputs', 'setOutputs', 'setMetrics', 'checkIfEvaluating'],
    },
    { name: 'outputs.values', label: 'Outputs', type: 'collection', description: 'outputName, outputValue.' },
    { name: 'inputs.values', label: 'Inputs', type: 'collection', description: 'inputName, inputValue.' },
    {
      name: 'metric',
      label: 'Metric',
      type: 'options',
      default: 'customMetrics',
      options: ['customMetrics'],
      description: 'Metrics that ask a model are refused in an evaluation.',
    },
    { name: 'metrics.assignments', label: 'Metrics', type: 'assignments' },
  ],
  defaults: () => ({ operation: 'setOutputs', metric: 'customMetrics' }),
  inputs: 1,
  compile(kit) {
    const operation = textOf(kit.raw('operation'));
    if (operation === 'checkIfEvaluating') {
      return {
        outputs: 2,
        run(step) {
          const items = step.items.map(pass);
          const isEvaluation = step.execution.mode === EVALUATION;
          return { kind: 'output', outputs: isEvaluation ? [items, []] : [[], items] };
        },
      };
    }
    const metrics = objectsOf(kit.raw('metrics.assignments')).map((metric) => ({
      name: kit.value<Json>(metric['name']),
      value: kit.value<Json>(metric['value']),
    }));
    const measures = operation === 'setMetrics';
    return {
      outputs: 1,
      run(step) {
        // Outside an evaluation the items pass, as in n8n.
        if (!measures || step.execution.mode !== EVALUATION) return { kind: 'output', outputs: [step.items.map(pass)] };
        if (kit.raw('metric') !== 'customMetrics') {
          throw new NodeError(
            'unsupported',
            `The metric "${textOf(kit.raw('metric'))}" asks a model, which is not here yet.`,
          );
        }
        const made = perItem(step, (item, index): Item => {
          const scope = step.scope(index);
          const json = { ...item.json };
          for (const { name, value } of metrics) {
            const measured = numberOf(value.at(scope));
            if (!Number.isFinite(measured)) {
              throw new NodeError('bad-metric', `The metric "${textOf(name.at(scope))}" is not a number.`, {
                itemIndex: index,
              });
            }
            putOwn(json, textOf(name.at(scope)), measured);
          }
          return { ...pass(item, index), json };
        });
        return { kind: 'output', outputs: [made] };
      },
    };
  },
});
