export type PlainObject = Record<string, unknown>;

const objectPrototype = Object.prototype;

/** True for JSON-like objects: those only have own data. Arrays and every class instance are not plain. */
export function isPlain(value: unknown): value is PlainObject {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === objectPrototype || prototype === null;
}

export const hasOwn = Object.hasOwn;

/** Writes an own property; `__proto__` would otherwise set the prototype. */
export function define(target: PlainObject, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
  } else {
    target[key] = value;
  }
}

export function copyOwn(source: PlainObject): PlainObject {
  const out: PlainObject = {};
  for (const key of Object.keys(source)) define(out, key, source[key]);
  return out;
}
