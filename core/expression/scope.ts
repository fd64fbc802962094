import type { Item, JsonObject } from '../data/item.ts';

/** One earlier run of a node as an expression may see it. */
export interface NodeRunView {
  /** Items per output; a missing output reads as []. */
  outputs: readonly (readonly Item[] | null)[];
  runIndex: number;
}

/** What an expression may ask about other nodes of the same run. Implemented by the engine. */
export interface RunView {
  /** True if a node of that name exists in the workflow. */
  has(name: string): boolean;
  /** Parameters of a node as written in the document (expressions not evaluated). */
  parameters(name: string): JsonObject | undefined;
  /** All finished runs of the node, oldest first; [] when it exists and did not run. */
  runs(name: string): readonly NodeRunView[];
  /**
   * The item of node `name` that `itemIndex` of the current step's input descends from, following paired items
   * back through the sources. Returns undefined when there is no path or it is ambiguous.
   */
  paired(name: string, itemIndex: number): Item | undefined;
  /** The node that fed the current step's input 0, if any. */
  previous(): { name: string; outputIndex: number; runIndex: number } | undefined;
  /** Per-run context of a node (loops): `$('Loop').context`. */
  context(name: string): JsonObject;
}

/** Everything an expression can read. The host supplies clock and random: same scope, same answer. */
export interface Scope {
  /** Items of input 0 of the current step. */
  readonly items: readonly Item[];
  readonly itemIndex: number;
  readonly runIndex: number;
  readonly node: { id: string; name: string; version: number; parameters: JsonObject };
  readonly workflow: { id: string; name: string; active: boolean };
  readonly execution: {
    id: string;
    mode: string;
    resumeUrl?: string;
    /** Absent: the same as `resumeUrl`. */
    resumeFormUrl?: string;
    /** Facts noted about the run; expressions read them. */
    customData?: JsonObject;
  };
  /** What the model gave for the parameters of a tool, by key. */
  readonly fromAi?: JsonObject;
  readonly vars: JsonObject;
  /** Epoch milliseconds. */
  readonly nowMs: number;
  /** IANA zone, e.g. `Europe/Berlin`. */
  readonly zone: string;
  /** Uniform in [0,1); deterministic per step. */
  random(): number;
  readonly run: RunView;
  /** How many parameters are being evaluated for each other: `$parameter` counts it up. */
  readonly nested?: number;
  /** What all evaluations for this workflow step may still spend together; counted down. */
  readonly budget?: { fuel: number } | undefined;
  /** Further roots for special places, e.g. `$response`, `$request`, `$pageCount` in HTTP pagination. */
  readonly extra?: Readonly<Record<string, unknown>>;
}
