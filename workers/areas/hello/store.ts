import { and, count, desc, eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import type { Note } from './contract.ts';
import { helloNotes } from './tables.ts';

/** What the service needs of storage: the test's in-memory twin has the same shape. */
export interface NoteStore {
  add(note: Note): Promise<void>;
  newest(limit: number): Promise<Note[]>;
  remove(id: string): Promise<boolean>;
  count(): Promise<number>;
}

/** Made for one tenant; no method takes another. */
export function d1Notes(db: D1Database, tenant: string): NoteStore {
  const orm = drizzle(db);
  const mine = eq(helloNotes.tenantId, tenant);
  const { id, text, createdAt } = helloNotes;
  return {
    async add(note) {
      await orm.insert(helloNotes).values({ tenantId: tenant, ...note });
    },
    newest(limit) {
      return orm
        .select({ id, text, createdAt })
        .from(helloNotes)
        .where(mine)
        .orderBy(desc(createdAt), desc(id))
        .limit(limit);
    },
    async remove(noteId) {
      const gone = await orm
        .delete(helloNotes)
        .where(and(mine, eq(id, noteId)))
        .returning({ id });
      return gone.length > 0;
    },
    async count() {
      const [row] = await orm.select({ notes: count() }).from(helloNotes).where(mine);
      return row?.notes ?? 0;
    },
  };
}
