import { describe, it } from 'vitest';
import { type TraceEvent, typedKeys } from './typed-keys.ts';

const span = (name: string, fromMs: number, toMs: number, type?: string): TraceEvent => ({
  name,
  ph: 'X',
  pid: 1,
  tid: 1,
  ts: fromMs * 1_000,
  dur: (toMs - fromMs) * 1_000,
  ...(type === undefined ? {} : { args: { data: { type } } }),
});

describe('keys in a trace', () => {
  it('cost what the page does until their frame, and after it until the next', ({ expect }) => {
    const events = [
      span('RunTask', 0, 8),
      span('EventDispatch', 2, 3, 'keydown'),
      span('RunTask', 12, 16),
      span('Commit', 14, 15),
      span('RunTask', 20, 25),
      span('RunTask', 58, 62),
      span('EventDispatch', 60, 61, 'keydown'),
      { ...span('RunTask', 0, 60), tid: 2 },
    ];
    expect(typedKeys(events)).toEqual([{ workMs: 9, shownMs: 13, wholeMs: 17 }]);
  });

  it('are no measure without a frame', ({ expect }) => {
    const events = [span('EventDispatch', 2, 3, 'keydown'), span('EventDispatch', 60, 61, 'keydown')];
    expect(() => typedKeys(events)).toThrow('frame');
    expect(() => typedKeys([])).toThrow('no keys');
  });
});
