import type { Item, Json } from '../../data/item.ts';
import { parsePath, setPath } from '../../data/path.ts';
import type { Scope } from '../../expression/scope.ts';
import { type CompileKit, NodeError } from '../../node/kit.ts';
import { amountOf, isoOf, type Reading, readMoment, unitOf, zoneOf } from './moment.ts';
import { formatTokens, readingTokens } from './tokens.ts';

export type Change = (item: Item, how: { scope: Scope; zone: string; index: number }) => Item;

/** Version 1: one field of the item becomes the formatted or moved date; formats are written as in moment.js. */
export function compileFirstVersion(kit: CompileKit): Change {
  const value = kit.param<Json>('value', '');
  const property = kit.param<string>('dataPropertyName', 'data');
  const made = compileAction(kit);
  return (item, { scope, zone, index }) => {
    const found = value.at(scope);
    const name = String(property.at(scope));
    const json = { ...item.json };
    // A field that is not there is left alone, so that lists with gaps pass.
    if (found !== undefined && found !== null) setPath(json, parsePath(name), made(found, { scope, zone, index }));
    const output: Item = { json, pairedItem: index };
    if (item.binary) output.binary = item.binary;
    return output;
  };
}

function compileAction(kit: CompileKit): (value: Json, how: { scope: Scope; zone: string; index: number }) => string {
  const action = kit.raw('action') ?? 'format';
  const fromFormat = kit.param<string>('options.fromFormat', '');
  const fromZone = kit.param<string>('options.fromTimezone', '');
  const toZone = kit.param<string>('options.toTimezone', '');
  const format = kit.param<string>('toFormat', 'MM/DD/YYYY');
  const read = (value: Json, { scope, zone, index }: { scope: Scope; zone: string; index: number }) => {
    const written = String(fromFormat.at(scope) ?? '');
    const reading: Reading = { zone: zoneOf(fromZone.at(scope), zone), itemIndex: index };
    if (written !== '') reading.format = readingTokens(written);
    return readMoment(value, reading);
  };
  if (action === 'format') {
    return (value, how) => {
      const moment = read(value, how).setZone(zoneOf(toZone.at(how.scope), how.zone));
      return formatTokens(moment, String(format.at(how.scope)));
    };
  }
  if (action !== 'calculate') throw new NodeError('unknown-mode', `Date & Time cannot "${String(action)}".`);
  const operation = kit.param<string>('operation', 'add');
  const duration = kit.param<number>('duration', 0);
  const unit = kit.param<string>('timeUnit', 'days');
  return (value, how) => {
    const amount = amountOf(duration.at(how.scope));
    const step = { [unitOf(unit.at(how.scope))]: operation.at(how.scope) === 'subtract' ? -amount : amount };
    return isoOf(read(value, how).plus(step).toUTC());
  };
}
