import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** A workflow and the draft people edit. */
export const workflows = sqliteTable(
  'workflows',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    /** JSON of the document; kept under D1's 2 MB a row. */
    draft: text('draft').notNull(),
    /** Grows with every change of the draft; what If-Match compares. */
    revision: integer('revision').notNull(),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
    /** Who made it, as `member:ID`, `key:ID` or `service:ID`; absent: the product itself, or before this was noted. */
    createdBy: text('created_by'),
    /** Set instead of deleting: runs keep the version they started on. */
    deletedAt: integer('deleted_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('workflows_by_change').on(table.tenantId, table.updatedAt, table.id),
  ],
);

/** Immutable: what runs are pinned to. */
export const workflowVersions = sqliteTable(
  'workflow_versions',
  {
    tenantId: text('tenant_id').notNull(),
    workflowId: text('workflow_id').notNull(),
    version: integer('version').notNull(),
    doc: text('doc').notNull(),
    createdAt: integer('created_at').notNull(),
    note: text('note').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.workflowId, table.version] })],
);
