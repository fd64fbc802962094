import { javascriptLanguage } from '@codemirror/lang-javascript';
import { describe, it } from 'vitest';
import { typeAt, type World } from '../../../web/editor/expression/javascript/infer.ts';
import { NUMBER, type Type } from '../../../web/editor/expression/javascript/type.ts';

describe('completion in a program whose names lead to one another', () => {
  it('looks at so many places and no more: each sum of two doubled them, and the page stood still', ({ expect }) => {
    const sums = Array.from({ length: 18 }, (_, index) => `const a${index + 1} = a${index} + a${index};`);
    const text = ["const a0 = $('N');", ...sums, 'a18'].join('\n');
    let asked = 0;
    const node = (): Type => {
      asked++;
      return NUMBER;
    };
    const world: World = { text, context: new Map(), self: NUMBER, node, fuel: 5_000 };
    expect(typeAt(javascriptLanguage.parser.parse(text).resolveInner(text.length, -1), world).kind).toBe('data');
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThan(5_000);
  });
});
