import type { Json, JsonObject } from '../data/item.ts';
import { analyze } from '../expression/index.ts';
import { type Field, isShown, valueAt } from './field.ts';

/** One thing wrong with a parameter, at a JSON pointer below the node's parameters. */
export interface ParameterProblem {
  pointer: string;
  code: 'missing' | 'expression';
  message: string;
  hint?: string | undefined;
}

/** A form shows a handful; a hostile document has as many as it has bytes. */
const MAX_LISTED = 50;
const MAX_DEPTH = 40;

const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
const pointerOf = (path: string): string =>
  path
    .split('.')
    .map((key) => `/${escaped(key)}`)
    .join('');

/** What is missing or cannot be read in a node's parameters; see SPEC.md, FLD4 and FLD5. Never throws for any JSON. */
export function checkParameters(
  fields: readonly Field[],
  parameters: JsonObject,
  defaults: JsonObject = {},
): ParameterProblem[] {
  const problems: ParameterProblem[] = [];
  for (const field of fields) {
    if (field.required !== true || !isShown(field, fields, parameters)) continue;
    const value = valueAt(parameters, field.name) ?? valueAt(defaults, field.name) ?? field.default;
    if (!isEmpty(value)) continue;
    problems.push({
      pointer: pointerOf(field.name),
      code: 'missing',
      message: `${field.label} is missing.`,
      ...(field.description === undefined ? {} : { hint: field.description }),
    });
  }
  for (const [pointer, text] of texts(parameters, '', 0)) {
    if (problems.length >= MAX_LISTED) break;
    const { error } = analyze(text);
    if (!error) continue;
    problems.push({
      pointer,
      code: 'expression',
      message: error.message,
      hint: `At character ${error.position}: an expression stands between {{ and }}.`,
    });
  }
  return problems.slice(0, MAX_LISTED);
}

function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '') return true;
  // a locator in which nothing is chosen
  return typeof value === 'object' && !Array.isArray(value) && '__rl' in value && !value['value'];
}

/** Every expression inside a value, with where it stands. */
function* texts(value: Json, at: string, depth: number): Generator<[pointer: string, text: string]> {
  if (typeof value === 'string') {
    if (value.startsWith('=')) yield [at, value];
    return;
  }
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return;
  for (const [key, each] of Object.entries(value)) yield* texts(each, `${at}/${escaped(key)}`, depth + 1);
}
