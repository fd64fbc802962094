import type { ComponentType, ReactNode } from 'react';
import type { Client, EndpointKey, OutputOf } from '../../../../sdk/client/index.ts';
import type { Column } from '../../../ui/table.tsx';
import type { Fields } from '../schema/schema.ts';
import type { SettingsTexts } from '../text/index.ts';

/** Something else that can be done with one thing; what it returns is shown. */
export interface RowAction<Row> {
  text: string;
  /** What it means for people, asked before it is done. */
  warning?: string;
  run: (client: Client, row: Row) => Promise<ReactNode>;
  isOffered?: (row: Row) => boolean;
}

/**
 * A list of the organisation's things with what can be done with them, as data. Forms come from the endpoints' own
 * schemas; what a thing is called and which facts are worth a column is said here.
 */
export interface Collection<Row> {
  id: string;
  title: string;
  lead?: string;
  /** The endpoint that lists them. */
  list: EndpointKey;
  /** Parameters that stand in every path, of the thing that these belong to. */
  given?: Fields;
  rows: (answer: unknown) => readonly Row[];
  keyOf: (row: Row) => string;
  nameOf: (row: Row) => string;
  /** Parameters of one thing's path. */
  params: (row: Row) => Fields;
  columns: readonly Column<Row>[];
  /** `by`: a dialog of its own, where the schema alone makes no good form. */
  create?: {
    key: EndpointKey;
    text: string;
    start?: Fields;
    by?: ComponentType<{ onClose: () => void }>;
    /** A grant in one place lets somebody do it as well, whatever their role. */
    isGranted?: boolean;
  };
  change?: {
    key: EndpointKey;
    valueOf: (row: Row) => Fields;
    isOffered?: (row: Row) => boolean;
    by?: ComponentType<{ row: Row; onClose: () => void }>;
  };
  /** `isTyped`: its name is typed first, since much hangs on it. What it means is said by `texts.removals`. */
  remove?: { key: EndpointKey; text?: string; isOffered?: (row: Row) => boolean; isTyped?: boolean };
  actions?: readonly RowAction<Row>[];
  /** Shown once after something was made: the text of a key, a token. */
  secretOf?: (answer: unknown) => string | undefined;
  /** Lists that belong to one thing, opened from its row. */
  inside?: { text: string; of: (row: Row, texts: SettingsTexts) => AnyCollection };
}

// SAFETY: a collection is only ever given rows that its own `rows` made.
// oxlint-disable-next-line typescript/no-explicit-any -- rows go in and out of the same collection
export type AnyCollection = Collection<any>;

/** Of an answer `{things: […]}`, typed by the endpoint. */
export const rowsOf =
  <K extends EndpointKey, N extends keyof OutputOf<K>>(_key: K, name: N) =>
  (answer: unknown): RowOf<K, N>[] =>
    // SAFETY: the answer is this endpoint's.
    (answer as OutputOf<K>)[name] as RowOf<K, N>[];

export type RowOf<K extends EndpointKey, N extends keyof OutputOf<K>> = OutputOf<K>[N] extends readonly (infer Row)[]
  ? Row
  : never;

/** What a thing is called, as the head of its row. */
export const nameColumn = (texts: SettingsTexts): Column<{ name: string }> => ({
  id: 'name',
  title: texts.labels['name'] ?? '',
  isHead: true,
  cell: ({ name }) => name,
});
