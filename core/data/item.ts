/** JSON as it travels between nodes. `undefined` is not JSON: writers drop it, readers treat it as absent. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** A file by reference. Bytes live in R2 under the tenant's prefix; only small ones travel inline as base64. */
export interface BinaryRef {
  mimeType: string;
  /** Server-minted object id; a caller can never choose it. */
  id?: string;
  /** Base64, only for values of at most `MAX_INLINE_BINARY_BYTES`. */
  data?: string;
  fileName?: string;
  fileExtension?: string;
  sizeBytes?: number;
}

/** Which input item an output item came from; `input` is the index of the node's input (default 0). */
export interface PairedItem {
  item: number;
  input?: number;
  /** Which run of the same node took that input in, when it was not this one (loops hand out earlier input). */
  run?: number;
}

export interface ItemError {
  message: string;
  code?: string;
  description?: string;
}

/** The unit of data on every edge, as in n8n. Items are immutable once emitted: nodes build new ones. */
export interface Item {
  json: JsonObject;
  binary?: Record<string, BinaryRef>;
  pairedItem?: number | PairedItem | PairedItem[];
  error?: ItemError;
}

/** One node run's data, per output; `null` means the output did not fire, `[]` means it fired with nothing. */
export type Outputs = readonly (readonly Item[] | null)[];
