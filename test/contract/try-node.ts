import type { BinaryRef, Item, JsonObject } from '../../core/data/item.ts';
import { ExpressionError } from '../../core/expression/index.ts';
import type { NodeType, StepResult } from '../../core/node/kit.ts';
import {
  contextOf,
  type FileBytes,
  isNodeError,
  runHere,
  runTransform,
  type TransformPayload,
} from '../../core/node/transform.ts';
import { compileFor, stepOf, type Trial } from '../../core/nodes/testing.ts';
import { TRANSFORMS } from '../../core/nodes/transforms.generated.ts';

const KINDS: ReadonlySet<string> = new Set(['output', 'effect', 'wait', 'call']);

const file: BinaryRef = { id: 'f1', mimeType: 'text/csv', fileName: 'a.csv', sizeBytes: 12 } as unknown as BinaryRef;
const item: Item = {
  json: { a: 1, b: 'text', list: [{ a: 1 }, 2], data: { x: 'y' }, html: '<p>x</p>', date: '2024-01-31T10:00:00Z' },
  binary: { data: file },
};
/** Items as most nodes meet them, with a file. */
export const ITEMS: Item[] = [item, { ...item, json: { a: 'x', b: null } }];

const store = {
  read: (): Promise<FileBytes> =>
    Promise.resolve({
      bytes: new TextEncoder().encode('a,b\n1,2\n') as FileBytes['bytes'],
      mimeType: 'text/csv',
      fileName: 'a.csv',
    }),
  write: (): Promise<BinaryRef> => Promise.resolve(file),
};

const isNamed = (code: unknown): boolean => typeof code === 'string' && /^[a-z][a-z0-9-]*$/.test(code);

/** Why an error is no answer to a workflow's author, or undefined. */
function bug(error: unknown): string | undefined {
  if ((isNodeError(error) || error instanceof ExpressionError) && isNamed(error.code)) return undefined;
  if (!(error instanceof Error)) return `threw ${String(error)}`;
  const [, where = ''] = (error.stack ?? '').split('\n');
  return `${error.name}: ${error.message.slice(0, 120)} ${where.trim().replace(/\(?file:\/\/.*?\/(core|workers)\//, '$1/')}`;
}

function run(type: NodeType, trial: Trial): StepResult | undefined | string {
  try {
    const result = compileFor(type, trial).run(stepOf(type, trial));
    if (!KINDS.has(result.kind)) return `answered ${String(result.kind)}`;
    if (result.kind === 'effect' && !isNamed(result.effect.kind)) return 'asked for an effect without a kind';
    return result;
  } catch (error) {
    return bug(error);
  }
}

/** What a node did that it should not have done with such parameters, or undefined. */
export async function faultOf(type: NodeType, trial: Trial): Promise<string | undefined> {
  const result = run(type, trial);
  if (typeof result !== 'object') return result;
  if (result.kind !== 'effect' || result.effect.kind !== 'transform') return undefined;
  const payload = result.effect.payload as unknown as TransformPayload;
  const load = TRANSFORMS.get(payload.transform);
  if (!load) return `there is no transform ${payload.transform}`;
  let transform;
  try {
    transform = await load();
  } catch {
    // Some need what only workerd has; their tests run there.
    return undefined;
  }
  try {
    await runTransform(runHere(transform, contextOf(payload, store)), payload, store);
    return undefined;
  } catch (error) {
    return bug(error);
  }
}

export const trialOf = (version: number, parameters: JsonObject, continueOnFail: boolean): Trial => ({
  version,
  parameters,
  inputs: [ITEMS],
  continueOnFail,
});
