import type { BinaryRef, JsonObject } from '../data/item.ts';

export type FieldKind =
  | 'text'
  | 'textarea'
  | 'email'
  | 'url'
  | 'number'
  | 'password'
  | 'date'
  | 'dropdown'
  | 'checkbox'
  | 'radio'
  | 'file'
  | 'hidden'
  | 'html';

/** One question of a page, expressions resolved. */
export interface FormField {
  kind: FieldKind;
  /** Key of its answer in the node's output; for `html` empty unless the text itself is wanted there. */
  name: string;
  label: string;
  required: boolean;
  placeholder: string;
  /** What it holds before anybody answers; several for those that take several. */
  initial: string[];
  /** Choices of dropdowns, checkboxes and radio buttons. */
  options: string[];
  /** Takes several answers: a multiple dropdown, checkboxes, several files. */
  multiple: boolean;
  /** How many choices must and may be made. */
  least?: number;
  most?: number;
  /** Extensions and types of files, as in `accept`. */
  accept?: string;
  /** Luxon format of a date's answer. */
  format?: string;
  /** Author's HTML; sanitised where it is shown. */
  html?: string;
}

/** A page that asks. Plain data: it is journaled with the wait for its answer. */
export interface FormPage {
  title: string;
  /** May hold HTML; sanitised where it is shown. */
  description: string;
  button: string;
  fields: FormField[];
  css?: string;
  /** Shown below the form; false hides it. */
  attribution: boolean;
}

/** What a visitor sees when everything is answered. */
export type EndPage =
  | { kind: 'message'; title: string; message: string; pageTitle?: string; css?: string }
  | { kind: 'redirect'; url: string }
  /** A whole page of the author's own. */
  | { kind: 'text'; html: string }
  | { kind: 'file'; title: string; message: string; file: BinaryRef; pageTitle?: string; css?: string };

/** The first page, and what follows its submission. */
export interface FirstPage {
  page: FormPage;
  /** `submitted`: thank at once. `finished`: when the run is over. `replied`: with what a Respond node says. */
  answers: 'submitted' | 'finished' | 'replied';
  end: EndPage;
  /** `submittedAt` is in the workflow's zone. */
  localTime: boolean;
  zone: string;
}

// SAFETY of both: pages are JSON by construction, and only these nodes write them.
export const pageJson = (page: FormPage | EndPage | FirstPage): JsonObject => page as unknown as JsonObject;
export const pageFrom = <T extends FormPage | EndPage | FirstPage>(json: JsonObject): T => json as unknown as T;
