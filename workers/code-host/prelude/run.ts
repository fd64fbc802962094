import { capture } from './log.ts';
import { restoreWorld } from './world.ts';
import type { Ask } from './outside.ts';
import { Outside } from './outside.ts';
import { Refusal } from './refusal.ts';
import { Scope } from './scope.ts';
import { StaticData } from './static-data.ts';
import type {
  CallMeta,
  CodeAnswer,
  CodeAnswerOfItem,
  CodeFailure,
  CodeItem,
  Data,
  Libraries,
  NodeData,
} from './types.ts';

/** Characters of JSON text a call may answer with. */
export const MAX_OUTPUT_CHARS = 16 * 1024 * 1024;

// The platform's cache is shared by all who name the same URL: not for code that must reach nothing.
Object.defineProperty(globalThis, 'caches', { value: undefined });

/** The author's code, wrapped: called with the values of `NAMES`. */
export type UserCode = (this: object, ...values: unknown[]) => Promise<unknown>;

/** Line of the author's code in a stack: the wrapper adds one line before it. */
function lineOf(error: unknown): number | undefined {
  const match = error instanceof Error ? /code\.cjs:(\d+)/.exec(error.stack ?? '') : null;
  const line = match ? Number(match[1]) - 1 : 0;
  return line >= 1 ? line : undefined;
}

function failure(error: unknown, itemIndex?: number): CodeFailure {
  const line = lineOf(error);
  const named =
    error instanceof Error ? { name: error.name, message: error.message } : { name: 'Error', message: show(error) };
  return {
    ...(error instanceof Refusal ? { code: error.code } : {}),
    ...named,
    ...(line === undefined ? {} : { line }),
    ...(itemIndex === undefined ? {} : { itemIndex }),
  };
}

function show(thrown: unknown): string {
  if (typeof thrown === 'object' && thrown !== null && 'message' in thrown) return String(thrown.message);
  try {
    return typeof thrown === 'string' ? thrown : (JSON.stringify(thrown) ?? String(thrown));
  } catch {
    return 'Unknown error';
  }
}

async function answer(user: UserCode, scope: Scope, meta: CallMeta, items: CodeItem[]): Promise<CodeAnswer> {
  if (meta.mode === 'all') {
    try {
      const value = await user.apply(scope.self, scope.at(0));
      return value === undefined ? {} : { value: value as Data };
    } catch (error) {
      return { error: failure(error) };
    }
  }
  const each: CodeAnswerOfItem[] = [];
  for (const [index, item] of items.entries()) {
    try {
      // One after the other on purpose: items share the scope, and the author expects order.
      const value = await user.apply(scope.self, scope.at(index));
      const binary = meta.returnsJson && item.binary ? { binary: item.binary } : {};
      each.push(value === undefined ? {} : { value: value as Data, ...binary });
    } catch (error) {
      if (!meta.continueOnFail) return { error: failure(error, index) };
      each.push({ error: failure(error, index) });
    }
  }
  return { each };
}

/** What the call leaves beside its value. */
function finish(result: CodeAnswer, given: { scope: Scope; outside: Outside; staticData: StaticData; logs: string[] }) {
  const { need } = given.scope.nodes;
  // Even if the code swallowed the error: it ran without data it asked for.
  if (need.length > 0) {
    if (given.outside.requests === 0) return { need };
    const message = `The data of '${need[0] ?? ''}' is read by a computed name after a request was sent. Write the name as a plain string`;
    return { error: { code: 'code-error', name: 'Error', message } };
  }
  const keep = given.staticData.changed();
  const { customData } = given.scope;
  return {
    ...result,
    ...(given.logs.length > 0 ? { logs: given.logs } : {}),
    ...(keep ? { keep } : {}),
    ...(customData.isEmpty ? {} : { customData: customData.noted }),
  };
}

/** Calls in this isolate, by when they began. One that never settles is forgotten. */
const running = new Set<{ sinceMs: number }>();
const FORGOTTEN_MS = 30_000;

function isAlone(): boolean {
  const oldest = Date.now() - FORGOTTEN_MS;
  for (const call of running) if (call.sinceMs < oldest) running.delete(call);
  return running.size === 0;
}

/** Runs the author's code once, in a language as it was before the first call. */
export async function run(
  user: UserCode,
  texts: { meta: string; items: string; nodes: string },
  libraries: Libraries = {},
  ask?: Ask,
): Promise<string> {
  if (isAlone()) restoreWorld();
  const call = { sinceMs: Date.now() };
  running.add(call);
  try {
    return await runOnce(user, texts, libraries, ask);
  } finally {
    running.delete(call);
  }
}

/** JSON text in, JSON text of a `CodeAnswer` out. Never throws. */
async function runOnce(
  user: UserCode,
  texts: { meta: string; items: string; nodes: string },
  libraries: Libraries,
  ask: Ask | undefined,
): Promise<string> {
  const log = capture();
  const meta = JSON.parse(texts.meta) as CallMeta;
  const items = JSON.parse(texts.items) as CodeItem[];
  const nodes = JSON.parse(texts.nodes) as { [name: string]: NodeData };
  // Filled in here, not by the sender: it would double the text of small items.
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    if (item && item.pairedItem === undefined) item.pairedItem = { item: index };
  }
  const outside = new Outside(ask, meta.network === true);
  const staticData = new StaticData(meta.kept ?? {});
  const scope = new Scope({ meta, items, nodes, console: log.console, libraries, staticData, outside });
  const result = await answer(user, scope, meta, items);
  await outside.settled();
  let text: string;
  try {
    text = JSON.stringify(finish(result, { scope, outside, staticData, logs: log.lines }));
  } catch (error) {
    text = JSON.stringify({
      error: { ...failure(error), message: `The returned data is not JSON: ${failure(error).message}` },
    });
  }
  if (text.length <= MAX_OUTPUT_CHARS) return text;
  const message = `The code returned ${text.length} characters; at most ${MAX_OUTPUT_CHARS} are allowed`;
  return JSON.stringify({ error: { code: 'code-output-too-large', name: 'Error', message } });
}
