import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Mails on their way. A sent one is deleted: its links are secrets. Without a mail server they wait for the operator. */
export const mails = sqliteTable(
  'mails',
  {
    id: text('id').primaryKey(),
    recipient: text('recipient').notNull(),
    subject: text('subject').notNull(),
    body: text('body').notNull(),
    createdAt: integer('created_at').notNull(),
    attempts: integer('attempts').notNull().default(0),
    /** Epoch milliseconds of the next try. */
    dueAt: integer('due_at').notNull(),
    failure: text('failure'),
  },
  (table) => [index('mails_by_due').on(table.dueAt)],
);
