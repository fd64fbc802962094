import { problemsOf } from '../../kit/problem.ts';
import { errors } from './contract.ts';
import type { Note } from './contract.ts';
import type { NoteAdded } from './events.ts';
import type { NoteStore } from './store.ts';

/** A guest book, not a database: enough to read in one go. */
export const MAX_NOTES = 1_000;

const problem = problemsOf(errors);

/** What the service may use; index.ts wires it, tests pass fakes. */
interface HelloPorts {
  notes: NoteStore;
  now(): number;
  newId(prefix: string): string;
  announce(event: NoteAdded): Promise<void>;
}

export function helloService({ notes, now, newId, announce }: HelloPorts) {
  return {
    async create(text: string): Promise<Note> {
      if ((await notes.count()) >= MAX_NOTES) {
        throw problem('notes-full', { hint: `Remove one first; there may be ${MAX_NOTES}.` });
      }
      const note: Note = { id: newId('note'), text, createdAt: now() };
      await notes.add(note);
      await announce({ id: note.id });
      return note;
    },
    list: (limit = 20): Promise<Note[]> => notes.newest(limit),
    async remove(id: string): Promise<void> {
      if (!(await notes.remove(id))) {
        throw problem('note-unknown', { hint: 'GET /v1/hello lists the notes there are.' });
      }
    },
  };
}
