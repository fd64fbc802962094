/** An Error as expressions see it: two strings, no stack of the host. */
export class ErrorValue {
  readonly name: string;
  readonly message: string;
  constructor(name: string, message: string) {
    this.name = name;
    this.message = message;
  }
}

/** Carries a thrown value through host frames. Not an Error: missing paths throw it often and stacks are slow. */
export class Thrown {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
}

export const typeFault = (message: string): Thrown => new Thrown(new ErrorValue('TypeError', message));
export const rangeFault = (message: string): Thrown => new Thrown(new ErrorValue('RangeError', message));
