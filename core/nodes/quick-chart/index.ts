import type { Json, JsonObject } from '../../data/item.ts';
import { textOf } from '../../data/text.ts';
import { type NodeType, defineNode } from '../../node/kit.ts';
import { transformNode } from '../../node/transform.ts';
import { compileChart, configOf } from './chart.ts';
import { fields } from './fields.ts';

export const node: NodeType = defineNode({
  type: 'quick-chart',
  title: 'Chart',
  summary: 'Draws items as a bar, line, pie, doughnut, polar or box chart.',
  group: 'data',
  icon: 'chart-column',
  n8n: {
    type: 'n8n-nodes-base.quickChart',
    versions: [1],
    differs: 'Charts are drawn here instead of at quickchart.io: they look a little different, and there is no PDF.',
  },
  version: 1,
  fields,
  inputs: 1,
  compile(kit) {
    const chartOf = compileChart(kit);
    const output = kit.param<Json>('output', 'data');
    return transformNode({
      transform: 'quick-chart',
      callsOf(step) {
        if (step.items.length === 0) return [];
        const chart = chartOf(step.items.map((_, index) => step.scope(index)));
        const property = textOf(output.at(step.scope(0))) || 'data';
        const from = step.items.map((_, index) => index);
        const parameters = { chart: chart as unknown as JsonObject, config: configOf(chart), property, from };
        return [{ itemIndex: 0, parameters, files: {} }];
      },
    });
  },
});
