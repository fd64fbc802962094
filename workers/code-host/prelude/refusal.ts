/** Something code may not do, or that failed outside the isolate: reaches the author under its own code. */
export class Refusal extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'Error';
    this.code = code;
  }
}

/** A value of which nothing can be read. */
export const denied = (message: string): object =>
  new Proxy(Object.create(null) as object, {
    get(_target, name) {
      if (typeof name === 'symbol') return undefined;
      throw new Refusal('code-error', message);
    },
    has: () => false,
  });
