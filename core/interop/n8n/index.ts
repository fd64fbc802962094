export { type ExportOptions, exportN8n } from './export.ts';
export { type ImportOptions, importN8n, type N8nImport } from './import.ts';
export type { ImportReport, NodeReport, NodeStatus, TypeMapping } from './report.ts';
