import { describe, it } from 'vitest';
import { readEntry } from './entry.ts';

describe('[EGR18] entries of egress lists', () => {
  it('are kept in one spelling', ({ expect }) => {
    for (const [given, kept] of [
      ['*', '*'],
      [' API.Example.com. ', 'api.example.com'],
      ['*.example.com', '*.example.com'],
      ['example.com:8443', 'example.com:8443'],
      ['bücher.example', 'xn--bcher-kva.example'],
      ['0x7f.1', '127.0.0.1'],
      ['2130706433', '127.0.0.1'],
      ['10.0.0.0/8', '10.0.0.0/8'],
      ['fd00::/8', 'fd00::/8'],
      ['FD00:0::1', 'fd00::1'],
      ['[::1]:25', '[::1]:25'],
      ['localhost', 'localhost'],
    ]) {
      expect(readEntry(given ?? ''), given).toBe(kept);
    }
  });

  it('are refused when they are none', ({ expect }) => {
    const bad = [
      '',
      ' ',
      'http://a.com',
      'a.com/x',
      'user@a.com',
      'a b',
      '*.',
      'a.*.com',
      '**',
      '10.0.0.0/33',
      '10.0.0.0/8/8',
      'fd00::/129',
      'a.com/8',
      'a.com:0',
      'a.com:70000',
      'a.com:',
      ':80',
      '*.[::1]',
      '[::g]',
      'x'.repeat(300),
      '%00',
      'a?b',
      'a#b',
    ];
    for (const text of bad) expect(readEntry(text), text).toBeUndefined();
  });
});
