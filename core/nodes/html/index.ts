import { when } from '../../node/field.ts';
import { textOf } from '../../data/text.ts';
import { type NodeType, NodeError, defineNode } from '../../node/kit.ts';
import { compileExtraction } from './extraction.ts';
import { extraction } from './fields.ts';
import { compileTable } from './table.ts';
import { compileTemplatePage } from './template.ts';

export const node: NodeType = defineNode({
  type: 'html',
  title: 'HTML',
  summary: 'Takes values out of HTML, writes a page, or shows items as a table.',
  group: 'data',
  icon: 'code-xml',
  n8n: { type: 'n8n-nodes-base.html', versions: [1, 1.1, 1.2] },
  version: 1.2,
  fields: [
    {
      name: 'operation',
      label: 'Operation',
      type: 'options',
      default: 'generateHtmlTemplate',
      options: ['generateHtmlTemplate', 'extractHtmlContent', 'convertToHtmlTable'],
    },
    {
      name: 'html',
      label: 'Page',
      type: 'code',
      default: '',
      description: 'HTML with expressions in {{ }}. What they give is put in as it is: escape data you did not write.',
      language: 'html',
      show: { operation: ['generateHtmlTemplate'] },
    },
    ...when({ operation: ['extractHtmlContent'] }, extraction),
    {
      name: 'options.capitalize',
      label: 'Capitalize headers',
      type: 'boolean',
      default: false,
      show: { operation: ['convertToHtmlTable'] },
    },
    {
      name: 'options.customStyling',
      label: 'No style of ours',
      type: 'boolean',
      default: false,
      show: { operation: ['convertToHtmlTable'] },
    },
    {
      name: 'options.caption',
      label: 'Caption',
      type: 'string',
      default: '',
      show: { operation: ['convertToHtmlTable'] },
    },
    {
      name: 'options.tableAttributes',
      label: 'Attributes of the table',
      type: 'string',
      default: '',
      show: { operation: ['convertToHtmlTable'] },
    },
    {
      name: 'options.headerAttributes',
      label: 'Attributes of headers',
      type: 'string',
      default: '',
      show: { operation: ['convertToHtmlTable'] },
    },
    {
      name: 'options.rowAttributes',
      label: 'Attributes of rows',
      type: 'string',
      default: '',
      show: { operation: ['convertToHtmlTable'] },
    },
    {
      name: 'options.cellAttributes',
      label: 'Attributes of cells',
      type: 'string',
      default: '',
      show: { operation: ['convertToHtmlTable'] },
    },
  ],
  inputs: 1,
  compile(kit) {
    const operation = kit.raw('operation') ?? 'generateHtmlTemplate';
    switch (operation) {
      case 'generateHtmlTemplate':
        return compileTemplatePage(kit);
      case 'extractHtmlContent': {
        const isNew = kit.node.version >= 1.2;
        return compileExtraction(kit, { laidOut: isNew, trimsByDefault: !isNew });
      }
      case 'convertToHtmlTable':
        return compileTable(kit);
      default:
        throw new NodeError('unknown-operation', `There is no HTML operation "${textOf(operation)}".`);
    }
  },
});
