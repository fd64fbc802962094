import type { Dice } from '../simulation/dice.ts';
import { BOOLEAN_LEAVES, FIELDS, NUMBER_LEAVES, OBJECT_LEAVES, PATTERNS, STRING_LEAVES } from './plain-words.ts';
import { expression, statement, type Tree } from './tree.ts';

type Kind = 'number' | 'string' | 'boolean' | 'numbers' | 'strings' | 'object';
const KINDS: readonly Kind[] = ['number', 'string', 'boolean', 'numbers', 'strings', 'object'];

/** Where a name may be used, with what it holds. */
type Names = readonly { name: string; kind: Kind }[];

/**
 * Programs of the part of the language that must do exactly what JavaScript does: no dates, no errors worth telling
 * apart, no n8n functions, no holes in lists, no regular expressions beyond what every engine agrees on.
 */
export class Plain {
  readonly #dice: Dice;
  #count = 0;
  constructor(dice: Dice) {
    this.#dice = dice;
  }

  program(): Tree {
    const depth = this.#dice.between(1, 5);
    if (this.#dice.chance(0.6)) return this.#any(depth, []);
    return expression('(() => { ', ...this.#body(depth, []), ' })()');
  }

  #pick<T>(list: readonly T[]): T {
    return this.#dice.pick(list);
  }

  #fresh(): string {
    return `v${this.#count++}`;
  }

  #any(depth: number, names: Names): Tree {
    return this.#of(this.#pick(KINDS), depth, names);
  }

  #variable(kind: Kind, names: Names): string | undefined {
    const fitting = names.filter((each) => each.kind === kind);
    return fitting.length > 0 && this.#dice.chance(0.5) ? this.#pick(fitting).name : undefined;
  }

  #of(kind: Kind, depth: number, names: Names): Tree {
    const known = this.#variable(kind, names);
    if (known) return expression(known);
    if (depth > 0 && this.#dice.chance(0.12)) {
      const [test, yes, no] = [
        this.#of('boolean', depth - 1, names),
        this.#of(kind, depth - 1, names),
        this.#of(kind, depth - 1, names),
      ];
      return expression('(', test, ' ? ', yes, ' : ', no, ')');
    }
    switch (kind) {
      case 'number':
        return this.#number(depth, names);
      case 'string':
        return this.#string(depth, names);
      case 'boolean':
        return this.#boolean(depth, names);
      case 'numbers':
        return this.#numbers(depth, names);
      case 'strings':
        return this.#strings(depth, names);
      default:
        return this.#object(depth, names);
    }
  }

  /** `(p, i) => …` over elements of a kind. */
  #callback(element: Kind, result: Kind, depth: number, names: Names): Tree {
    const [p, i] = [this.#fresh(), this.#fresh()];
    const inner: Names = [...names, { name: p, kind: element }, { name: i, kind: 'number' }];
    const body = this.#of(result, depth - 1, inner);
    if (this.#dice.chance(0.2)) return expression(`function (${p}, ${i}) { return `, body, ' }');
    return expression(`(${p}, ${i}) => (`, body, ')');
  }

  #number(depth: number, names: Names): Tree {
    if (depth <= 0) return expression(this.#pick(NUMBER_LEAVES));
    const [n, s, list] = [
      (): Tree => this.#of('number', depth - 1, names),
      (): Tree => this.#of('string', depth - 1, names),
      (): Tree => this.#of('numbers', depth - 1, names),
    ];
    switch (this.#dice.below(18)) {
      case 0:
      case 1:
        return expression('(', n(), ` ${this.#pick('+ - * / % & | ^ << >> >>>'.split(' '))} `, n(), ')');
      case 2:
        return expression(
          `Math.${this.#pick(['abs', 'floor', 'ceil', 'trunc', 'sign', 'max', 'min', 'round', 'hypot', 'fround', 'imul', 'clz32', 'sqrt'])}(`,
          n(),
          ', ',
          n(),
          ')',
        );
      case 3:
        return expression('(', s(), ').length');
      case 4:
        return expression('(', list(), ').length');
      case 5:
        return expression('(', s(), `).${this.#pick(['indexOf', 'lastIndexOf', 'search'])}(`, s(), ')');
      case 6:
        return expression('(', s(), `).${this.#pick(['charCodeAt', 'codePointAt'])}(`, n(), ')');
      case 7:
        return expression('(', list(), ').reduce((total, each) => total + each, ', n(), ')');
      case 8:
        return expression('(', list(), `).${this.#pick(['indexOf', 'lastIndexOf'])}(`, n(), ')');
      case 9:
        return expression(
          '(',
          list(),
          `).${this.#pick(['find', 'findIndex', 'findLast', 'findLastIndex'])}(`,
          this.#callback('number', 'boolean', depth, names),
          ')',
        );
      case 10:
        return expression('parseInt(', s(), ', ', this.#pick(['10', '16', '2', '36']), ')');
      case 11:
        return expression(`${this.#pick(['Number', 'parseFloat', '+', '-', '~'])}(`, this.#any(depth - 1, names), ')');
      case 12:
        return expression('(', list(), `)${this.#pick(['.at', '?.at'])}(`, n(), ')');
      case 13:
        return expression('(', list(), ')[', n(), ']');
      case 14:
        return expression(this.#pick(NUMBER_LEAVES));
      case 15: {
        const v = this.#fresh();
        return expression(
          `((${v}) => { let sum = 0; for (const x of ${v}) { if (`,
          this.#of('boolean', depth - 1, names),
          ') continue; sum += x; } return sum })(',
          list(),
          ')',
        );
      }
      case 16: {
        const v = this.#fresh();
        return expression(
          `((${v}) => (${v}.${this.#pick(['push', 'unshift'])}(`,
          n(),
          `), ${v}.${this.#pick(['length', 'pop()', 'shift()', 'join("-")'])}))([...`,
          list(),
          '])',
        );
      }
      default:
        return expression('(', s(), ').localeCompare(', s(), ')');
    }
  }

  #string(depth: number, names: Names): Tree {
    if (depth <= 0) return expression(this.#pick(STRING_LEAVES));
    const [n, s] = [(): Tree => this.#of('number', depth - 1, names), (): Tree => this.#of('string', depth - 1, names)];
    switch (this.#dice.below(20)) {
      case 0:
        return expression('(', s(), ' + ', this.#any(depth - 1, names), ')');
      case 1:
        return expression('`<${', this.#any(depth - 1, names), '}|${', s(), '}>`');
      case 2:
        return expression('(', s(), `).${this.#pick(['slice', 'substring', 'substr'])}(`, n(), ', ', n(), ')');
      case 3:
        return expression(
          '(',
          s(),
          `).${this.#pick(['toUpperCase', 'toLowerCase', 'trim', 'trimStart', 'trimEnd', 'toString', 'valueOf'])}()`,
        );
      case 4:
        return expression(
          '(',
          s(),
          `).${this.#pick(['padStart', 'padEnd'])}(`,
          this.#pick(['0', '3', '12', '-1']),
          ', ',
          s(),
          ')',
        );
      case 5:
        return expression('(', s(), ').repeat(', this.#pick(['0', '1', '2', '3']), ')');
      case 6:
        return expression('(', s(), `).${this.#pick(['replace', 'replaceAll'])}(`, s(), ', ', s(), ')');
      case 7:
        return expression('(', s(), `).replace(${this.#pick(PATTERNS)}, `, s(), ')');
      case 8: {
        const m = this.#fresh();
        return expression(
          '(',
          s(),
          `).replace(${this.#pick(PATTERNS)}, (${m}) => `,
          this.#of('string', depth - 1, [...names, { name: m, kind: 'string' }]),
          ')',
        );
      }
      case 9:
        return expression(
          '(',
          this.#of(this.#pick(['numbers', 'strings'] as const), depth - 1, names),
          ').join(',
          s(),
          ')',
        );
      case 10:
        return expression('(', s(), `).${this.#pick(['charAt', 'at'])}(`, n(), ')');
      case 11:
        return expression('String(', this.#any(depth - 1, names), ')');
      case 12:
        return expression(
          'JSON.stringify(',
          this.#any(depth - 1, names),
          this.#pick([')', ', null, 2)', ', ["a", "n"])']),
        );
      case 13:
        return expression(
          '(',
          n(),
          `).${this.#pick(['toString(16)', 'toString()', 'toString(2)', 'toFixed(2)', 'toPrecision(3)', 'toExponential(1)'])}`,
        );
      case 14:
        return expression('typeof ', this.#any(depth - 1, names));
      case 15:
        return expression('String.fromCharCode(', n(), ', ', n(), ')');
      case 16:
        return expression('(', s(), ').concat(', n(), ', ', s(), ')');
      case 17:
        return expression(
          `${this.#pick(['encodeURIComponent', 'encodeURI', 'decodeURIComponent', 'btoa'])}(`,
          s(),
          ')',
        );
      case 18:
        return expression('(', this.#object(depth - 1, names), `)[${JSON.stringify(this.#pick(FIELDS))}]`);
      default:
        return expression(this.#pick(STRING_LEAVES));
    }
  }

  #boolean(depth: number, names: Names): Tree {
    if (depth <= 0) return expression(this.#pick(BOOLEAN_LEAVES));
    const any = (): Tree => this.#any(depth - 1, names);
    const s = (): Tree => this.#of('string', depth - 1, names);
    switch (this.#dice.below(12)) {
      case 0:
      case 1:
        return expression('(', any(), ` ${this.#pick('== != === !== < <= > >='.split(' '))} `, any(), ')');
      case 2:
        return expression('!(', any(), ')');
      case 3:
        return expression('Boolean(', any(), ' ', this.#pick(['&&', '||']), ' ', any(), ')');
      case 4:
        return expression('(', s(), `).${this.#pick(['includes', 'startsWith', 'endsWith'])}(`, s(), ')');
      case 5:
        return expression(
          '(',
          this.#of('numbers', depth - 1, names),
          `).${this.#pick(['some', 'every'])}(`,
          this.#callback('number', 'boolean', depth, names),
          ')',
        );
      case 6:
        return expression(
          `${this.#pick(['Array.isArray', 'Number.isInteger', 'isNaN', 'Number.isFinite', 'Number.isNaN'])}(`,
          any(),
          ')',
        );
      case 7:
        return expression(`${this.#pick(PATTERNS)}.test(`, s(), ')');
      case 8:
        return expression(`(${JSON.stringify(this.#pick(FIELDS))} in `, this.#object(depth - 1, names), ')');
      case 9:
        return expression('Object.is(', any(), ', ', any(), ')');
      case 10:
        return expression('(', this.#of('strings', depth - 1, names), ').includes(', s(), ')');
      default:
        return expression(this.#pick(BOOLEAN_LEAVES));
    }
  }

  #numbers(depth: number, names: Names): Tree {
    if (depth <= 0) return expression(this.#pick(['[]', '[1, 2, 3]', '[3, 1, 2, 10]', '$json.list', '[0, -1]']));
    const [n, list] = [
      (): Tree => this.#of('number', depth - 1, names),
      (): Tree => this.#of('numbers', depth - 1, names),
    ];
    switch (this.#dice.below(14)) {
      case 0:
        return expression('[', n(), ', ', n(), ', ...', list(), ']');
      case 1:
        return expression('(', list(), ').map(', this.#callback('number', 'number', depth, names), ')');
      case 2:
        return expression('(', list(), ').filter(', this.#callback('number', 'boolean', depth, names), ')');
      case 3:
        return expression('(', list(), `).${this.#pick(['slice'])}(`, n(), ', ', n(), ')');
      case 4:
        return expression(
          '[...',
          list(),
          `].${this.#pick(['reverse()', 'sort()', 'sort((a, b) => a - b)', 'sort((a, b) => b - a)', 'fill(7, 1)', 'flat()'])}`,
        );
      case 5:
        return expression('(', list(), ').concat(', list(), ', ', n(), ')');
      case 6:
        return expression('(', list(), ').flatMap(', this.#callback('number', 'numbers', depth, names), ')');
      case 7:
        return expression('Array.from({ length: ', this.#pick(['0', '2', '4']), ' }, (_, i) => i * 2)');
      case 8:
        return expression('Object.values(', this.#object(depth - 1, names), ')');
      case 9:
        return expression('[...new Set(', list(), ')]');
      case 10: {
        const v = this.#fresh();
        return expression(
          `((${v}) => { ${v}.splice(`,
          n(),
          ', ',
          n(),
          ', ',
          n(),
          `); return ${v} })([...`,
          list(),
          '])',
        );
      }
      case 11: {
        const [a, rest] = [this.#fresh(), this.#fresh()];
        return expression(`(([${a} = 5, ...${rest}]) => [...${rest}, ${a}])(`, list(), ')');
      }
      default:
        return expression(
          '(',
          this.#of('strings', depth - 1, names),
          ').map(',
          this.#callback('string', 'number', depth, names),
          ')',
        );
    }
  }

  #strings(depth: number, names: Names): Tree {
    if (depth <= 0) return expression(this.#pick(['[]', '["a", "b"]', '["x", "A", "z"]', '$json.words']));
    const [s, list] = [
      (): Tree => this.#of('string', depth - 1, names),
      (): Tree => this.#of('strings', depth - 1, names),
    ];
    switch (this.#dice.below(10)) {
      case 0:
        return expression('[', s(), ', ', s(), ']');
      case 1:
        return expression('(', s(), ').split(', this.#pick(['""', '","', '"-"', '/[,-]/', '/(X)/', '"a", 2']), ')');
      case 2:
        return expression('Object.keys(', this.#object(depth - 1, names), ')');
      case 3:
        return expression('(', list(), ').map(', this.#callback('string', 'string', depth, names), ')');
      case 4:
        return expression('(', list(), ').filter(', this.#callback('string', 'boolean', depth, names), ')');
      case 5:
        return expression('[...', list(), `].${this.#pick(['sort()', 'reverse()', 'flat()'])}`);
      case 6:
        return expression('((', s(), `).match(${this.#pick(PATTERNS.filter((each) => each.includes('/g')))}) ?? [])`);
      case 7:
        return expression('[...', s(), ']');
      case 8:
        return expression('Object.entries(', this.#object(depth - 1, names), ').map(([k, v]) => `${k}=${v}`)');
      default:
        return expression(
          '(',
          this.#of('numbers', depth - 1, names),
          ').map(',
          this.#callback('number', 'string', depth, names),
          ')',
        );
    }
  }

  #object(depth: number, names: Names): Tree {
    if (depth <= 0) return expression(this.#pick(OBJECT_LEAVES));
    const any = (): Tree => this.#any(depth - 1, names);
    const object = (): Tree => this.#of('object', depth - 1, names);
    switch (this.#dice.below(8)) {
      case 0:
        return expression(
          `({ ${JSON.stringify(this.#pick(FIELDS))}: `,
          any(),
          ', [',
          this.#of('string', depth - 1, names),
          ']: ',
          any(),
          ' })',
        );
      case 1:
        return expression('({ ...', object(), ', a: ', any(), ' })');
      case 2:
        return expression('Object.fromEntries([["a", ', any(), '], ["b", ', any(), ']])');
      case 3:
        return expression('Object.assign({}, ', object(), ', ', object(), ')');
      case 4:
        return expression('JSON.parse(JSON.stringify(', object(), '))');
      case 5: {
        const v = this.#fresh();
        return expression(
          `((${v}) => { ${v}.a = `,
          any(),
          `; delete ${v}.b; ${v}.n ??= 1; return ${v} })({ ...`,
          object(),
          ' })',
        );
      }
      case 6: {
        const [a, rest] = [this.#fresh(), this.#fresh()];
        return expression(`(({ a: ${a} = 1, ...${rest} }) => ({ ...${rest}, old: ${a} }))(`, object(), ')');
      }
      default:
        return expression(
          '(',
          this.#of('numbers', depth - 1, names),
          ').reduce((made, each) => ({ ...made, [each]: each }), {})',
        );
    }
  }

  #body(depth: number, names: Names): Tree[] {
    const steps: Tree[] = [];
    let known = names;
    for (let left = this.#dice.between(1, 3); left > 0; left--) {
      const kind = this.#pick(KINDS);
      const name = this.#fresh();
      steps.push(
        statement(`${this.#pick(['let', 'const', 'var'])} ${name} = `, this.#of(kind, depth - 1, known), '; '),
      );
      known = [...known, { name, kind }];
      if (this.#dice.chance(0.4)) steps.push(this.#control(depth - 1, known));
    }
    steps.push(statement('return [', known.map(({ name }) => name).join(', '), ']; '));
    return steps;
  }

  #control(depth: number, names: Names): Tree {
    const test = this.#of('boolean', depth, names);
    const result = (): Tree => this.#any(depth, names);
    switch (this.#dice.below(5)) {
      case 0:
        return statement('if (', test, ') { return ', result(), '; } ');
      case 1:
        return statement('for (let i = 0; i < 5; i++) { if (', test, ') break; if (i > 2) return ', result(), '; } ');
      case 2:
        return statement(
          'try { if (',
          test,
          ') throw new Error("x"); return ',
          result(),
          '; } catch (error) { if (error.message !== "x") return "other"; } ',
        );
      case 3:
        return statement(
          'switch (',
          this.#of('number', depth, names),
          ') { case 1: return ',
          result(),
          '; case 2: case 3: break; default: } ',
        );
      default: {
        const f = this.#fresh();
        return statement(
          `const ${f} = (a, b = 2) => [a, b, `,
          result(),
          `]; if (`,
          test,
          `) return ${f}(1, undefined); `,
        );
      }
    }
  }
}
