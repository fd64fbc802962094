import type { BinaryRef, Item } from '../../core/data/item.ts';
import type { Run } from '../../core/engine/run.ts';

/** The stored file of this id, where any item of the run holds it. Whoever may read the run may read its files only. */
export function fileOf(run: Run, id: string): BinaryRef | undefined {
  return fileIn(run.start.items, id) ?? first(run.steps, ({ outputs }) => first(outputs, (items) => fileIn(items, id)));
}

const fileIn = (items: readonly Item[] | null, id: string): BinaryRef | undefined =>
  first(items ?? [], ({ binary }) => first(Object.values(binary ?? {}), (file: unknown) => asFile(file, id)));

/** Code makes items, and may put anything where a file belongs. */
function asFile(value: unknown, wanted: string): BinaryRef | undefined {
  const { id, mimeType, fileName } = (value ?? {}) as { [Member in keyof BinaryRef]: unknown };
  if (id !== wanted) return undefined;
  const type = typeof mimeType === 'string' ? mimeType : '';
  return { id: wanted, mimeType: type, ...(typeof fileName === 'string' ? { fileName } : {}) };
}

function first<T, R>(all: readonly T[], find: (each: T) => R | undefined): R | undefined {
  for (const each of all) {
    const found = find(each);
    if (found !== undefined) return found;
  }
  return undefined;
}
