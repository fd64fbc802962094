import type { Runtime } from '../runtime.ts';
import type { MethodTable } from './method.ts';

/**
 * What library calls cost in steps, one step being at most half a microsecond of a busy machine. Without a price a loop
 * over `$now.toFormat()` would take minutes for the steps of a loop over numbers.
 */
type Prices = Readonly<Record<string, number>>;

/** The table with each call paid for before it is made. */
export function priced(table: MethodTable, prices: Prices, other: number): MethodTable {
  return new Map(
    [...table].map(([name, run]) => {
      const price = Object.hasOwn(prices, name) ? (prices[name] ?? other) : other;
      return [
        name,
        (rt: Runtime, self: unknown, args: readonly unknown[]) => {
          rt.charge(price);
          return run(rt, self, args);
        },
      ];
    }),
  );
}

/** A value of a luxon object made or moved. */
export const MAKE_DATE = 20;
/** Text of a host's Intl formatter, which is often made anew. */
export const INTL = 240;
/** One character of a date format: a token may ask Intl. */
export const FORMAT_CHARACTER = 24;
/** A throw that is caught: the host unwinds its stack. */
export const CATCH = 8;
/** A field added to an object: many of them make a hash table, and memory. */
export const NEW_FIELD = 4;
