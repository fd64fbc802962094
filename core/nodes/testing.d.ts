import type { BinaryRef, Item, Json, JsonObject } from '../data/item.ts';
import type { Scope } from '../expression/scope.ts';
import type { WorkflowNode } from '../graph/document.ts';
import type { Kept, NodeExecutor, NodeType, StepContext, StepResult, Wake } from '../node/kit.ts';
import { type FileBytes, type FileStore } from '../node/transform.ts';
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
}
export declare const itemsOf: (jsons: readonly Json[]) => Item[];
export declare const NOW_MS: number;
export declare function nodeOf(type: NodeType, trial?: Trial): WorkflowNode;
export declare function compileFor(type: NodeType, trial: Trial): NodeExecutor;
export declare function stepOf(type: NodeType, trial: Trial): StepContext;
/** Compiles and runs the node once. */
export declare function runNode(type: NodeType, trial: Trial): StepResult;
/** Wakes the node as if its suspension had ended. */
export declare function resumeNode(type: NodeType, trial: Trial, wake: Wake): StepResult;
/** Items per output, whole. */
export declare function outputsOf(type: NodeType, trial: Trial): Item[][];
/** The json of every item per output. */
export declare const jsonOf: (type: NodeType, trial: Trial) => JsonObject[][];
/** Files of a test: all of them stored, none inline, so that what a node passes on is a reference. */
export declare class MemoryFiles implements FileStore {
  readonly files: FileBytes[];
  add(content: string | Uint8Array<ArrayBuffer>, fileName?: string, mimeType?: string): BinaryRef;
  read(file: BinaryRef): Promise<FileBytes>;
  write(file: FileBytes): Promise<BinaryRef>;
  bytes(file: BinaryRef | undefined): Uint8Array<ArrayBuffer>;
  text(file: BinaryRef | undefined): string;
}
/** Runs a node that is a transform, the transform included. */
export declare function transformed(type: NodeType, trial: Trial, files?: MemoryFiles): Promise<Item[]>;
