import type { BinaryRef, Item, Json, JsonObject } from '../data/item.ts';
import type { Scope } from '../expression/scope.ts';
import type { WorkflowNode } from '../graph/document.ts';
import { compileNode } from '../node/compile.ts';
import type { Kept, NodeExecutor, NodeType, StepContext, StepResult, Wake } from '../node/kit.ts';
import {
  type FileBytes,
  type FileStore,
  type TransformPayload,
  contextOf,
  runHere,
  runTransform,
} from '../node/transform.ts';
import { TRANSFORMS } from './transforms.generated.ts';

/** A step to try one node with; everything has a plain default. */
export interface Trial {
  parameters?: JsonObject;
  credentials?: JsonObject;
  version?: number;
  /** Items of input 0, as bare json. */
  items?: Json[];
  /** Items of every input; overrides `items`. */
  inputs?: (Item[] | null)[];
  context?: JsonObject;
  /** What earlier runs kept. */
  kept?: Kept;
  /** Items that entered input 0 in earlier runs. */
  earlier?: Item[][];
  runIndex?: number;
  continueOnFail?: boolean;
  zone?: string;
  nowMs?: number;
  mode?: string;
  run?: Partial<Scope['run']>;
  /** What the credential a transform opens holds. */
  secrets?: JsonObject;
}

export const itemsOf = (jsons: readonly Json[]): Item[] => jsons.map((json) => ({ json: json as JsonObject }));

export const NOW_MS = Date.UTC(2026, 2, 1, 12);

const run: Scope['run'] = {
  has: () => false,
  parameters: () => undefined,
  runs: () => [],
  paired: () => undefined,
  previous: () => undefined,
  context: () => ({}),
};

export function nodeOf(type: NodeType, trial: Trial = {}): WorkflowNode {
  return {
    id: 'n1',
    name: 'Node under test',
    type: type.type,
    version: trial.version ?? type.version,
    parameters: trial.parameters ?? {},
    position: [0, 0],
    ...(trial.credentials ? { credentials: trial.credentials } : {}),
  };
}

export function compileFor(type: NodeType, trial: Trial): NodeExecutor {
  const inputCount = trial.inputs?.length ?? 1;
  return compileNode(type, { index: 0, def: nodeOf(type, trial), outputs: [], inputCount, parents: [] });
}

export function stepOf(type: NodeType, trial: Trial): StepContext {
  const inputs = trial.inputs ?? [itemsOf(trial.items ?? [{}])];
  const items = inputs[0] ?? [];
  const nowMs = trial.nowMs ?? NOW_MS;
  const zone = trial.zone ?? 'America/New_York';
  const def = nodeOf(type, trial);
  const execution = { id: 'run-1', mode: trial.mode ?? 'production' };
  return {
    inputs,
    items,
    runIndex: trial.runIndex ?? 0,
    nowMs,
    zone,
    context: trial.context ?? {},
    customData: {},
    kept: (scope) => trial.kept?.[scope] ?? {},
    stepKey: 'run-1/n1/0',
    execution,
    continueOnFail: trial.continueOnFail ?? false,
    resumeUrl: 'https://example.test/resume/1',
    inputOf: (runIndex) => trial.earlier?.[runIndex] ?? [],
    random: () => 0.25,
    scope: (itemIndex) => ({
      items,
      itemIndex,
      runIndex: trial.runIndex ?? 0,
      node: def,
      workflow: { id: 'w1', name: 'Test', active: true },
      execution,
      vars: {},
      nowMs,
      zone,
      random: () => 0.25,
      run: { ...run, ...trial.run },
    }),
  };
}

/** Compiles and runs the node once. */
export function runNode(type: NodeType, trial: Trial): StepResult {
  return compileFor(type, trial).run(stepOf(type, trial));
}

/** Wakes the node as if its suspension had ended. */
export function resumeNode(type: NodeType, trial: Trial, wake: Wake): StepResult {
  const executor = compileFor(type, trial);
  if (!executor.resume) throw new Error('The node cannot be resumed.');
  return executor.resume(stepOf(type, trial), wake);
}

/** Items per output, whole. */
export function outputsOf(type: NodeType, trial: Trial): Item[][] {
  const result = runNode(type, trial);
  if (result.kind !== 'output') throw new Error(`The node answered ${result.kind}, not output.`);
  return result.outputs.map((items) => [...(items ?? [])]);
}

/** The json of every item per output. */
export const jsonOf = (type: NodeType, trial: Trial): JsonObject[][] =>
  outputsOf(type, trial).map((items) => items.map((item) => item.json));

/** Files of a test: all of them stored, none inline, so that what a node passes on is a reference. */
export class MemoryFiles implements FileStore {
  readonly files: FileBytes[] = [];

  add(content: string | Uint8Array<ArrayBuffer>, fileName = 'file.txt', mimeType = 'text/plain'): BinaryRef {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    this.files.push({ bytes, fileName, mimeType });
    return { id: String(this.files.length - 1), mimeType, fileName, sizeBytes: bytes.length };
  }

  async read(file: BinaryRef): Promise<FileBytes> {
    const found = this.files[Number(file.id)];
    if (!found) throw new Error(`There is no file ${file.id}.`);
    return found;
  }

  async write(file: FileBytes): Promise<BinaryRef> {
    return this.add(file.bytes, file.fileName, file.mimeType);
  }

  bytes(file: BinaryRef | undefined): Uint8Array<ArrayBuffer> {
    return this.files[Number(file?.id)]?.bytes ?? new Uint8Array();
  }

  text(file: BinaryRef | undefined): string {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.bytes(file));
  }
}

/** As it arrives over RPC, which takes plain objects only. */
export function sent<T>(value: T): T {
  const check = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    const prototype: unknown = Object.getPrototypeOf(part);
    if (prototype !== Object.prototype && prototype !== Array.prototype) {
      throw new Error('RPC cannot send this object.');
    }
    Object.values(part).forEach(check);
  };
  check(value);
  return structuredClone(value);
}

/** Runs a node that is a transform, the transform included. */
export async function transformed(type: NodeType, trial: Trial, files = new MemoryFiles()): Promise<Item[]> {
  const executor = compileFor(type, trial);
  const step = stepOf(type, trial);
  let result = executor.run(step);
  if (result.kind === 'effect') {
    const payload = sent(result.effect.payload) as unknown as TransformPayload;
    const transform = await TRANSFORMS.get(payload.transform)?.();
    if (!transform || !executor.resume) throw new Error(`There is no transform ${payload.transform}.`);
    if (payload.credential && !trial.secrets) throw new Error('The node opens a credential: give `secrets`.');
    const secrets = payload.credential && new Map(Object.entries(trial.secrets ?? {}));
    const value = await runTransform(runHere(transform, contextOf(payload, files, secrets)), payload, files);
    result = executor.resume(step, { kind: 'reply', value: sent(value) as unknown as Json });
  }
  if (result.kind !== 'output') throw new Error(`The node answered ${result.kind}, not output.`);
  return [...(result.outputs[0] ?? [])];
}

/** The json of every item a transform made. */
export const transformedJson = async (type: NodeType, trial: Trial, files?: MemoryFiles): Promise<JsonObject[]> =>
  (await transformed(type, trial, files)).map((item) => item.json);
