// Calls of one code share an isolate. What one leaves in the language itself — a merge of `__proto__` that a caller sent
// is enough — must not be found by the next, so it is put back while nobody else is running.

const { apply, defineProperty, deleteProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
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
  keys: readonly PropertyKey[];
  own: ReadonlySet<PropertyKey>;
  /** In the order of `keys`. */
  fields: readonly PropertyDescriptor[];
}

function known(object: object): Known {
  const keys = ownKeys(object).filter((key) => getOwnPropertyDescriptor(object, key));
  const fields = keys.map((key) => getOwnPropertyDescriptor(object, key) as PropertyDescriptor);
  return { object, keys, own: new Set(keys), fields };
}

const objects = [...new Set(shared())].map(known);
/** What a merge into a plain value reaches one step further: `{toString: {…}}` writes into the method. */
const methods = [Object, Array, Function].flatMap(({ prototype }) =>
  ownKeys(prototype)
    .map((key) => getOwnPropertyDescriptor(prototype, key)?.value as unknown)
    .filter((value): value is () => unknown => typeof value === 'function')
    .map(known),
);
/** Only additions are taken away: to look at a member would make it, and most isolates never need it. */
const globals: Pick<Known, 'object' | 'own'> = { object: globalThis, own: new Set(ownKeys(globalThis)) };
const { has } = Set.prototype;
const knows = (own: ReadonlySet<PropertyKey>, key: PropertyKey): boolean => apply(has, own, [key]) as boolean;

function dropAdded({ object, own }: Pick<Known, 'object' | 'own'>, keys: readonly PropertyKey[]): void {
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] as PropertyKey;
    if (!knows(own, key)) deleteProperty(object, key);
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
    const keys = ownKeys(each.object);
    if (keys.length !== each.keys.length) dropAdded(each, keys);
    if (isAsBefore(each)) continue;
    dropAdded(each, keys);
    for (let at = 0; at < each.keys.length; at++) {
      defineProperty(each.object, each.keys[at] as PropertyKey, each.fields[at] as PropertyDescriptor);
    }
  }
  for (let index = 0; index < methods.length; index++) {
    const each = methods[index] as Known;
    const keys = ownKeys(each.object);
    if (keys.length !== each.keys.length) dropAdded(each, keys);
  }
  dropAdded(globals, ownKeys(globalThis));
}
