/** JSON values as they enter and leave the isolate. */
export type Data = null | boolean | number | string | Data[] | { [key: string]: Data };

export interface CodeItem {
  json: { [key: string]: Data };
  binary?: { [key: string]: Data };
  pairedItem?: Data;
}

/** One node's data as the core sends it. `exists: false` says that no node of that name is in the workflow. */
export interface NodeData {
  exists: boolean;
  parameters?: { [key: string]: Data };
  context?: { [key: string]: Data };
  /** Finished runs, oldest first; items per output. */
  runs?: { runIndex: number; outputs: (CodeItem[] | null)[] }[];
  /** Per input item: `[run, output, item]` it descends from, or null when there is none or it is ambiguous. */
  paired?: ([number, number, number] | null)[];
}

/** What one call is about; the code itself is a module of the isolate. */
export interface CallMeta {
  mode: 'all' | 'each';
  /** Turn a throwing item into an `{error}` entry and go on (mode `each`). */
  continueOnFail: boolean;
  runIndex: number;
  nowMs: number;
  zone: string;
  node: { id: string; name: string; version: number; parameters: { [key: string]: Data } };
  workflow: { id: string; name: string; active: boolean };
  /** `mode`: `test`, `production` or `evaluation`. */
  execution: { id: string; mode: string; resumeUrl?: string };
  /** How the run came to be: `manual`, `production`, `retry`, … */
  runMode: string;
  vars: { [key: string]: Data };
  /** Facts noted about the run so far, when the code looks at them. */
  customData?: { [key: string]: Data };
  previous: { name: string; outputIndex: number; runIndex: number } | null;
  /** Of the node before, when the code mentions them. */
  input?: { params?: { [key: string]: Data }; context?: { [key: string]: Data } };
  /** Static data, when the code mentions it. */
  kept?: Kept;
  /** The node may send requests. */
  network?: boolean;
  /** Old Function Item: the code returns an item's data, and its files stay with it. */
  returnsJson?: boolean;
}

/** What survives the run: for this node, and for all nodes of the workflow. */
export interface Kept {
  node?: { [key: string]: Data };
  global?: { [key: string]: Data };
}

export interface CodeFailure {
  code?: string;
  name: string;
  message: string;
  /** Line of the author's code, from 1. */
  line?: number;
  itemIndex?: number;
}

/**
 * What the isolate answers, as JSON text. `value` is absent when the code returned undefined.
 * `need`: names of nodes whose data the code asked for and did not get; the call is repeated with them.
 */
export interface CodeAnswer {
  error?: CodeFailure;
  need?: string[];
  value?: Data;
  /** Mode `each`: one entry per input item. */
  each?: CodeAnswerOfItem[];
  logs?: string[];
  /** Static data that the code changed. */
  keep?: Kept;
  /** Facts the code noted about the run, whether or not it failed. */
  customData?: { [key: string]: Data };
}

export interface CodeAnswerOfItem {
  value?: Data;
  binary?: CodeItem['binary'];
  error?: CodeFailure;
}

/** Packages by name, each present only when the code mentions it. */
export interface Libraries {
  luxon?: Luxon;
  jmespath?: { search(data: unknown, expression: unknown): unknown };
  [name: string]: unknown;
}

interface Luxon {
  DateTime: { fromMillis(ms: number, options: { zone: string }): { startOf(unit: string): unknown } };
  Settings: { defaultZone: unknown };
  [name: string]: unknown;
}
