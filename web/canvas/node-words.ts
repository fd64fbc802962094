import type { JsonObject } from '../../core/data/item.ts';
import { type Field, isShown } from '../../core/node/field.ts';
import type { NodeWords, SharedWords } from '../../core/node/words.ts';

/** A field as forms show it. */
export interface ShownField extends Field {
  fields?: readonly ShownField[];
  /** Its choices by id, where they are not the ids written as words. */
  optionTexts?: Readonly<Record<string, string>>;
  /** Something of it is in English, though the reader's language is another. */
  lang?: 'en';
}

export interface Words {
  of: ReadonlyMap<string, NodeWords>;
  shared: SharedWords;
}

type Table = Readonly<Record<string, string>>;
const NONE: Table = {};
const find = (key: string, tables: readonly Table[]): string | undefined =>
  tables.find((table) => Object.hasOwn(table, key))?.[key];

/** Fields of a node with their words in another language (WRD1–WRD3). */
export function fieldsIn(words: Words, type: string, fields: readonly Field[]): ShownField[] {
  const own = words.of.get(type);
  const texts = [own?.fields ?? NONE, words.shared.fields];
  const choices = [own?.options ?? NONE, words.shared.options];
  const shown = (field: Field): ShownField => {
    const label = find(field.label, texts);
    const description = field.description === undefined ? undefined : find(field.description, texts);
    const options = (field.options ?? []).map((id) => [id, find(id, choices)] as const);
    const isWhole =
      label !== undefined &&
      (description !== undefined || field.description === undefined) &&
      options.every(([id, text]) => text !== undefined || words.shared.names.has(id));
    return {
      ...field,
      label: label ?? field.label,
      ...(field.description === undefined ? {} : { description: description ?? field.description }),
      optionTexts: Object.fromEntries(options.filter((each): each is [string, string] => each[1] !== undefined)),
      ...(field.fields ? { fields: field.fields.map(shown) } : {}),
      ...(isWhole ? {} : { lang: 'en' }),
    };
  };
  return fields.map(shown);
}

/** Label of the field at a JSON pointer in a node's parameters, as the catalog has it; several fields may have one path. */
export function labelAt(all: readonly Field[], parameters: JsonObject, pointer: string): string | undefined {
  const path = pointer.slice(1).split('/').join('.');
  return all.find((field) => field.name === path && isShown(field, all, parameters))?.label;
}
