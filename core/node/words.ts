/**
 * What a type of node says to people in another language, beside it in its folder as `words.<language>.ts`; see SPEC.md,
 * WRD1–WRD4. Nodes do not import it: only who shows it does.
 */
export interface NodeWords {
  /** The type it is of. */
  type: string;
  title: string;
  summary: string;
  /** Labels and descriptions of its fields, by their English. */
  fields?: Readonly<Record<string, string>>;
  /** Choices of its fields, by their id. */
  options?: Readonly<Record<string, string>>;
  /** What its steps fail with, by the English, with `{}` where values stand. */
  failures?: Readonly<Record<string, string>>;
}

/** Words that many nodes use; a node's own come before them. */
export interface SharedWords {
  fields: Readonly<Record<string, string>>;
  options: Readonly<Record<string, string>>;
  failures: Readonly<Record<string, string>>;
  /** Choices that are names, the same in every language. */
  names: ReadonlySet<string>;
}

export const defineWords = (words: NodeWords): NodeWords => words;
