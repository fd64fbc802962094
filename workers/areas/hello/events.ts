import { z } from 'zod';
import { eventType } from '../../kit/contract.ts';

export const NoteAdded = z.strictObject({ id: z.string() });
export type NoteAdded = z.output<typeof NoteAdded>;

export const noteAdded = eventType('hello.note-added', 1, NoteAdded);
