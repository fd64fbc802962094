import type { Dice } from '../simulation/dice.ts';
import { expression, statement, type Tree } from './tree.ts';
import { GLOBAL_NAMES, LOADED_NAMES, METHODS, ROOT_NAMES, STATICS } from './vocabulary.ts';

const NUMBERS = `0 1 -1 2 3 7 0.5 -0 1e3 1e9 1e21 -1e21 2**31 2**32 2**53 1e308 NaN Infinity -Infinity 0x1f 0b11`.split(
  ' ',
);
const STRINGS = [
  '""',
  '"a"',
  '"abc"',
  '" x "',
  '"1"',
  '"2024-02-30"',
  '"2024-05-05T10:00:00Z"',
  '"Europe/Berlin"',
  '"yyyy-MM-dd"',
  '"{\\"a\\":[1]}"',
  '"[1,2"',
  '"$&$1$<a>"',
  '"(a+)+$"',
  '"days"',
  '"month"',
  '"😀é\\u0000"',
  '"\\ud800"',
  '"{{7*7}}"',
  '"N"',
  '"nobody"',
  '"x".repeat(1000)',
];
const REGEXES = ['/a/', '/(a+)+$/g', '/(?<n>.)(.)?/u', '/[^]*/s', '/\\b/g', '/^|x/gi', '/(?:)/y', '/./gm'];
const BINARY = `+ - * / % ** == != === !== < <= > >= && || ?? in instanceof & | ^ << >> >>>`.split(' ');
const ASSIGN = `= += -= *= /= %= **= &&= ||= ??= |= <<=`.split(' ');
const VARIABLES = ['x', 'y', 'z', 'f', 'e'];

/** Random programs over the whole grammar the language accepts, and a little beyond. Mostly nonsense on purpose. */
export class Wild {
  readonly #dice: Dice;
  constructor(dice: Dice) {
    this.#dice = dice;
  }

  program(): Tree {
    const depth = this.#dice.between(1, 6);
    if (this.#dice.chance(0.85)) return this.expression(depth);
    return expression(this.#statement(depth), '; ', this.expression(depth));
  }

  key(): string {
    const { chance, pick } = this.#bound();
    return JSON.stringify(chance(0.6) ? pick(LOADED_NAMES) : pick(METHODS)).replaceAll('\\\\', '\\');
  }

  #bound(): { chance: (share: number) => boolean; pick: <T>(list: readonly T[]) => T } {
    const dice = this.#dice;
    return { chance: (share) => dice.chance(share), pick: (list) => dice.pick(list) };
  }

  #leaf(): Tree {
    const { pick } = this.#bound();
    switch (this.#dice.below(14)) {
      case 0:
      case 1:
        return expression(pick(NUMBERS));
      case 2:
      case 3:
        return expression(pick(STRINGS));
      case 4:
        return expression(pick(REGEXES));
      case 5:
      case 6:
        return expression(pick(VARIABLES));
      case 7:
        return expression(pick(GLOBAL_NAMES));
      case 8:
        return expression(pick(STATICS));
      case 9:
        return expression(pick(ROOT_NAMES));
      case 10:
        return expression(pick(['$json', '$json.list', '$json.deep', '$input', '$("N")', '$node.N', '$now', '$today']));
      case 11:
        return expression(
          pick(['null', 'undefined', 'true', 'false', 'this', '[]', '({})', 'new Date()', 'new Map()']),
        );
      case 12:
        return expression(this.key());
      default:
        return expression(`$json[${this.key()}]`);
    }
  }

  /** Always something that can stand anywhere: in parentheses where it is not a leaf. */
  expression(depth: number): Tree {
    if (depth <= 0) return this.#leaf();
    const { chance, pick } = this.#bound();
    const e = (): Tree => this.expression(depth - 1 - this.#dice.below(2));
    const variable = pick(VARIABLES);
    const key = this.key();
    switch (this.#dice.below(34)) {
      case 0:
      case 1:
        return this.#leaf();
      case 2:
        return expression('(', e(), `)${chance(0.2) ? '?.' : ''}[`, chance(0.5) ? key : e(), ']');
      case 3:
      case 4:
      case 5:
        return expression('(', e(), `).${pick(METHODS)}(`, e(), chance(0.5) ? ', ' : '', chance(0.5) ? e() : 'x', ')');
      case 6:
      case 7:
        return expression('(', e(), `).${pick(METHODS)}((x, y, z) => `, e(), chance(0.3) ? `, ${key}` : '', ')');
      case 8:
        return expression('(', e(), `).${pick(METHODS)}()`);
      case 9:
        return expression(pick(STATICS), '(', e(), ', ', e(), ')');
      case 10:
        return expression(pick(ROOT_NAMES), '(', e(), chance(0.5) ? ', ' : '', chance(0.5) ? '' : e(), ')');
      case 11:
      case 12:
      case 13:
        return expression('((', e(), `) ${pick(BINARY)} (`, e(), '))');
      case 14:
        return expression(`(${pick(['!', '-', '+', '~', 'typeof ', 'void '])}(`, e(), '))');
      case 15:
        return expression('((', e(), ') ? (', e(), ') : (', e(), '))');
      case 16:
        return expression('[', e(), ', ...', chance(0.5) ? '[' : '(', e(), chance(0.5) ? ']' : ')', ', ]');
      case 17:
        return expression(`({${key}: `, e(), ', [', e(), ']: ', e(), ', ...(', e(), ')})');
      case 18:
        return expression(`({${variable}() { return `, e(), `}, toString: () => `, e(), ', valueOf() { return 1 }})');
      case 19:
        return expression(
          `((${variable}) => { ${variable}[`,
          chance(0.6) ? key : e(),
          `] ${pick(ASSIGN)} `,
          e(),
          `; return ${variable} })(`,
          e(),
          ')',
        );
      case 20:
        return expression(`((${variable}) => { delete ${variable}[`, e(), `]; return ${variable} })(`, e(), ')');
      case 21:
        return expression('`a${', e(), '}-${', e(), '}`');
      case 22:
        return expression(`(({${key}: x = `, e(), ', [', e(), ']: z, ...y}) => [x, y, z])(', e(), ')');
      case 23:
        return expression('(([x, , y = ', e(), ', ...z]) => ({x, y, z}))(', e(), ')');
      case 24:
        return expression('new (', e(), ')(', e(), ')');
      case 25:
        return expression('(', e(), chance(0.2) ? ')?.(' : ')(', e(), ')');
      case 26:
        return expression(
          `(function ${variable}(x = `,
          e(),
          ', ...y) { ',
          this.#statement(depth - 1),
          ' return ',
          e(),
          ' })(',
          e(),
          ')',
        );
      case 27:
        return expression(
          '(() => { ',
          this.#statement(depth - 1),
          this.#statement(depth - 2),
          ' return ',
          e(),
          ' })()',
        );
      case 28:
        return expression('(', e(), ', ', e(), ')');
      case 29:
        return expression(`(${variable} ${pick(ASSIGN)} `, e(), ')');
      case 30:
        return expression('(', e(), ').call(', e(), ', ', e(), ')');
      case 31:
        return expression(`(${chance(0.5) ? '++' : '--'}x)`, '');
      case 32:
        return expression(
          'Array.from({length: ',
          pick(['3', '30', chance(0.05) ? '20000' : '7']),
          '}, (x, y) => ',
          e(),
          ')',
        );
      default:
        return expression('(', e(), `).${pick(METHODS)}(`, e(), ', ', e(), ', ', e(), ')');
    }
  }

  #statement(depth: number): Tree {
    const { chance, pick } = this.#bound();
    const e = (): Tree => this.expression(Math.max(0, depth - 1));
    const s = (): Tree => (depth <= 0 ? statement(e(), ';') : this.#statement(depth - 1));
    const variable = pick(VARIABLES);
    switch (this.#dice.below(14)) {
      case 0:
        return statement(`${pick(['let', 'const', 'var'])} ${variable} = `, e(), '; ');
      case 1:
        return statement(`var {${variable}, ...z} = `, e(), '; ');
      case 2:
        return statement('if (', e(), ') { ', s(), '} else { ', s(), '} ');
      case 3:
        return statement(
          'for (let x = 0; x < ',
          pick(['2', '3', '5', '5', '60', '1000'].slice(0, chance(0.1) ? 6 : 4)),
          '; x++) { ',
          s(),
          chance(0.3) ? 'continue; ' : '',
          '} ',
        );
      case 4:
        return statement(
          `for (${pick(['const', 'let', 'var'])} ${pick(['x', '{x, y}', '[x, y]'])} of `,
          e(),
          ') { ',
          s(),
          '} ',
        );
      case 5:
        return statement(`for (const ${variable} in `, e(), ') { ', s(), chance(0.3) ? 'break; ' : '', '} ');
      case 6:
        return statement('var n = 0; while (n++ < 20 && ', e(), ') { ', s(), '} ');
      case 7:
        return statement(
          'try { ',
          s(),
          'throw ',
          e(),
          ' } catch (x) { ',
          s(),
          `} ${chance(0.3) ? 'finally { x = 1 } ' : ''}`,
        );
      case 8:
        return statement('switch (', e(), ') { case ', e(), ': ', s(), 'break; default: ', s(), '} ');
      case 9:
        return statement(`function ${variable}(x, {y} = {}) { return `, e(), '} ');
      case 10:
        return statement(e(), '; ');
      case 11:
        return statement('do { ', s(), '} while (', pick(['false', 'x++ < 5', 'false']), ') ');
      case 12:
        // Rarely: an endless loop costs the whole allowance of one evaluation.
        return chance(0.02) ? statement('for (;;) { ', s(), '} ') : statement('{ ', s(), '} ');
      default:
        return statement('return ', e(), '; ');
    }
  }
}

const NOISE = [
  '{{',
  '}}',
  '\\',
  '`',
  '${',
  '"',
  "'",
  '/',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ';',
  ',',
  '.',
  '?.',
  '=>',
  '...',
  '\n',
  '\u2028',
  '\u0000',
  '<!--',
  '//',
  '/*',
  'async ',
  'await ',
  'yield ',
  'class ',
  'import ',
  'new.',
  'super',
  '#x',
  '@',
  'let ',
  '𝒙',
  '\u200b',
  '1n',
  '0',
  '__proto__',
];

/** The text with a few accidents: what people and attackers type. */
export function spoiled(text: string, dice: Dice): string {
  let out = text;
  for (let times = dice.between(1, 3); times > 0; times--) {
    const at = dice.below(out.length + 1);
    const to = Math.min(out.length, at + dice.between(1, 12));
    switch (dice.below(4)) {
      case 0:
        out = out.slice(0, at) + out.slice(to);
        break;
      case 1:
        out = out.slice(0, to) + out.slice(at);
        break;
      case 2:
        out = out.slice(0, at) + dice.pick(NOISE) + out.slice(at);
        break;
      default:
        out = out.slice(0, at) + dice.pick(NOISE).repeat(dice.between(1, 40)) + out.slice(to);
    }
  }
  return out;
}
