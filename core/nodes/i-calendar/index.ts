import { type NodeType, defineNode } from '../../node/kit.ts';
import { EVENT_FIELDS } from '../convert-to-file/fields.ts';
import { eventAnItem } from '../convert-to-file/make-files.ts';

export const node: NodeType = defineNode({
  type: 'i-calendar',
  title: 'iCalendar',
  summary: 'Makes a calendar file with an event.',
  group: 'data',
  icon: 'calendar-plus',
  n8n: { type: 'n8n-nodes-base.iCal', versions: [1] },
  version: 1,
  fields: [
    { name: 'binaryPropertyName', label: 'Put the file in field', type: 'string', default: 'data', required: true },
    ...EVENT_FIELDS,
  ],
  defaults: () => ({ binaryPropertyName: 'data', allDay: false, additionalFields: {} }),
  inputs: 1,
  compile: eventAnItem,
});
