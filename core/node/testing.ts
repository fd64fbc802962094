import type { BinaryRef, Item, JsonObject } from '../data/item.ts';
import { type Trial, compileFor, stepOf } from '../nodes/testing.ts';
import { TRANSFORMS } from '../nodes/transforms.generated.ts';
import type { NodeType } from './kit.ts';
import { type FileStore, runTransform, type TransformPayload } from './transform.ts';

/** Files of a test: small, inside the references. */
export const inlineFiles: FileStore = {
  async read({ data = '', mimeType, fileName }) {
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    return fileName === undefined ? { bytes, mimeType } : { bytes, mimeType, fileName };
  },
  async write({ bytes, mimeType, fileName }) {
    const data = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    return fileName === undefined ? { mimeType, data } : { mimeType, data, fileName };
  },
};

/** A file for an item's `binary`. */
export function inlineFile(text: string, mimeType = 'text/plain', fileName?: string): BinaryRef {
  const data = btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
  return fileName === undefined ? { mimeType, data } : { mimeType, data, fileName };
}

/** Runs a node that is a transform as a host does, and gives the items of its one output. */
export async function transformed(type: NodeType, trial: Trial): Promise<Item[]> {
  const executor = compileFor(type, trial);
  const step = stepOf(type, trial);
  let result = executor.run(step);
  if (result.kind === 'effect') {
    // What crosses to the executor and back is plain data.
    const payload = structuredClone(result.effect.payload) as unknown as TransformPayload;
    const load = TRANSFORMS.get(payload.transform);
    if (!load || !executor.resume) throw new Error(`There is no transform '${payload.transform}'.`);
    const value = structuredClone(await runTransform(await load(), payload, inlineFiles));
    result = executor.resume(step, { kind: 'reply', value: value as unknown as JsonObject });
  }
  if (result.kind !== 'output') throw new Error(`The node answered ${result.kind}, not output.`);
  return [...(result.outputs[0] ?? [])];
}

/** The json of every item. */
export const transformedJson = async (type: NodeType, trial: Trial): Promise<JsonObject[]> =>
  (await transformed(type, trial)).map((item) => item.json);
