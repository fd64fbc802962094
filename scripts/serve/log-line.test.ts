import { describe, it } from 'vitest';
import { readable } from './log-line.ts';

describe('readable', () => {
  it('keeps what the Worker said and drops native addresses', ({ expect }) => {
    const line = JSON.stringify({
      level: 'error',
      message: 'e = connect() blocked\nstack: /x/workerd@1 /x/workerd@2; sentryErrorContext = jsg; wdErrId = ab1',
    });
    expect(readable(line)).toBe('error: e = connect() blocked (reference ab1)');
  });

  it('passes plain lines and foreign JSON through', ({ expect }) => {
    expect(readable('hello')).toBe('hello');
    expect(readable('{"a":1}')).toBe('{"a":1}');
    expect(readable('{not json')).toBe('{not json');
  });
});
