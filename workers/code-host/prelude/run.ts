import { capture } from './log.ts';
import { Scope } from './scope.ts';
import type { CallMeta, CodeAnswer, CodeFailure, CodeItem, Data, Luxon, NodeData } from './types.ts';

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
  return { ...named, ...(line === undefined ? {} : { line }), ...(itemIndex === undefined ? {} : { itemIndex }) };
}

function show(thrown: unknown): string {
  if (typeof thrown === 'object' && thrown !== null && 'message' in thrown) return String(thrown.message);
  try {
    return typeof thrown === 'string' ? thrown : (JSON.stringify(thrown) ?? String(thrown));
  } catch {
    return 'Unknown error';
  }
}

async function answer(user: UserCode, scope: Scope, meta: CallMeta, count: number): Promise<CodeAnswer> {
  if (meta.mode === 'all') {
    try {
      const value = await user.apply(scope.self, scope.at(0));
      return value === undefined ? {} : { value: value as Data };
    } catch (error) {
      return { error: failure(error) };
    }
  }
  const each: NonNullable<CodeAnswer['each']> = [];
  for (let index = 0; index < count; index++) {
    try {
      // One after the other on purpose: items share the scope, and the author expects order.
      const value = await user.apply(scope.self, scope.at(index));
      each.push(value === undefined ? {} : { value: value as Data });
    } catch (error) {
      if (!meta.continueOnFail) return { error: failure(error, index) };
      each.push({ error: failure(error, index) });
    }
  }
  return { each };
}

/** Runs the author's code once; JSON text in, JSON text of a `CodeAnswer` out. Never throws. */
export async function run(
  user: UserCode,
  texts: { meta: string; items: string; nodes: string },
  luxon?: Luxon,
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
  const scope = new Scope({ meta, items, nodes, console: log.console, ...(luxon ? { luxon } : {}) });
  let result = await answer(user, scope, meta, items.length);
  // Even if the code swallowed the error: it ran without data it asked for.
  if (scope.nodes.need.length > 0) result = { need: scope.nodes.need };
  else if (log.lines.length > 0) result.logs = log.lines;
  let text: string;
  try {
    text = JSON.stringify(result);
  } catch (error) {
    text = JSON.stringify({
      error: { ...failure(error), message: `The returned data is not JSON: ${failure(error).message}` },
    });
  }
  if (text.length <= MAX_OUTPUT_CHARS) return text;
  const message = `The code returned ${text.length} characters; at most ${MAX_OUTPUT_CHARS} are allowed`;
  return JSON.stringify({ error: { code: 'code-output-too-large', name: 'Error', message } });
}
