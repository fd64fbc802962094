import type { Json, JsonObject } from '../data/item.ts';
import { placeOf, subAttribute } from './attribute.ts';
import type { Attribute, Place, ResourceType } from './attribute.ts';
import { bad } from './error.ts';
import { parsePatchPath } from './filter.ts';
import type { Filter } from './filter.ts';
import { matchesValue } from './match.ts';
import { MAX_VALUES, onePrimary, readOne, readValue } from './read.ts';

const MAX_OPERATIONS = 100;

type Op = 'add' | 'replace' | 'remove';

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A PATCH body applied to a resource; gives a new one (SCM5). @throws ScimError. */
export function patch(type: ResourceType, resource: JsonObject, body: Json | undefined): JsonObject {
  const operations = isObject(body) ? (body['Operations'] ?? body['operations']) : undefined;
  if (!Array.isArray(operations)) throw bad('invalidSyntax', 'Operations must be a list');
  if (operations.length > MAX_OPERATIONS) throw bad('tooMany', `At most ${MAX_OPERATIONS} operations`);
  const changed = structuredClone(resource);
  for (const operation of operations) apply(type, changed, operation);
  for (const { name, required } of type.schema.attributes) {
    if (required && (changed[name] === undefined || changed[name] === '')) {
      throw bad('invalidValue', `${name} is needed`);
    }
  }
  return changed;
}

function apply(type: ResourceType, resource: JsonObject, operation: Json): void {
  if (!isObject(operation)) throw bad('invalidSyntax', 'An operation must be an object');
  const { op: given, path, value } = operation;
  const op = typeof given === 'string' ? given.toLowerCase() : '';
  if (op !== 'add' && op !== 'replace' && op !== 'remove') {
    throw bad('invalidSyntax', 'op must be add, replace or remove');
  }
  if (path !== undefined && path !== null) {
    if (typeof path !== 'string') throw bad('invalidPath', 'path must be a text');
    at(type, resource, { op, path, value });
    return;
  }
  if (op === 'remove') throw bad('noTarget', 'remove needs a path');
  if (!isObject(value)) throw bad('invalidValue', 'Without a path, value must be an object');
  for (const [name, each] of Object.entries(value)) {
    const extension = type.extensions.find(({ id }) => id.toLowerCase() === name.toLowerCase());
    if (extension && isObject(each)) {
      for (const [part, inner] of Object.entries(each)) {
        whole(type, resource, { op, path: `${extension.id}:${part}`, value: inner });
      }
    } else whole(type, resource, { op, path: name, value: each });
  }
}

interface Change {
  op: Op;
  path: string;
  value: Json | undefined;
}

/** One member of a value without a path: names nobody knows and what the server keeps are passed over. */
function whole(type: ResourceType, resource: JsonObject, change: Change): void {
  const place = placeOf(type, change.path);
  if (!place || (place.sub ?? place.attribute).mutability === 'readOnly') return;
  set(resource, place, change);
}

function at(type: ResourceType, resource: JsonObject, change: Change): void {
  const { path, filter, sub: subName } = parsePatchPath(change.path);
  const place = placeOf(type, path);
  if (!place) throw bad('invalidPath', `There is no attribute ${path.slice(0, 100)}`);
  if (place.attribute.mutability === 'readOnly') throw bad('mutability', `${path} cannot be changed`);
  if (!filter) {
    set(resource, place, change);
    return;
  }
  if (place.sub || !place.attribute.multiValued) throw bad('invalidPath', `${path} is no list`);
  const sub = subName === undefined ? undefined : subAttribute(place.attribute, subName);
  if (subName !== undefined && !sub) throw bad('invalidPath', `There is no attribute ${path}.${subName.slice(0, 100)}`);
  chosen(resource, place, { ...change, filter, sub });
}

/** The object an attribute stands in; made when it is an extension that is not there yet. */
function holderOf(resource: JsonObject, { extension }: Place): JsonObject {
  if (extension === undefined) return resource;
  const there = Object.hasOwn(resource, extension) ? resource[extension] : undefined;
  if (isObject(there)) return there;
  const made: JsonObject = {};
  resource[extension] = made;
  return made;
}

const listAt = (holder: JsonObject, { name }: Attribute): Json[] => {
  const there = holder[name];
  return Array.isArray(there) ? there : there === undefined ? [] : [there];
};

/** Without a filter: the attribute itself, or one part of it. */
function set(resource: JsonObject, place: Place, { op, path, value }: Change): void {
  const { attribute, sub } = place;
  const holder = holderOf(resource, place);
  if (sub) {
    setPart(holder, { attribute, sub }, { op, path, value });
    return;
  }
  const gone = op === 'remove' || (op === 'replace' && (value === undefined || value === null));
  if (gone) {
    const kept =
      attribute.multiValued && value !== undefined && value !== null ? without(holder, attribute, value) : [];
    if (kept.length > 0) holder[attribute.name] = kept;
    else delete holder[attribute.name];
    return;
  }
  if (value === undefined || value === null) throw bad('invalidValue', `${path} needs a value`);
  const read = readValue(attribute, value, path);
  if (attribute.multiValued && Array.isArray(read)) {
    holder[attribute.name] = op === 'add' ? joined(listAt(holder, attribute), read, path) : read;
    return;
  }
  const before = holder[attribute.name];
  holder[attribute.name] = isObject(read) && isObject(before) ? { ...before, ...read } : read;
}

function setPart(
  holder: JsonObject,
  { attribute, sub }: { attribute: Attribute; sub: Attribute },
  { op, path, value }: Change,
): void {
  if (sub.mutability === 'readOnly') throw bad('mutability', `${path} cannot be changed`);
  const write = (target: JsonObject): void => {
    if (op === 'remove' || value === undefined || value === null) delete target[sub.name];
    else target[sub.name] = readOne(sub, value, path);
  };
  if (attribute.multiValued) {
    const list = listAt(holder, attribute);
    for (const each of list) if (isObject(each)) write(each);
    holder[attribute.name] = onePrimary(list);
    return;
  }
  const there = holder[attribute.name];
  const target: JsonObject = isObject(there) ? there : {};
  write(target);
  holder[attribute.name] = target;
}

/** `{"op":"remove","path":"members","value":[…]}`, as Entra ID sends it: only these. */
function without(holder: JsonObject, attribute: Attribute, value: Json): Json[] {
  const leaving = new Set(
    (Array.isArray(value) ? value : [value]).map((each) => String(isObject(each) ? each['value'] : each)),
  );
  return listAt(holder, attribute).filter((each) => !isObject(each) || !leaving.has(String(each['value'])));
}

/** Adds what is not there yet: equal `value`s are one (RFC 7644 section 3.5.2.1). */
function joined(before: readonly Json[], added: readonly Json[], path: string): Json[] {
  const keyOf = (value: Json): string =>
    isObject(value) && typeof value['value'] === 'string'
      ? `${value['value']}\n${String(value['type'])}`
      : JSON.stringify(value);
  const byKey = new Map(before.map((value) => [keyOf(value), value]));
  for (const value of added) {
    const old = byKey.get(keyOf(value));
    const next = isObject(old) && isObject(value) ? { ...old, ...value } : value;
    byKey.delete(keyOf(value));
    byKey.set(keyOf(value), next);
  }
  if (byKey.size > MAX_VALUES) throw bad('tooMany', `${path} may have ${MAX_VALUES} values`);
  return onePrimary([...byKey.values()]);
}

/** With a filter: those values of the list that it chooses. */
function chosen(
  resource: JsonObject,
  place: Place,
  { op, path, value, filter, sub }: Change & { filter: Filter; sub: Attribute | undefined },
): void {
  const { attribute } = place;
  const holder = holderOf(resource, place);
  const list = listAt(holder, attribute);
  const hits = new Set(list.filter((each) => matchesValue(attribute, each, filter)));
  if (hits.size === 0) {
    if (op === 'remove') throw bad('noTarget', `Nothing matches ${path.slice(0, 200)}`);
    const made = described(attribute, filter);
    if (!made) throw bad('noTarget', `Nothing matches ${path.slice(0, 200)}`);
    list.push(made);
    hits.add(made);
  }
  const others: Json[] = [];
  const changed: Json[] = [];
  const next = list.flatMap((each): Json[] => {
    if (!hits.has(each) || !isObject(each)) {
      others.push(each);
      return [each];
    }
    const after = changedValue(each, { op, path, value, attribute, sub });
    if (after !== undefined) changed.push(after);
    return after === undefined ? [] : [after];
  });
  const takesOver = changed.some((each) => isObject(each) && each['primary'] === true);
  if (takesOver) for (const each of others) if (isObject(each) && each['primary'] === true) each['primary'] = false;
  if (next.length > 0) holder[attribute.name] = onePrimary(next);
  else delete holder[attribute.name];
}

/** One chosen value after the operation; undefined when it is removed. */
function changedValue(
  before: JsonObject,
  { op, path, value, attribute, sub }: Change & { attribute: Attribute; sub: Attribute | undefined },
): Json | undefined {
  if (op === 'remove' || value === undefined || value === null) {
    if (!sub) return undefined;
    const { [sub.name]: _, ...rest } = before;
    return rest;
  }
  if (sub) return { ...before, [sub.name]: readOne(sub, value, path) };
  const read = readOne(attribute, value, path);
  return isObject(read) ? { ...before, ...read } : read;
}

/** The value that `type eq "work"` describes, for an operation that matches nothing. */
function described(attribute: Attribute, filter: Filter): JsonObject | undefined {
  const terms = filter.op === 'and' ? filter.terms : [filter];
  const made: JsonObject = {};
  for (const term of terms) {
    if (term.op !== 'eq' || term.value === null) return undefined;
    const sub = subAttribute(attribute, term.path);
    if (!sub) return undefined;
    made[sub.name] = readOne(sub, term.value, term.path);
  }
  return made;
}
