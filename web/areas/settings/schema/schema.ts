// The part of JSON Schema that our contracts use, and what a form needs to know of it.

export interface Schema {
  type?: string;
  enum?: readonly string[];
  const?: string;
  default?: unknown;
  description?: string;
  pattern?: string;
  minimum?: number;
  maxLength?: number;
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  items?: Schema;
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
}

export type Value =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Value[]
  | { readonly [name: string]: Value };
export type Fields = Readonly<Record<string, Value>>;

export const isFields = (value: Value): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `X or nothing` is X, which may stay empty. */
export function bare(schema: Schema): { schema: Schema; isNullable: boolean } {
  const all = schema.anyOf ?? schema.oneOf;
  const others = all?.filter(({ type }) => type !== 'null') ?? [];
  const [only] = others;
  if (!all || others.length === all.length || !only) return { schema, isNullable: false };
  const { anyOf: _, oneOf: __, ...rest } = schema;
  return { schema: others.length === 1 ? { ...only, ...rest } : { ...rest, anyOf: others }, isNullable: true };
}

interface Variants {
  /** The property that says which one it is. */
  by: string;
  /** What it may be, in order. */
  options: readonly string[];
  of(option: Value): Schema | undefined;
}

const namesOf = (schema: Schema | undefined): readonly string[] =>
  schema?.const === undefined ? (schema?.enum ?? []) : [schema.const];

/** Objects of several shapes that one property tells apart. */
export function variantsOf(schema: Schema): Variants | undefined {
  const shapes = (schema.oneOf ?? schema.anyOf)?.filter(({ properties }) => properties);
  if (!shapes || shapes.length < 2) return undefined;
  const by = Object.keys(shapes[0]?.properties ?? {}).find((name) =>
    shapes.every(({ properties }) => namesOf(properties?.[name]).length > 0),
  );
  if (by === undefined) return undefined;
  return {
    by,
    options: shapes.flatMap(({ properties }) => namesOf(properties?.[by])),
    of: (option) => shapes.find(({ properties }) => namesOf(properties?.[by]).some((name) => name === option)),
  };
}

/** What a form shows before anything is typed: defaults, and the first of several choices. */
export function startOf(given: Schema): Value {
  const { schema } = bare(given);
  if (given.default !== undefined) return given.default as Value;
  const variants = variantsOf(schema);
  if (variants) {
    const [first] = variants.options;
    const shape = variants.of(first);
    return shape ? { ...(startOf(shape) as Fields), [variants.by]: first } : {};
  }
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.properties) {
    const required = new Set(schema.required);
    return Object.fromEntries(
      Object.entries(schema.properties)
        .filter(([name, each]) => required.has(name) || each.default !== undefined || each.properties !== undefined)
        .map(([name, each]) => [name, startOf(each)]),
    );
  }
  if (schema.type === 'array') return [];
  return undefined;
}

/** What is sent: fields that stayed empty are left out, except where an empty text means something. */
export function sentOf(given: Schema, value: Value): Value {
  const { schema, isNullable } = bare(given);
  const variants = variantsOf(schema);
  const shape = variants && isFields(value) ? variants.of(value[variants.by]) : schema;
  if (shape?.properties && isFields(value)) {
    const required = new Set(shape.required);
    const entries = Object.entries(shape.properties)
      .map(([name, each]) => [name, sentOf(each, value[name])] as const)
      .filter(([name, each]) => each !== undefined && (each !== '' || required.has(name)))
      .filter(([name, each]) => required.has(name) || !isFields(each) || Object.keys(each).length > 0);
    return Object.fromEntries(entries);
  }
  if (isNullable && (value === '' || value === undefined)) return null;
  if (schema.type === 'array' && Array.isArray(value)) {
    const items = schema.items ?? {};
    return (value as readonly Value[]).map((each) => sentOf(items, each)).filter((each) => each !== '');
  }
  if ((schema.type === 'integer' || schema.type === 'number') && value === '') return undefined;
  return value;
}
