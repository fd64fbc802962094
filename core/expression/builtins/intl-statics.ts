import { DateTime } from 'luxon';
import type { Runtime } from '../runtime.ts';
import { Builtin, Namespace } from '../value/callable.ts';
import { toNum, toStr } from '../value/coerce.ts';
import { rangeFault } from '../value/error-value.ts';
import { iterate } from '../value/iterate.ts';
import { INTL } from '../value/price.ts';
import { View } from '../value/view.ts';
import { intlOptions, localeOf } from './intl.ts';

/** Steps of one call of a formatter. */
const CALL_STEPS = 32;

type Run = (rt: Runtime, args: readonly unknown[]) => unknown;

/** A formatter of `Intl`: its functions, and nothing of the host's object. */
class FormatterView extends View {
  readonly #methods: ReadonlyMap<string, Builtin>;
  constructor(table: Record<string, Run>) {
    super();
    this.#methods = new Map(
      Object.entries(table).map(([name, run]) => [
        name,
        new Builtin(name, (rt, args) => {
          rt.charge(CALL_STEPS);
          return run(rt, args);
        }),
      ]),
    );
  }
  member(_rt: Runtime, key: string): unknown {
    return this.#methods.get(key);
  }
}

/** What `new Intl.X(locale, options)` and `Intl.X(locale, options)` give. */
type Make = (locale: string, options: Record<string, string | number | boolean>) => Record<string, Run>;

function formatter(name: string, make: Make): Namespace {
  const construct: Run = (rt, [locale, options]) => {
    rt.charge(INTL);
    return new FormatterView(make(localeOf(rt, locale), intlOptions(options)));
  };
  return new Namespace(name, { call: construct, construct });
}

const parts = (list: readonly object[]): object[] => list.map((part) => ({ ...part }));

function timeOf(rt: Runtime, value: unknown): number {
  if (value === undefined) return rt.scope.nowMs;
  if (value instanceof DateTime) return value.toMillis();
  const ms = value instanceof Date ? value.getTime() : toNum(rt, value);
  if (!Number.isFinite(ms)) throw rangeFault('Invalid time value');
  return ms;
}

const textsOf = (rt: Runtime, value: unknown): string[] => iterate(rt, value).map((inner) => toStr(rt, inner));

/** `Intl`, with the locale `en-US` and the zone UTC where none is given: the host's own must not show. */
export const intlNamespace = new Namespace('Intl', {
  call: () => undefined,
  members: {
    Collator: formatter('Collator', (locale, options) => {
      const host = new Intl.Collator(locale, options);
      return { compare: (rt, [a, b]) => host.compare(toStr(rt, a), toStr(rt, b)) };
    }),
    DateTimeFormat: formatter('DateTimeFormat', (locale, options) => {
      const host = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options });
      return {
        format: (rt, [value]) => host.format(timeOf(rt, value)),
        formatToParts: (rt, [value]) => parts(host.formatToParts(timeOf(rt, value))),
        resolvedOptions: () => ({ ...host.resolvedOptions() }),
      };
    }),
    ListFormat: formatter('ListFormat', (locale, options) => {
      const host = new Intl.ListFormat(locale, options as Intl.ListFormatOptions);
      return { format: (rt, [values]) => host.format(textsOf(rt, values)) };
    }),
    NumberFormat: formatter('NumberFormat', (locale, options) => {
      const host = new Intl.NumberFormat(locale, options);
      return {
        format: (rt, [value]) => host.format(toNum(rt, value)),
        formatToParts: (rt, [value]) => parts(host.formatToParts(toNum(rt, value))),
        resolvedOptions: () => ({ ...host.resolvedOptions() }),
      };
    }),
    PluralRules: formatter('PluralRules', (locale, options) => {
      const host = new Intl.PluralRules(locale, options);
      return { select: (rt, [value]) => host.select(toNum(rt, value)) };
    }),
    RelativeTimeFormat: formatter('RelativeTimeFormat', (locale, options) => {
      const host = new Intl.RelativeTimeFormat(locale, options);
      return {
        format: (rt, [value, unit]) => host.format(toNum(rt, value), toStr(rt, unit) as Intl.RelativeTimeFormatUnit),
      };
    }),
  },
});
