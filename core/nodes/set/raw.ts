import { asText, parseRelaxed, shown } from '../../conditions/index.ts';
import type { Json, JsonObject } from '../../data/item.ts';
import { putOwn } from '../../data/path.ts';
import type { Scope } from '../../expression/scope.ts';
import { type CompileKit, NodeError, type Param } from '../../node/kit.ts';
import { isObject } from '../field-list.ts';
import type { Writer } from './writer.ts';

/** Mode `raw`: fields come from JSON with `{{ }}` in it, or from one expression. */
export function compileRaw(kit: CompileKit): Writer {
  const output = compileJson(kit, kit.raw('jsonOutput') ?? {});
  // Constant text is parsed once; setting fields of a shared object copies, so that sharing it is safe.
  let ready: JsonObject | undefined;
  return {
    constant: output.constant,
    into(json, scope) {
      const fields = (output.constant ? ready : undefined) ?? objectFrom(output.at(scope), scope);
      if (output.constant) ready = fields;
      for (const key of Object.keys(fields)) putOwn(json, key, fields[key] as Json);
    },
  };
}

/** In JSON text an expression's object stands for its JSON, unlike in other text. */
function compileJson(kit: CompileKit, raw: Json): Param<Json> {
  if (typeof raw !== 'string' || !raw.startsWith('=')) return kit.value(raw);
  const parts = segments(raw.slice(1));
  const [only] = parts;
  if (!parts.some((part) => part.isCode)) return { constant: true, at: () => parts.map(({ text }) => text).join('') };
  if (only && parts.length === 1) return kit.value(raw);
  const params = parts.map((part) => (part.isCode ? kit.value(`={{${part.text}}}`) : part.text));
  return {
    constant: false,
    at: (scope) => params.map((part) => (typeof part === 'string' ? part : inJson(part.at(scope)))).join(''),
  };
}

const inJson = (value: Json | undefined): string => (value === undefined ? 'undefined' : asText(value));

/** Splits at `{{` and the first `}}` after it, as templates do. */
function segments(text: string): { text: string; isCode: boolean }[] {
  const parts: { text: string; isCode: boolean }[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('{{', at);
    const close = open < 0 ? -1 : text.indexOf('}}', open + 2);
    if (close < 0) break;
    if (open > at) parts.push({ text: text.slice(at, open), isCode: false });
    parts.push({ text: text.slice(open + 2, close), isCode: true });
    at = close + 2;
  }
  if (at < text.length) parts.push({ text: text.slice(at), isCode: false });
  // Blank text around a single expression does not make it text: it is parsed as JSON anyway.
  const code = parts.filter((part) => part.isCode || part.text.trim() !== '');
  return code.length === 1 ? code : parts;
}

function objectFrom(value: Json, scope: Scope): JsonObject {
  const parsed = typeof value === 'string' ? parseRelaxed(value) : value;
  if (isObject(parsed)) return parsed;
  throw new NodeError('bad-json', `The 'JSON' of item ${scope.itemIndex} is not a JSON object.`, {
    description: `It is: ${shown(value)}`,
    itemIndex: scope.itemIndex,
  });
}
