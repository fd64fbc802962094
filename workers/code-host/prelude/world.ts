// Calls of one code share an isolate. What one leaves in the language itself — a merge of `__proto__` that a caller sent
// is enough — must not be found by the next, so it is put back while nobody else is running.

const { defineProperty, deleteProperty, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;
const { ownKeys, preventExtensions, setPrototypeOf } = Reflect;
const is = Object.is;

/** Everything here is reachable from a literal, and so from a naive merge. */
function shared(): object[] {
  const types = [Object, Array, String, Number, Boolean, Function, Date, RegExp, Map, Set, Promise, Symbol, Error];
  const functions = [async () => undefined, function* () {}, async function* () {}];
  const iterators = [
    [][Symbol.iterator](),
    new Map().entries(),
    new Set().values(),
    ''[Symbol.iterator](),
    'a'.matchAll(/a/g),
  ];
  return [
    ...types.flatMap((type): object[] => [type, type.prototype as object]),
    ...[...functions, ...iterators].map((value) => getPrototypeOf(value) as object),
    getPrototypeOf(getPrototypeOf(iterators[0] as object) as object) as object,
    JSON,
    Math,
    Reflect,
  ];
}

interface Known {
  object: object;
  parent: object | null;
  keys: readonly PropertyKey[];
  /** In the order of `keys`. */
  fields: readonly PropertyDescriptor[];
}

function known(object: object): Known {
  const keys = ownKeys(object);
  const fields = keys.map((key) => getOwnPropertyDescriptor(object, key) as PropertyDescriptor);
  return { object, parent: getPrototypeOf(object), keys, fields };
}

const objects = [...new Set(shared())].map(known);

// What a merge into a plain value reaches one step further: `{toString: {…}}` writes into the method. Nobody needs to,
// and a look at each after every call would cost more than all the rest.
const watched = new Set(objects.map(({ object }) => object));
for (const { fields } of objects) {
  for (const { value } of fields) {
    if (typeof value === 'function' && !watched.has(value as object)) preventExtensions(value as object);
  }
}

/** Only additions are taken away: to look at a member would make it, and most isolates never need it. */
const globals = ownKeys(globalThis);

/** No more keys than before, and the same: what is added comes last. */
function hasSameKeys(before: readonly PropertyKey[], now: readonly PropertyKey[]): boolean {
  if (before.length !== now.length) return false;
  for (let at = 0; at < before.length; at++) if (before[at] !== now[at]) return false;
  return true;
}

function includes(keys: readonly PropertyKey[], key: PropertyKey): boolean {
  for (let at = 0; at < keys.length; at++) if (keys[at] === key) return true;
  return false;
}

function dropAdded(object: object, before: readonly PropertyKey[], now: readonly PropertyKey[]): void {
  for (let at = 0; at < now.length; at++) {
    const key = now[at] as PropertyKey;
    if (!includes(before, key)) deleteProperty(object, key);
  }
}

/** Reads values where it can: a descriptor each would cost every call a tenth of a millisecond. */
function isAsBefore({ object, keys, fields }: Known): boolean {
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] as PropertyKey;
    const before = fields[at] as PropertyDescriptor;
    if (before.get === undefined && before.set === undefined) {
      if (!is((object as Record<PropertyKey, unknown>)[key], before.value)) return false;
    } else {
      const now = getOwnPropertyDescriptor(object, key);
      if (now?.get !== before.get || now?.set !== before.set) return false;
    }
  }
  return true;
}

/** Puts the language back as it was before the first call. Uses nothing that a call could have replaced. */
export function restoreWorld(): void {
  for (let index = 0; index < objects.length; index++) {
    const each = objects[index] as Known;
    const { object, parent, keys, fields } = each;
    if (getPrototypeOf(object) !== parent) setPrototypeOf(object, parent);
    const now = ownKeys(object);
    if (hasSameKeys(keys, now) && isAsBefore(each)) continue;
    dropAdded(object, keys, now);
    for (let at = 0; at < keys.length; at++) {
      defineProperty(object, keys[at] as PropertyKey, fields[at] as PropertyDescriptor);
    }
  }
  const now = ownKeys(globalThis);
  if (!hasSameKeys(globals, now)) dropAdded(globalThis, globals, now);
}
