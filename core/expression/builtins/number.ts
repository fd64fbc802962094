import type { Runtime } from '../runtime.ts';
import { booleanExtensions } from '../extensions/boolean.ts';
import { numberExtensions } from '../extensions/number.ts';
import { toInt } from '../value/coerce.ts';
import { rangeFault } from '../value/error-value.ts';
import { mergeTables, methods } from '../value/method.ts';
import { INTL, priced } from '../value/price.ts';
import { intlOptions, localeOf } from './intl.ts';

const digits = (value: number, low: number, high: number): number => {
  if (value < low || value > high) throw rangeFault('The number of digits is out of range');
  return value;
};

const native = methods<number>({
  hasOwnProperty: () => false,
  toExponential: (rt, n, [places]) =>
    n.toExponential(places === undefined ? undefined : digits(toInt(rt, places, 0), 0, 100)),
  toFixed: (rt, n, [places]) => n.toFixed(digits(toInt(rt, places, 0), 0, 100)),
  toLocaleString: (rt: Runtime, n: number, [locale, options]: readonly unknown[]) =>
    new Intl.NumberFormat(localeOf(rt, locale), intlOptions(options)).format(n),
  toPrecision: (rt, n, [places]) =>
    places === undefined ? String(n) : n.toPrecision(digits(toInt(rt, places, 1), 1, 100)),
  toString: (rt: Runtime, n: number, [radix]: readonly unknown[]) => n.toString(digits(toInt(rt, radix, 10), 2, 36)),
  valueOf: (_rt: Runtime, n: number) => n,
});

const nativeBoolean = methods<boolean>({
  hasOwnProperty: () => false,
  toString: (_rt: Runtime, value: boolean) => String(value),
  valueOf: (_rt: Runtime, value: boolean) => value,
});

export const numberMethods = priced(mergeTables(numberExtensions, native), { format: INTL, toLocaleString: INTL }, 0);
export const booleanMethods = mergeTables(booleanExtensions, nativeBoolean);
