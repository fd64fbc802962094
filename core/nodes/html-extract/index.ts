import { type NodeType, defineNode } from '../../node/kit.ts';
import { compileExtraction } from '../html/extraction.ts';
import { extraction } from '../html/fields.ts';

export const node: NodeType = defineNode({
  type: 'html-extract',
  title: 'HTML extract (old)',
  summary: 'Takes values out of HTML. New workflows use HTML.',
  group: 'data',
  icon: 'file-code',
  n8n: { type: 'n8n-nodes-base.htmlExtract', versions: [1] },
  version: 1,
  fields: extraction,
  inputs: 1,
  compile: (kit) => compileExtraction(kit, { laidOut: false, trimsByDefault: true }),
});
