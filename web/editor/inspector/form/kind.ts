import type { Json, JsonObject } from '../../../../core/data/item.ts';
import { isExpression } from '../../../../core/node/field.ts';
import type { ShownField } from '../../../canvas/node-words.ts';
import { wordsOf } from '../../../text/words-of.ts';

/** What every control of a form gets. */
export interface KindProps {
  field: ShownField;
  /** As it stands in the document; undefined: not set. */
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
  /** JSON pointer of the value in the node's parameters. */
  at: string;
  /** The other values of the form it is in. */
  siblings?: JsonObject;
  /** The label is read out only. */
  hideLabel?: boolean;
}

/** A choice of a field as it is shown: some are of files, and of no list. */
export const choiceOf =
  ({ optionTexts = {} }: ShownField) =>
  (id: string): { id: string; text: string } => ({
    id,
    text: (Object.hasOwn(optionTexts, id) ? optionTexts[id] : undefined) ?? wordsOf(id),
  });

/** Pointer to a member of any name, dots included. */
export const pointerToMember = (at: string, name: string): string =>
  `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;

export const pointerTo = (at: string, path: string | number): string =>
  String(path).split('.').reduce(pointerToMember, at);

export const textOf = (value: Json | undefined): string =>
  value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Id of what a locator holds; '' when nothing is chosen, it is named, or an expression chooses. */
export function chosenOf(value: Json | undefined): string {
  const id = isObject(value) ? value['value'] : value;
  const isNamed = isObject(value) && value['mode'] === 'name';
  return isNamed || isExpression(id) ? '' : textOf(id);
}
