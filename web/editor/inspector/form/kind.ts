import type { Json, JsonObject } from '../../../../core/data/item.ts';
import { type Field, isExpression } from '../../../../core/node/field.ts';

/** What every control of a form gets. */
export interface KindProps {
  field: Field;
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

/** `onReceived` → `On received`: options are named as files name them, and read as words. */
export function wordsOf(option: string): string {
  if (!/^[a-z][a-zA-Z0-9]*$/.test(option)) return option;
  const words = option
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replaceAll(INITIALS, (found) => found.toUpperCase())
    .replaceAll(/\bo auth(\d?)/g, 'OAuth$1')
    .replaceAll(/\bjava script\b/g, 'JavaScript');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
const INITIALS = /\b(?:api|csv|html|http|ics|id|json|jwt|ods|pdf|rtf|sql|ssh|url|xls|xlsx|xml)\b/g;

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
