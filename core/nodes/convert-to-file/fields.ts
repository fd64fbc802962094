import { when } from '../../node/field.ts';
import type { Field } from '../../node/kit.ts';

export const TABLE_FORMATS = ['csv', 'html', 'ods', 'rtf', 'xls', 'xlsx'] as const;
export const CONVERT_OPERATIONS = [...TABLE_FORMATS, 'iCal', 'toBinary', 'toJson', 'toText'] as const;

/** What an event has beside its times; the iCalendar node has the same. */
export const EVENT_FIELDS: readonly Field[] = [
  { name: 'title', label: 'Event title', type: 'string', default: '' },
  { name: 'start', label: 'Start', type: 'date' },
  { name: 'end', label: 'End', type: 'date', description: 'Empty is the start.' },
  { name: 'allDay', label: 'All day', type: 'boolean', default: false },
  {
    name: 'additionalFields.attendeesUi.attendeeValues',
    label: 'Attendees',
    type: 'list',
    fields: [
      { name: 'name', label: 'Name', type: 'string' },
      { name: 'email', label: 'E-mail', type: 'string' },
      { name: 'rsvp', label: 'Ask for an answer', type: 'boolean', default: false },
    ],
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
    fields: [
      { name: 'lat', label: 'Latitude', type: 'number' },
      { name: 'lon', label: 'Longitude', type: 'number' },
    ],
  },
  { name: 'additionalFields.location', label: 'Location', type: 'string' },
  { name: 'additionalFields.recurrenceRule', label: 'Recurrence rule', type: 'string', description: 'An RRULE.' },
  {
    name: 'additionalFields.organizerUi.organizerValues',
    label: 'Organizer',
    type: 'collection',
    fields: [
      { name: 'name', label: 'Name', type: 'string' },
      { name: 'email', label: 'E-mail', type: 'string' },
    ],
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

const SPREADSHEETS = ['ods', 'xls', 'xlsx'] as const;
const NAME: Field = { name: 'options.fileName', label: 'File name', type: 'string', default: '' };
const DELIMITER: Field = {
  name: 'options.delimiter',
  label: 'Delimiter',
  type: 'string',
  default: ',',
  description: 'Of CSV. `\\t` is a tab.',
};
const HEADER: Field = { name: 'options.headerRow', label: 'Begin with the names', type: 'boolean', default: true };
const SHEET: readonly Field[] = [
  { name: 'options.sheetName', label: 'Sheet', type: 'string', default: 'Sheet' },
  {
    name: 'options.compression',
    label: 'Compress',
    type: 'boolean',
    default: false,
    description: 'XLSX and ODS files are always compressed here.',
  },
];

/** Options of writing tables of any format. */
export const FILE_FIELDS: readonly Field[] = [NAME, DELIMITER, HEADER, ...SHEET];

/** What each format needs. */
export const WRITING: readonly Field[] = [
  {
    name: 'sourceProperty',
    label: 'Field to store',
    type: 'string',
    default: '',
    description: 'Its name, like `level1.text`.',
    show: { operation: ['toText', 'toBinary'] },
  },
  {
    name: 'mode',
    label: 'Files',
    type: 'options',
    default: 'once',
    options: ['once', 'each'],
    description: 'All items in one file, or a file for each.',
    show: { operation: ['toJson'] },
  },
  ...when({ operation: ['iCal'] }, EVENT_FIELDS),
  ...when({ operation: [...TABLE_FORMATS, 'toBinary', 'toJson', 'toText'] }, [NAME]),
  ...when({ operation: ['csv'] }, [DELIMITER]),
  ...when({ operation: [...TABLE_FORMATS] }, [HEADER]),
  ...when({ operation: [...SPREADSHEETS] }, SHEET),
  { name: 'options.format', label: 'Indent', type: 'boolean', default: false, show: { operation: ['toJson'] } },
  {
    name: 'options.addBOM',
    label: 'Begin with a byte order mark',
    type: 'boolean',
    show: { operation: ['csv', 'toJson', 'toText'] },
  },
  {
    name: 'options.dataIsBase64',
    label: 'The field is base64',
    type: 'boolean',
    default: true,
    show: { operation: ['toBinary'] },
  },
  {
    name: 'options.encoding',
    label: 'Encoding',
    type: 'string',
    default: 'utf8',
    show: { operation: ['toJson', 'toText', 'toBinary'] },
  },
  {
    name: 'options.mimeType',
    label: 'Media type',
    type: 'string',
    default: '',
    show: { operation: ['toBinary'] },
  },
];
