import type { JsonObject } from '../data/item.ts';

/** Payload of an effect of kind `sql`: one query over `input1`, `input2`… Its value is `{rows}`. */
export interface SqlPayload {
  query: string;
  inputs: JsonObject[][];
}
