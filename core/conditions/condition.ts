import type { Json, JsonObject } from '../data/item.ts';
import type { Scope } from '../expression/scope.ts';
import { type CompileKit, NodeError, type Param } from '../node/kit.ts';
import { convertTo, shown, typeName } from './convert.ts';
import { type CompareOptions, type Operator, operatorOf } from './operators.ts';

/** A compiled test of one item. Throws NodeError when a value has the wrong type. */
export type Condition = (scope: Scope) => boolean;

export interface ConditionDefaults {
  ignoreCase?: boolean;
  loose?: boolean;
}

interface Strictness {
  strict: boolean;
  version: number;
}

/**
 * Compiles n8n's filter value: `{options:{caseSensitive,typeValidation,version}, combinator:'and'|'or',
 * conditions:[{leftValue,rightValue,operator:{type,operation,rightType?,singleValue?}}]}`. `fallback` holds what the
 * node's own options say, for files whose filter does not. Unknown operators throw NodeError here, at compile time.
 */
export function compileConditions(
  kit: Pick<CompileKit, 'value'>,
  raw: Json | undefined,
  fallback: ConditionDefaults = {},
): Condition {
  const filter = objectOf(raw);
  const options = objectOf(filter.options);
  const rules: Strictness = {
    strict: fallback.loose !== true && options.typeValidation !== 'loose',
    version: typeof options.version === 'number' ? options.version : 1,
  };
  const ignoreCase = typeof options.caseSensitive === 'boolean' ? !options.caseSensitive : fallback.ignoreCase === true;
  const list = Array.isArray(filter.conditions) ? filter.conditions : [];
  const tests = list.map((entry, index) => compileOne(kit, objectOf(entry), { ...rules, ignoreCase, index }));
  const any = filter.combinator === 'or';
  const [only] = tests;
  if (only && tests.length === 1) return only;
  return any ? (scope) => tests.some((test) => test(scope)) : (scope) => tests.every((test) => test(scope));
}

function compileOne(
  kit: Pick<CompileKit, 'value'>,
  entry: JsonObject,
  rules: Strictness & { ignoreCase: boolean; index: number },
): Condition {
  const operator = requireOperator(objectOf(entry.operator));
  const options = comparing(rules.ignoreCase);
  const left = kit.value(entry.leftValue);
  if (operator.unary) {
    // Whether something is there does not depend on its type, and blank text is no number to convert.
    const isPresence = operator.operation.endsWith('xists') || (!rules.strict && operator.operation.endsWith('mpty'));
    const read = isPresence ? (scope: Scope) => left.at(scope) : reader(left, operator.type, rules);
    return (scope) => operator.compare(read(scope), undefined, options(scope));
  }
  const readLeft = reader(left, operator.type, rules);
  const readRight = reader(kit.value(entry.rightValue), operator.rightType, rules);
  return (scope) => operator.compare(readLeft(scope), readRight(scope), options(scope));
}

/** One options object for all items of a zone. */
function comparing(ignoreCase: boolean): (scope: Scope) => CompareOptions {
  let options: CompareOptions = { ignoreCase, zone: 'utc' };
  return (scope) => {
    if (options.zone !== scope.zone) options = { ignoreCase, zone: scope.zone };
    return options;
  };
}

function requireOperator(raw: JsonObject): Operator {
  const type = String(raw.type ?? 'string');
  const operation = String(raw.operation ?? 'equals');
  const operator = operatorOf(type, operation, typeof raw.rightType === 'string' ? raw.rightType : undefined);
  if (!operator) {
    throw new NodeError('unknown-operator', `There is no comparison "${operation}" for the type "${type}".`);
  }
  return operator;
}

function reader(param: Param, type: string, rules: Strictness & { index: number }): (scope: Scope) => Json | undefined {
  return (scope) => {
    const value = param.at(scope);
    return fits(value, type) ? value : typed(value, type, { ...rules, scope });
  };
}

/** The common case, without allocating: the value is what the operator wants, or missing. */
const fits = (value: Json | undefined, type: string): boolean =>
  value === null || value === undefined || type === 'any' || typeof value === type
    ? type !== 'object' || !Array.isArray(value)
    : Array.isArray(value) && type === 'array';

function typed(
  value: Json | undefined,
  type: string,
  rules: Strictness & { index: number; scope: Scope },
): Json | undefined {
  const { strict, scope } = rules;
  // Blank stands for "no value" to empty checks of every type, and to loose comparison of everything but text.
  if (!strict && type === 'boolean') return looseBoolean(value, rules.version);
  if (!strict && value === '' && type !== 'number') return type === 'string' ? value : null;
  const conversion = convertTo(value, type, { strict, parseStrings: true, zone: scope.zone });
  if (conversion.ok) return conversion.value;
  const where = `[condition ${rules.index}, item ${scope.itemIndex}]`;
  const from = typeName(value);
  throw new NodeError(
    'wrong-type',
    strict
      ? `Wrong type: '${shown(value)}' is ${article(from)} but was expecting ${article(type)} ${where}`
      : `Conversion error: the ${from} '${shown(value)}' can't be converted to ${article(type)} ${where}`,
    {
      description: strict
        ? 'Compare as another type, convert the value first, or let the node convert types where required.'
        : 'Compare as another type or convert the value first.',
      itemIndex: scope.itemIndex,
    },
  );
}

/** From version 2 on, text such as "false" and "0" is read; before, and for other text, any text but '' is true. */
function looseBoolean(value: Json | undefined, version: number): Json {
  const conversion = version >= 2 ? convertTo(value, 'boolean') : undefined;
  return conversion?.ok ? conversion.value : Boolean(value);
}

const article = (type: string): string => `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;

const objectOf = (value: Json | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
