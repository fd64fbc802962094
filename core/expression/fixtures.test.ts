import path from 'node:path';
import { describe, it } from 'vitest';
import { absent, DATA, readCollection } from '../../test/conformance/collection.ts';
import { checkExpression } from '../../test/conformance/expression-cases.ts';
import { segmentsOf } from './segments.ts';

describe('n8n’s recorded expressions', () => {
  it('[EXP1] [EXP30] give what was recorded', ({ expect, skip }) => {
    skip(absent('expressions') !== undefined, absent('expressions'));
    const { expressions } = readCollection(path.join(DATA, 'expressions'));
    const wrong = expressions.flatMap((each) => {
      const why = checkExpression(each);
      return why === undefined ? [] : [`${each.id} ${each.expression}: ${why}`];
    });
    expect(wrong).toEqual([]);
    expect(expressions.length).toBeGreaterThan(250);
  });

  it('[EXP19] of all segments in real workflows at least 99.85 % compile', ({ expect, skip }) => {
    skip(absent('workflows') !== undefined, absent('workflows'));
    let total = 0;
    const bad: string[] = [];
    const walk = (value: unknown): void => {
      if (typeof value === 'string') {
        for (const { code, error } of segmentsOf(value)) {
          total++;
          if (error) bad.push(`${error.code}: ${code.slice(0, 80)}`);
        }
      } else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk);
    };
    for (const file of readCollection(path.join(DATA, 'workflows')).workflows) walk(file.read());
    expect(total).toBeGreaterThan(7_000);
    // What is left is prose between braces, which n8n refuses too.
    expect(bad.filter((why) => !why.startsWith('syntax'))).toEqual([]);
    expect(bad.length / total).toBeLessThan(0.0015);
  });

  it('[EXP1] says where a segment cannot be compiled', ({ expect }) => {
    expect(segmentsOf('plain {{ 1 + }}')).toEqual([]);
    expect(segmentsOf('=a {{ $json.b }} {{ 1 + }}')).toEqual([
      { code: ' $json.b ', position: 5 },
      {
        code: ' 1 + ',
        position: 19,
        error: { code: 'syntax', message: 'Syntax error: Unexpected token', position: 24 },
      },
    ]);
  });
});
