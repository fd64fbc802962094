import type { Field } from '../../node/kit.ts';

export const CHART_TYPES = ['bar', 'boxplot', 'doughnut', 'line', 'pie', 'polarArea'] as const;
export const FORMATS = ['png', 'svg', 'webp'] as const;

export const fields: readonly Field[] = [
  { name: 'chartType', label: 'Chart', type: 'options', default: 'bar', options: CHART_TYPES },
  { name: 'labelsMode', label: 'Labels', type: 'options', default: 'manually', options: ['manually', 'array'] },
  {
    name: 'labelsUi.labelsValues',
    label: 'Labels',
    type: 'list',
    description: 'A list of: label.',
    show: { labelsMode: ['manually'] },
    fields: [{ name: 'label', label: 'Label', type: 'string' }],
  },
  { name: 'labelsArray', label: 'Labels (list)', type: 'string', default: '', show: { labelsMode: ['array'] } },
  {
    name: 'data',
    label: 'Data',
    type: 'json',
    required: true,
    description: 'A list of numbers; for boxplots a list of lists. Every item of the input is one series.',
  },
  { name: 'output', label: 'File', type: 'string', default: 'data', description: 'Name of the file in the item.' },
  { name: 'chartOptions.backgroundColor', label: 'Background', type: 'color', default: '' },
  { name: 'chartOptions.devicePixelRatio', label: 'Pixels a unit', type: 'number', default: 2 },
  { name: 'chartOptions.format', label: 'Format', type: 'options', default: 'png', options: FORMATS },
  { name: 'chartOptions.height', label: 'Height', type: 'number', default: 300 },
  { name: 'chartOptions.horizontal', label: 'Bars to the right', type: 'boolean', default: false },
  { name: 'chartOptions.width', label: 'Width', type: 'number', default: 500 },
  { name: 'datasetOptions.backgroundColor', label: 'Color', type: 'color', default: '' },
  { name: 'datasetOptions.borderColor', label: 'Color of lines', type: 'color', default: '' },
  { name: 'datasetOptions.fill', label: 'Fill below lines', type: 'boolean', default: true },
  { name: 'datasetOptions.label', label: 'Name of the series', type: 'string', default: '' },
];
