import type { Field } from '../../node/kit.ts';

export const TABLE_FORMATS = ['csv', 'html', 'ods', 'rtf', 'xls', 'xlsx'] as const;
export const CONVERT_OPERATIONS = [...TABLE_FORMATS, 'iCal', 'toBinary', 'toJson', 'toText'] as const;

/** What an event has beside its times; the iCalendar node has the same. */
export const EVENT_FIELDS: readonly Field[] = [
  { name: 'title', label: 'Event title', type: 'string', default: '' },
  { name: 'start', label: 'Start', type: 'string', description: 'Like 2026-03-01T12:00:00.' },
  { name: 'end', label: 'End', type: 'string', description: 'Empty is the start.' },
  { name: 'allDay', label: 'All day', type: 'boolean', default: false },
  {
    name: 'additionalFields.attendeesUi.attendeeValues',
    label: 'Attendees',
    type: 'collection',
    description: '`name`, `email`, `rsvp`.',
  },
  {
    name: 'additionalFields.busyStatus',
    label: 'Busy status',
    type: 'options',
    options: ['BUSY', 'TENTATIVE', 'FREE', 'OOF'],
  },
  { name: 'additionalFields.calName', label: 'Calendar name', type: 'string' },
  { name: 'additionalFields.description', label: 'Description', type: 'string' },
  { name: 'additionalFields.fileName', label: 'File name', type: 'string' },
  {
    name: 'additionalFields.geolocationUi.geolocationValues',
    label: 'Geolocation',
    type: 'collection',
    description: '`lat` and `lon`.',
  },
  { name: 'additionalFields.location', label: 'Location', type: 'string' },
  { name: 'additionalFields.recurrenceRule', label: 'Recurrence rule', type: 'string', description: 'An RRULE.' },
  {
    name: 'additionalFields.organizerUi.organizerValues',
    label: 'Organizer',
    type: 'collection',
    description: '`name`, `email`.',
  },
  { name: 'additionalFields.sequence', label: 'Sequence', type: 'number' },
  {
    name: 'additionalFields.status',
    label: 'Status',
    type: 'options',
    options: ['CONFIRMED', 'CANCELLED', 'TENTATIVE'],
  },
  { name: 'additionalFields.uid', label: 'UID', type: 'string', description: 'Made from the run when empty.' },
  { name: 'additionalFields.url', label: 'URL', type: 'string' },
  {
    name: 'additionalFields.useWorkflowTimezone',
    label: 'Write times in the workflow’s zone',
    type: 'boolean',
    default: false,
  },
];

export const FILE_FIELDS: readonly Field[] = [
  { name: 'options.fileName', label: 'File name', type: 'string', default: '' },
  { name: 'options.delimiter', label: 'Delimiter', type: 'string', default: ',', description: 'CSV. `\\t` is a tab.' },
  { name: 'options.headerRow', label: 'Begin with the names', type: 'boolean', default: true, description: 'Tables.' },
  { name: 'options.sheetName', label: 'Sheet', type: 'string', default: 'Sheet', description: 'Spreadsheets.' },
  {
    name: 'options.compression',
    label: 'Compress',
    type: 'boolean',
    default: false,
    description: 'Spreadsheets. XLSX and ODS files are always compressed here.',
  },
];
