import type { Item } from '../../data/item.ts';
import type { Scope } from '../../expression/scope.ts';
import { fieldReader } from '../../data/path.ts';
import { type CompileKit, NodeError } from '../../node/kit.ts';
import { fieldList, objectsOf } from '../field-list.ts';
import { pick } from './append.ts';
import { type Combine, type Part, compileClash, suffixed } from './clash.ts';
import type { Join } from './join.ts';
import { type Matches, matchItems } from './matching.ts';

type JoinMode = 'keepMatches' | 'keepNonMatches' | 'keepEverything' | 'enrichInput1' | 'enrichInput2';

/** Joins two inputs where fields are equal, like SQL joins. */
export function combineByFields(kit: CompileKit): Join {
  const mode = String(kit.raw('joinMode') ?? 'keepMatches') as JoinMode;
  const from = String(kit.raw('outputDataFrom') ?? 'both');
  const combine = compileClash(kit, mode === 'enrichInput2' ? 0 : undefined);
  const withSuffix = kit.raw('options.clashHandling.values.resolveClash') === 'addSuffix';
  const fieldsOf = compileFields(kit);
  const dotted = kit.raw('options.disableDotNotation') !== true;
  const firstOnly = kit.raw('options.multipleMatches') === 'first';
  const isFuzzy = kit.raw('options.fuzzyCompare') === true;
  const needsFields = kit.node.version < 2.1;
  return ([first = [], second = []], scope) => {
    const fields = fieldsOf(scope);
    if (needsFields) {
      requireFields(
        first,
        fields.map((field) => field.first),
        { dotted, input: 1 },
      );
      requireFields(
        second,
        fields.map((field) => field.second),
        { dotted, input: 2 },
      );
    }
    const matches = matchItems(first, second, { fields, dotted, firstOnly, fuzzy: isFuzzy });
    return output(matches, { mode, from, combine, withSuffix });
  };
}

function output(
  { pairs, alone1, alone2 }: Matches,
  how: { mode: JoinMode; from: string; combine: Combine; withSuffix: boolean },
): Item[] {
  const joined = (): Item[] =>
    pairs.flatMap(({ part, partners }) => partners.map((partner) => how.combine([part, partner])));
  const asIs = (parts: readonly Part[]): Item[] => parts.map((part) => lone(part, how.withSuffix));
  switch (how.mode) {
    case 'keepMatches':
      if (how.from === 'input1') return pairs.map(({ part }) => pick(part.item, part.index, 0));
      if (how.from === 'input2') return distinct(pairs.flatMap(({ partners }) => partners));
      return joined();
    case 'keepNonMatches':
      if (how.from === 'input1') return alone1.map((part) => pick(part.item, part.index, 0));
      if (how.from === 'input2') return alone2.map((part) => pick(part.item, part.index, 1));
      return [...alone1.map(sourced), ...alone2.map(sourced)];
    case 'keepEverything':
      return [...joined(), ...asIs(alone1), ...asIs(alone2)];
    case 'enrichInput1':
      return [...joined(), ...asIs(alone1)];
    case 'enrichInput2':
      return [...joined(), ...asIs(alone2)];
    default:
      throw new NodeError('unknown-mode', `Merge has no output type "${String(how.mode)}".`);
  }
}

const distinct = (parts: readonly Part[]): Item[] =>
  [...new Set(parts)].toSorted((a, b) => a.index - b.index).map((part) => pick(part.item, part.index, part.input));

/** An item without a partner; where names get suffixes, its own do too, so that rows stay alike. */
function lone(part: Part, withSuffix: boolean): Item {
  const item = pick(part.item, part.index, part.input);
  return withSuffix ? { ...item, json: suffixed([part]) } : item;
}

const sourced = (part: Part): Item => {
  const item = pick(part.item, part.index, part.input);
  return { ...item, json: { ...item.json, _source: `input${part.input + 1}` } };
};

function compileFields(kit: CompileKit): (scope: Scope) => { first: string; second: string }[] {
  const isSimple = kit.node.version >= 3 && kit.raw('advanced') !== true;
  if (isSimple) {
    const names = kit.param('fieldsToMatchString', '');
    return (scope) => requireSome(fieldList(names.at(scope)).map((name) => ({ first: name, second: name })));
  }
  const pairs = objectsOf(kit.raw('mergeByFields.values')).map((entry) => ({
    first: kit.value<string>(entry.field1 ?? ''),
    second: kit.value<string>(entry.field2 ?? ''),
  }));
  return (scope) =>
    requireSome(
      pairs.map(({ first, second }) => ({ first: String(first.at(scope)), second: String(second.at(scope)) })),
    );
}

function requireSome<T>(fields: T[]): T[] {
  if (fields.length > 0) return fields;
  throw new NodeError('no-fields', 'Name at least one field to match the items by.');
}

/** The oldest version refused fields nobody has, which is how typing errors were found. */
function requireFields(
  items: readonly Item[],
  names: readonly string[],
  how: { dotted: boolean; input: number },
): void {
  for (const name of names) {
    const read = fieldReader(name, how.dotted);
    if (!items.some(({ json }) => read(json) !== undefined)) {
      throw new NodeError('no-such-field', `No item of input ${how.input} has the field '${name}'.`);
    }
  }
}
