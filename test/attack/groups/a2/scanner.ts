import { analyze, compileTemplate } from '../../../../core/expression/index.ts';
import { testScope } from '../../../../core/expression/testing.ts';
import { Dice } from '../../../simulation/dice.ts';

const NAMES = ['A', 'B node', "C's", '__proto__', 'constructor', 'D"', 'Ünï', '{{x}}', '$json', 'E\\'];
const quoted = (name: string, dice: Dice): string =>
  dice.chance(0.5)
    ? JSON.stringify(name)
    : `'${JSON.stringify(name).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;

const reference = (dice: Dice): string => {
  const name = dice.pick(NAMES);
  switch (dice.below(8)) {
    case 0:
      return `$(${quoted(name, dice)}).first().json`;
    case 1:
      return `$(${quoted(name, dice)})?.all()`;
    case 2:
      return `$node[${quoted(name, dice)}].json`;
    case 3:
      return '$node.A.json';
    case 4:
      return `$items(${quoted(name, dice)})`;
    case 5:
      return `$vars[${quoted(name, dice)}]`;
    case 6:
      return `$vars.${dice.pick(['A', 'secret', 'constructor'])}`;
    default:
      return `$vars?.${dice.pick(['A', 'secret'])}?.x`;
  }
};

function program(dice: Dice, depth: number): string {
  if (depth <= 0) return dice.chance(0.8) ? reference(dice) : dice.pick(['1', '"}"', '/[}]/', '`{`', '[]']);
  const inner = (): string => program(dice, depth - 1);
  switch (dice.below(9)) {
    case 0:
      return `(() => { try { return ${inner()} } catch (e) { return ${inner()} } })()`;
    case 1:
      return `[${inner()}, ...[${inner()}]]`;
    case 2:
      return '`a${' + inner() + '}b`';
    case 3:
      return `({ "k": ${inner()} , ...{} })`;
    case 4:
      return `((x = ${inner()}) => x)()`;
    case 5:
      return `(true ? ${inner()} : ${inner()})`;
    case 6:
      return `(/* " */ ${inner()}\n)`;
    case 7:
      return `(() => { const { x } = { x: ${inner()} }; return x })()`;
    default:
      return `[1].map(() => ${inner()})`;
  }
}

/** A reference that a run made and the scanner did not see, or undefined. Computed names are no part of its promise. */
function unseen(text: string): string | undefined {
  const found = analyze(text);
  const nodes = new Set<string>();
  const vars = new Set<string>();
  const scope = testScope({ json: [{}] });
  const watch =
    <T>(value: T) =>
    (name: string): T => {
      nodes.add(name);
      return value;
    };
  const run = { ...scope.run, has: watch(true), runs: watch([{ runIndex: 0, outputs: [[{ json: {} }]] }]) };
  const known = Object.fromEntries([...NAMES, 'secret'].map((name) => [name, name]));
  const watched = new Proxy(known, {
    getOwnPropertyDescriptor(target, name) {
      vars.add(String(name));
      return Reflect.getOwnPropertyDescriptor(target, name);
    },
  });
  try {
    compileTemplate(text).at({ ...scope, run, vars: watched });
  } catch {
    // Refused or nonsense: what it read until then counts.
  }
  const missed = [
    ...[...nodes].filter((name) => !found.nodes.includes(name)),
    ...[...vars].filter((name) => !found.vars.includes(name)).map((name) => `$vars.${name}`),
  ];
  return missed.length > 0 ? `${missed.join()} in ${text}` : undefined;
}

/** `count` random expressions; the first disagreements. */
export function disagreements(seed: number, count: number): string[] {
  const dice = new Dice(seed);
  const found: string[] = [];
  for (let left = count; left > 0 && found.length < 3; left--) {
    const code = program(dice, dice.between(0, 4)).replaceAll('}}', '} }');
    const missed = unseen(dice.chance(0.3) ? `=x {{ ${code} }} y {{ ${reference(dice)} }}` : `={{ ${code} }}`);
    if (missed !== undefined) found.push(missed);
  }
  return found;
}

/** A computed name, which the scanner cannot see: when this is not noticed, nothing is. */
export const notices = (): boolean => unseen('={{ $("a".toUpperCase()).first() }}') !== undefined;
