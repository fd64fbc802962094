import type { Json, JsonObject } from '../../data/item.ts';
import type { Kept } from '../../node/kit.ts';

/** Payload of an effect of kind `code`. Data is JSON text, so that nothing between core and isolate copies graphs. */
export interface CodePayload {
  code: string;
  language: 'javascript' | 'python';
  /** The code may send requests. */
  network: boolean;
  /** The call's surroundings: mode, node, workflow, execution, time. */
  metaJson: string;
  /** JSON text of the input items. */
  itemsJson: string;
  /** JSON text of the data of other nodes, by name. */
  nodesJson: string;
  /** Failures come back inside the answer instead of failing the step. */
  continueOnFail: boolean;
  /** How often the call was repeated because it asked for nodes the source does not name. */
  round: number;
  /** Names sent so far; comes back in the reply. */
  names: string[];
}

export interface CodeReplyValue {
  /** JSON text of a `CodeAnswer`. */
  outputJson: string;
  round: number;
  names: string[];
}

export interface CodeAnswerError {
  code?: string;
  name: string;
  message: string;
  line?: number;
  itemIndex?: number;
}

/** What an isolate answers. `value` is absent when the code returned nothing. */
export interface CodeAnswer {
  error?: CodeAnswerError;
  /** Nodes whose data the code asked for and did not get. */
  need?: string[];
  value?: Json;
  /** Per-item mode: one entry per input item. */
  each?: { value?: Json; binary?: JsonObject; error?: CodeAnswerError }[];
  /** What the code printed. */
  logs?: string[];
  /** Static data that the code changed. */
  keep?: Kept;
  /** Facts the code noted about the run. */
  customData?: JsonObject;
}

/** A node's code and how it is called. */
export interface CodeSource {
  code: string;
  language: 'javascript' | 'python';
  mode: 'all' | 'each';
  /** The code may send requests: the author said so on this node. */
  network?: boolean;
  /** The old Function Item returns an item's data, not an item. */
  returnsJson?: boolean;
}
