import type { Json, JsonObject } from '../data/item.ts';
import { COMMON, subAttribute } from './attribute.ts';
import type { Attribute, ResourceType } from './attribute.ts';
import { bad } from './error.ts';

export const MAX_VALUES = 5_000;
const MAX_TEXT_CHARS = 2_000;

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A body as the resource it describes: known attributes under their own spelling, the rest passed over (SCM6, SCM7). */
export function readResource(type: ResourceType, body: Json | undefined): JsonObject {
  if (!isObject(body)) throw bad('invalidSyntax', 'The body must be a JSON object');
  const resource = readInto([...type.schema.attributes, ...COMMON], body, '');
  for (const extension of type.extensions) {
    const part = valueOf(body, extension.id);
    if (isObject(part)) resource[extension.id] = readInto(extension.attributes, part, `${extension.id}:`);
  }
  for (const { name, required } of type.schema.attributes) {
    if (required && (resource[name] === undefined || resource[name] === '')) {
      throw bad('invalidValue', `${name} is needed`);
    }
  }
  return resource;
}

function readInto(attributes: readonly Attribute[], body: JsonObject, prefix: string): JsonObject {
  const read: JsonObject = {};
  for (const attribute of attributes) {
    if (attribute.mutability === 'readOnly') continue;
    const value = valueOf(body, attribute.name);
    if (value === undefined || value === null) continue;
    read[attribute.name] = readValue(attribute, value, prefix + attribute.name);
  }
  return read;
}

/** A property by its name, whatever its case; the exact spelling first. */
function valueOf(body: JsonObject, name: string): Json | undefined {
  if (Object.hasOwn(body, name)) return body[name];
  const wanted = name.toLowerCase();
  const key = Object.keys(body).find((each) => each.toLowerCase() === wanted);
  return key === undefined ? undefined : body[key];
}

/** The whole value of an attribute, a list where it has many. @throws ScimError `invalidValue`. */
export function readValue(attribute: Attribute, value: Json, path: string): Json {
  if (!attribute.multiValued) return readOne(attribute, value, path);
  const values = Array.isArray(value) ? value : [value];
  if (values.length > MAX_VALUES) throw bad('tooMany', `${path} may have ${MAX_VALUES} values`);
  return onePrimary(values.map((each) => readOne(attribute, each, path)));
}

/** One value of an attribute. @throws ScimError `invalidValue`. */
export function readOne(attribute: Attribute, value: Json, path: string): Json {
  if (attribute.type === 'complex') return readComplex(attribute, value, path);
  if (attribute.type === 'boolean') {
    const read = typeof value === 'string' ? { true: true, false: false }[value.toLowerCase()] : value;
    if (typeof read !== 'boolean') throw bad('invalidValue', `${path} must be true or false`);
    return read;
  }
  if (typeof value !== 'string') throw bad('invalidValue', `${path} must be a text`);
  if (value.length > MAX_TEXT_CHARS) throw bad('invalidValue', `${path} may have ${MAX_TEXT_CHARS} characters`);
  return value;
}

function readComplex(attribute: Attribute, value: Json, path: string): Json {
  if (isObject(value)) return readInto(attribute.subAttributes ?? [], value, `${path}.`);
  const main = subAttribute(attribute, 'value');
  // A bare text stands for its `value`: `{"manager": "42"}`, `{"members": ["42"]}`.
  if (main && typeof value === 'string') return { value: readOne(main, value, `${path}.value`) };
  throw bad('invalidValue', `${path} must be an object`);
}

/** SCM8: the last primary value is the only one. */
export function onePrimary(values: readonly Json[]): Json[] {
  const last = values.findLastIndex((value) => isObject(value) && value['primary'] === true);
  return values.map((value, at) =>
    at < last && isObject(value) && value['primary'] === true ? { ...value, primary: false } : value,
  );
}
