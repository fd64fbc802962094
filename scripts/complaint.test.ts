import { describe, it } from 'vitest';
import { complaintOf, failedFiles } from './complaint.ts';

const passed = Array.from({ length: 400 }, (_, at) => ` \u001B[32m✓\u001B[39m passes ${at}`);

describe('what a failed suite complained about', () => {
  it('is the summary of vitest, without colours', ({ expect }) => {
    const failed = ['\u001B[31m⎯⎯⎯⎯\u001B[39m Failed Tests 1 ⎯⎯⎯⎯', ' FAIL  e2e > it opens', 'Error: 3 is not 4'];
    expect(complaintOf([...passed, ...failed, ''].join('\n'))).toBe(
      '⎯⎯⎯⎯ Failed Tests 1 ⎯⎯⎯⎯\n FAIL  e2e > it opens\nError: 3 is not 4',
    );
  });

  it('is the end of what anything else printed', ({ expect }) => {
    expect(
      complaintOf([...passed, 'Out of memory'].join('\n'))
        .split('\n')
        .slice(-2),
    ).toEqual([' ✓ passes 399', 'Out of memory']);
    expect(complaintOf(passed.join('\n')).split('\n').length).toBe(150);
    expect(complaintOf('')).toBe('');
  });
});

describe('the files in which tests failed', () => {
  it('are named once each, of the summary alone', ({ expect }) => {
    const told = [
      ' \u001B[31m❯\u001B[39m  e2e  test/e2e/shell.test.ts (3 tests | 2 failed)',
      '\u001B[41m FAIL \u001B[49m \u001B[35m e2e \u001B[39m test/e2e/shell.test.ts > palette > opens',
      ' FAIL   e2e  test/e2e/shell.test.ts > palette > closes',
      ' FAIL   e2e  test/e2e/runs/list.test.ts [ test/e2e/runs/list.test.ts ]',
    ];
    expect(failedFiles([...passed, ...told].join('\n'))).toEqual([
      'test/e2e/shell.test.ts',
      'test/e2e/runs/list.test.ts',
    ]);
    expect(failedFiles(passed.join('\n'))).toEqual([]);
    expect(failedFiles([...told, '⎯⎯⎯⎯ Unhandled Errors ⎯⎯⎯⎯'].join('\n'))).toEqual([]);
  });
});
