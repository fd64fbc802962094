import { describe, it } from 'vitest';
import { ExpressionError } from './error.ts';
import { compileTemplate } from './template.ts';
import { testScope } from './testing.ts';

const BUSY = '={{ (() => { let s = 0; for (let i = 0; i < 1000; i++) s += i; return s })() }}';

describe('the budget of a workflow step', () => {
  it('[EXP26] is shared by all evaluations for the step, failed ones included', ({ expect }) => {
    const busy = compileTemplate(BUSY);
    const budget = { fuel: 10_000 };
    const scope = { ...testScope(), budget };
    const outcomes = Array.from({ length: 20 }, () => {
      try {
        return busy.at(scope);
      } catch (error) {
        return error instanceof ExpressionError ? error.code : error;
      }
    });
    expect(outcomes[0]).toBe(499_500);
    expect(outcomes.at(-1)).toBe('limit');
    expect(budget.fuel).toBeLessThan(1);
  });

  it('[EXP26] takes what was spent, and nothing without one', ({ expect }) => {
    const budget = { fuel: 1_000_000 };
    compileTemplate(BUSY).at({ ...testScope(), budget });
    expect(budget.fuel).toBeLessThan(999_000);
    expect(compileTemplate(BUSY).at(testScope())).toBe(499_500);
  });
});
