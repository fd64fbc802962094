import type { BinaryRef, Item, Json, JsonObject } from '../data/item.ts';
import { fieldPath, setPath } from '../data/path.ts';
import { sizeWithin } from '../engine/size.ts';
import { MAX_FILE_BYTES } from './file-limits.ts';
import { type EffectRequest, type NodeExecutor, NodeError, type StepContext, type StepResult } from './kit.ts';

/** A file with its bytes, as a transform sees it. */
export interface FileBytes {
  bytes: Uint8Array<ArrayBuffer>;
  mimeType: string;
  fileName?: string;
}

/** One output item. A file is new bytes, or a reference passed on untouched. */
export interface TransformItem {
  json: JsonObject;
  files?: Record<string, FileBytes | BinaryRef>;
  /** Input items it came from, when it is not the call's own. */
  from?: number[];
}

/** What a transform may know besides its input; two calls with the same give the same. */
export interface TransformContext {
  nowMs: number;
  zone: string;
  /** Values of the credential the node names, opened for this effect only. Never put them into what is returned. */
  credential?: ReadonlyMap<string, Json>;
  /** Lets others have their turn: long work asks every tenth of a second or so, or the host takes it for a hang. */
  breathe(): Promise<void>;
}

/** A stored credential as a document names it; only the executor opens it. */
export interface CredentialRef {
  type: string;
  ref: Json;
}

/**
 * Work on files: bytes in, bytes out, no IO. Lives in the node's folder (`transform.ts`, exporting `transform`), is
 * loaded at its first use, and is performed where the host keeps files: the executor, or a local run.
 * Throws NodeError for what the author can mend.
 */
export interface Transform {
  run(
    input: { parameters: JsonObject; files: Record<string, FileBytes> },
    context: TransformContext,
  ): Promise<TransformItem[]> | TransformItem[];
}

/** One call, usually for one input item. `files` are read by the host before `run`. */
export interface TransformCall {
  itemIndex: number;
  parameters: JsonObject;
  files: Record<string, BinaryRef>;
  /** The item could not even be asked for (bad parameters), and the node continues on failure. */
  error?: { code: string; message: string };
}

/** Payload of an effect of kind `transform`; `transform` names the folder under core/nodes. */
export interface TransformPayload {
  nowMs: number;
  zone: string;
  transform: string;
  credential?: CredentialRef;
  /** Parameters that are keys of the computing: secret variables have their values there. */
  keys?: readonly string[];
  calls: TransformCall[];
  continueOnFail: boolean;
}

export interface TransformedItem {
  json: JsonObject;
  binary?: Record<string, BinaryRef>;
  from?: number[];
}

export type TransformResult =
  | { ok: true; itemIndex: number; items: TransformedItem[] }
  | { ok: false; itemIndex: number; error: { code: string; message: string } };

/** Value of a successful reply; `results` in the order of `calls`. */
export interface TransformReplyValue {
  results: TransformResult[];
}

/** Characters of JSON that travel to or from the executor at once: RPC takes 32 MiB, and a character may be two bytes. */
export const MAX_MESSAGE_CHARS = 15 * 1024 * 1024;

/** Where a host keeps files. */
export interface FileStore {
  read(file: BinaryRef): Promise<FileBytes>;
  write(file: FileBytes): Promise<BinaryRef>;
  /** Comes back in a later turn of the host's event loop. Hosts that only run tests need none. */
  breathe?(): Promise<void>;
}

const isBytes = (file: FileBytes | BinaryRef): file is FileBytes => 'bytes' in file;

/** A call with its files read. */
export interface ReadCall {
  parameters: JsonObject;
  files: Record<string, FileBytes>;
}

/** Where transforms run: in this process, or in one of their own. */
export interface TransformRunner {
  /** How many calls, and files of about how many bytes, are handed over at once; one call may be larger. */
  batch: { calls: number; bytes: number };
  /** What each call makes, in order; a NodeError is what the author can mend. Does no more than is asked for. */
  run(calls: readonly ReadCall[]): AsyncIterable<TransformItem[] | NodeError>;
}

/** What the calls of an effect may know. */
export const contextOf = (
  { nowMs, zone }: TransformPayload,
  store: FileStore,
  credential?: ReadonlyMap<string, Json>,
): TransformContext => ({
  nowMs,
  zone,
  breathe: async () => store.breathe?.(),
  ...(credential ? { credential } : {}),
});

/** Runs calls here, one after the other: what is in memory is one call's files. */
export function runHere(transform: Transform, context: TransformContext): TransformRunner {
  return {
    batch: { calls: 1, bytes: 0 },
    async *run(calls) {
      for (const [index, { parameters, files }] of calls.entries()) {
        if (index > 0) await context.breathe();
        try {
          yield await transform.run({ parameters, files }, context);
        } catch (error) {
          if (!isNodeError(error)) throw error;
          yield error;
        }
      }
    },
  };
}

/** Runs the calls of one effect; hosts bring the files. Throws the first failure unless told to go on. */
export async function runTransform(
  runner: TransformRunner,
  payload: TransformPayload,
  store: FileStore,
): Promise<TransformReplyValue> {
  const results: TransformResult[] = [];
  let left = MAX_MESSAGE_CHARS;
  const failed = (error: unknown, itemIndex: number): void => {
    if (!payload.continueOnFail || !isNodeError(error)) throw withItem(error, itemIndex);
    results.push({ ok: false, itemIndex, error: { code: error.code, message: error.message } });
  };
  for (let from = 0; from < payload.calls.length;) {
    if (from > 0) await store.breathe?.();
    const { calls, failure, to } = await readBatch(payload.calls, from, runner.batch, store);
    const outcomes = runner.run(calls)[Symbol.asyncIterator]();
    try {
      for (const { itemIndex } of payload.calls.slice(from, from + calls.length)) {
        const { value: outcome, done } = await outcomes.next();
        if (done) throw new Error('A transform left calls undone');
        try {
          if (isNodeError(outcome)) throw outcome;
          const items: TransformedItem[] = [];
          for (const made of outcome) {
            const item = await storedItem(made, store);
            const size = sizeWithin(item, left);
            if (size === undefined) throw outputTooLarge();
            left -= size;
            items.push(item);
          }
          results.push({ ok: true, itemIndex, items });
        } catch (error) {
          failed(error, itemIndex);
        }
      }
    } finally {
      await outcomes.return?.();
    }
    if (failure) failed(failure.error, payload.calls[to - 1]?.itemIndex ?? 0);
    from = to;
  }
  return { results };
}

/** The next calls with their files; `failure`: the one before `to` could not be read, and has its turn after them. */
async function readBatch(
  calls: readonly TransformCall[],
  from: number,
  batch: TransformRunner['batch'],
  store: FileStore,
): Promise<{ calls: ReadCall[]; failure?: { error: unknown }; to: number }> {
  const taken: ReadCall[] = [];
  let bytes = 0;
  let to = from;
  do {
    const { parameters, files, error } = calls[to++] as TransformCall;
    if (error) return { calls: taken, failure: { error: new NodeError(error.code, error.message) }, to };
    const read: Record<string, FileBytes> = Object.create(null) as Record<string, FileBytes>;
    try {
      for (const [name, file] of Object.entries(files)) {
        read[name] = await readBounded(file, store);
        bytes += read[name].bytes.length;
      }
    } catch (failure) {
      return { calls: taken, failure: { error: failure }, to };
    }
    taken.push({ parameters, files: read });
  } while (to < calls.length && taken.length < batch.calls && bytes < batch.bytes);
  return { calls: taken, to };
}

export const outputTooLarge = (): NodeError =>
  new NodeError('output-too-large', 'What is in the files is too much for the items of one step.', {
    description: `At most about ${MAX_MESSAGE_CHARS / 1024 / 1024} MB of JSON: read a part (rows, range), or fewer files.`,
  });

/** @throws NodeError `file-too-large`. */
export async function readBounded(file: BinaryRef, store: FileStore): Promise<FileBytes> {
  // What the item says may be wrong either way; it only saves the reading.
  const read = (file.sizeBytes ?? 0) > MAX_FILE_BYTES ? undefined : await store.read(file);
  if (read && read.bytes.length <= MAX_FILE_BYTES) return read;
  throw new NodeError(
    'file-too-large',
    `The file ${file.fileName ?? ''} is too large to work on: the limit is ${MAX_FILE_BYTES / 1024 / 1024} MiB.`,
  );
}

/** An item with its files kept where the host keeps files. */
export async function storedItem({ json, files, from }: TransformItem, store: FileStore): Promise<TransformedItem> {
  const item: TransformedItem = { json };
  if (files) {
    const kept: [string, BinaryRef][] = [];
    for (const [name, file] of Object.entries(files)) kept.push([name, isBytes(file) ? await store.write(file) : file]);
    // Own keys, whatever they are called.
    item.binary = Object.fromEntries(kept);
  }
  if (from) item.from = from;
  return item;
}

/** By name, not by class: chunks of a bundle may hold the class twice. */
export const isNodeError = (error: unknown): error is NodeError => error instanceof Error && error.name === 'NodeError';

function withItem(error: unknown, itemIndex: number): unknown {
  if (!isNodeError(error) || error.itemIndex !== undefined) return error;
  const { code, message, description } = error;
  return new NodeError(code, message, { itemIndex, ...(description === undefined ? {} : { description }) });
}

/**
 * An executor for nodes that are a transform: `callsOf` says what to do with the step's items, usually one call each
 * (`oneCallAnItem`); `finish` may change what becomes of the results.
 */
export function transformNode(how: {
  transform: string;
  /** The credential the calls need, if any. @throws NodeError `credential-missing`. */
  credential?(step: StepContext): CredentialRef | undefined;
  /** Parameters whose value the results do not show: keys to sign with. */
  keys?: readonly string[];
  callsOf(step: StepContext): TransformCall[];
  finish?(step: StepContext, results: TransformResult[]): Item[];
}): NodeExecutor {
  return {
    outputs: 1,
    run(step): StepResult {
      const calls = how.callsOf(step);
      if (calls.length === 0) return { kind: 'output', outputs: [[]] };
      if (sizeWithin(calls, MAX_MESSAGE_CHARS) === undefined) {
        throw new NodeError('input-too-large', 'The items are too much to work on in one step.', {
          description: `At most about ${MAX_MESSAGE_CHARS / 1024 / 1024} MB of JSON: take them in batches with a loop.`,
        });
      }
      const credential = how.credential?.(step);
      const payload: TransformPayload = {
        transform: how.transform,
        ...(credential ? { credential } : {}),
        ...(how.keys ? { keys: how.keys } : {}),
        calls,
        continueOnFail: step.continueOnFail,
        nowMs: step.nowMs,
        zone: step.zone,
      };
      const effect: EffectRequest = { kind: 'transform', class: 'pure', payload: payload as unknown as JsonObject };
      return { kind: 'effect', effect };
    },
    resume(step, wake): StepResult {
      if (wake.kind !== 'reply') throw new NodeError('bad-wake', `This node cannot continue after '${wake.kind}'.`);
      const { results } = wake.value as unknown as TransformReplyValue;
      return { kind: 'output', outputs: [how.finish?.(step, results) ?? results.flatMap(itemsOfResult)] };
    },
  };
}

/** Items of one result as a node puts them out; a failed one is `{error}`. */
export function itemsOfResult(result: TransformResult): Item[] {
  if (!result.ok) return [{ json: { error: result.error.message }, pairedItem: { item: result.itemIndex } }];
  return result.items.map(({ json, binary, from }) => {
    const pairedItem = from ? from.map((item) => ({ item })) : { item: result.itemIndex };
    return binary ? { json, binary, pairedItem } : { json, pairedItem };
  });
}

/** One call for each input item. `make` throws NodeError to fail the item. */
export function oneCallAnItem(
  make: (step: StepContext, itemIndex: number, item: Item) => Omit<TransformCall, 'itemIndex' | 'error'>,
): (step: StepContext) => TransformCall[] {
  return (step) =>
    step.items.map((item, itemIndex) => {
      try {
        return { itemIndex, ...make(step, itemIndex, item) };
      } catch (error) {
        if (!step.continueOnFail || !(error instanceof Error)) throw error;
        const code = 'code' in error && typeof error.code === 'string' ? error.code : 'failed';
        return { itemIndex, parameters: {}, files: {}, error: { code, message: error.message } };
      }
    });
}

/** The file an item holds under a name. @throws NodeError `no-binary`. */
export function fileOf(item: Item, name: Json | undefined, itemIndex: number): BinaryRef {
  const file =
    typeof name === 'string' && item.binary && Object.hasOwn(item.binary, name) ? item.binary[name] : undefined;
  if (file) return file;
  throw new NodeError('no-binary', `This item has no binary data named ${JSON.stringify(name ?? '')}.`, {
    itemIndex,
    description: `It has: ${Object.keys(item.binary ?? {}).join(', ') || 'none'}.`,
  });
}

/** Each input item with `member` of what was made of it in the field that `nameOf` says, else `data`. */
export function inField(
  step: StepContext,
  results: readonly TransformResult[],
  nameOf: (itemIndex: number) => string,
  member: string,
): Item[] {
  return results.flatMap((result) => {
    const item = step.items[result.itemIndex];
    const made = result.ok ? result.items[0] : undefined;
    if (!item || !made) return itemsOfResult(result);
    const json = { ...item.json };
    setPath(json, fieldPath(nameOf(result.itemIndex) || 'data')(json), made.json[member] ?? null);
    const output = { json, pairedItem: { item: result.itemIndex } };
    return [item.binary ? { ...output, binary: item.binary } : output];
  });
}
