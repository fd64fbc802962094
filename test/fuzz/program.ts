import { Dice } from '../simulation/dice.ts';
import { hostileItems, hostileScope } from './data.ts';
import { Host, PLAIN_DATA } from './host.ts';
import { evaluate, faultOf } from './oracle.ts';
import { Plain } from './plain.ts';
import { shrink, textOf, type Tree } from './tree.ts';
import { spoiled, Wild } from './wild.ts';
import { testScope } from '../../core/expression/testing.ts';
import type { compileTemplate } from '../../core/expression/index.ts';

export interface Failure {
  seed: number;
  at: number;
  why: string;
  /** As generated, and the smallest that still fails. */
  text: string;
  small: string;
}

export interface Checked {
  kind: 'wild' | 'spoiled' | 'mixed' | 'plain';
  failure: Failure | undefined;
  /** How the language answered, for statistics. */
  answer: string;
}

type Compile = typeof compileTemplate;

const asSegment = (code: string): string => `={{ ${code.replaceAll('}}', '} }')} }}`;

/** Values only: a limit or a refusal is the language's right, wherever the host goes on. */
function difference(code: string, host: Host, compile?: Compile): string | undefined {
  const ours = evaluate(asSegment(code), testScope({ json: [PLAIN_DATA] }), compile);
  if (ours.fault) return ours.fault;
  if (ours.text.startsWith('! ')) return undefined;
  const theirs = host.evaluate(code);
  return ours.text === theirs ? undefined : `gave ${ours.text.slice(0, 200)}, JavaScript gives ${theirs.slice(0, 200)}`;
}

/** Program number `at` of a seed: the same whatever came before it, so that one number finds it again. */
export class Fuzzer {
  readonly #host = new Host();
  readonly #compile: Compile | undefined;
  constructor(compile?: Compile) {
    this.#compile = compile;
  }

  check(seed: number, at: number): Checked {
    const dice = new Dice(Math.imul(seed, 0x85ebca6b) ^ at);
    const roll = dice.below(10);
    if (roll < 3) return this.#plain(seed, at, dice);
    const tree = new Wild(dice).program();
    if (roll < 7) return this.#wild('wild', { seed, at }, dice, tree, asSegment);
    if (roll < 9) {
      const spoil = dice.seed();
      return this.#wild('spoiled', { seed, at }, dice, tree, (code) => asSegment(spoiled(code, new Dice(spoil))));
    }
    return this.#wild('mixed', { seed, at }, dice, tree, (code) => `=a ${asSegment(code).slice(1)}b{{ $json.a }}\\}}`);
  }

  #plain(seed: number, at: number, dice: Dice): Checked {
    const tree = new Plain(dice).program();
    const text = textOf(tree);
    const why = difference(text, this.#host, this.#compile);
    if (!why) return { kind: 'plain', failure: undefined, answer: 'value' };
    const small = textOf(shrink(tree, (code) => difference(code, this.#host, this.#compile) !== undefined));
    const best = difference(small, this.#host, this.#compile) ?? why;
    return { kind: 'plain', failure: { seed, at, why: best, text, small }, answer: 'fault' };
  }

  #wild(
    kind: Checked['kind'],
    where: { seed: number; at: number },
    dice: Dice,
    tree: Tree,
    wrap: (code: string) => string,
  ): Checked {
    const items = hostileItems(dice);
    const random = dice.seed();
    const scopeOf = (): ReturnType<typeof hostileScope> => hostileScope(items, random);
    const test = (code: string): string | undefined => faultOf(wrap(code), items, scopeOf, this.#compile);
    const code = textOf(tree);
    const why = test(code);
    if (why) {
      // A slow one is shrunk by its kind of fault too, but each try may take as long again: keep it as it is.
      const kindOfFault = why.slice(0, 12);
      const small = /CPU/.test(why)
        ? code
        : textOf(shrink(tree, (each) => test(each)?.startsWith(kindOfFault) === true));
      return {
        kind,
        failure: { ...where, why: test(small) ?? why, text: wrap(code), small: wrap(small) },
        answer: 'fault',
      };
    }
    return { kind, failure: undefined, answer: 'value' };
  }
}
