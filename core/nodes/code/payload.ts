/** Payload of an effect of kind `code`. Data is JSON text, so that nothing between core and isolate copies graphs. */
export interface CodePayload {
  code: string;
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
