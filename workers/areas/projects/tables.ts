import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const projects = sqliteTable(
  'projects',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    description: text('description').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

export const folders = sqliteTable(
  'folders',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    projectId: text('project_id').notNull(),
    /** Absent: directly in the project. */
    parentId: text('parent_id'),
    name: text('name').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('folders_by_project').on(table.tenantId, table.projectId, table.parentId),
  ],
);

/** Where a workflow, credential or data table lies. One without a row is in no project. */
export const placements = sqliteTable(
  'placements',
  {
    tenantId: text('tenant_id').notNull(),
    kind: text('kind').notNull(),
    resourceId: text('resource_id').notNull(),
    projectId: text('project_id').notNull(),
    folderId: text('folder_id'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.kind, table.resourceId] }),
    index('placements_by_project').on(table.tenantId, table.projectId, table.kind, table.folderId),
  ],
);

export const tags = sqliteTable(
  'tags',
  {
    tenantId: text('tenant_id').notNull(),
    kind: text('kind').notNull(),
    resourceId: text('resource_id').notNull(),
    tag: text('tag').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.kind, table.resourceId, table.tag] }),
    index('tags_by_tag').on(table.tenantId, table.tag, table.kind),
  ],
);
