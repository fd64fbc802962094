import fc from 'fast-check';
import { describe, it } from 'vitest';
import { entryText } from './chain.ts';
import type { AuditRecord } from './entry.ts';
import { LineReader } from './line.ts';

const text = fc.oneof(
  fc.string(),
  fc.constantFrom('plain', '\u2028', '"', '\\', '\u0000', '\ud800', 'é', '","seq":9,"x":"'),
);
const number = fc.oneof(fc.nat(), fc.double({ noNaN: true }), fc.constantFrom(-0, 1e21, 2 ** 53));
const hash = fc.constant('0'.repeat(64));
const record = fc.record(
  {
    seq: number,
    at: number,
    actor: fc.oneof(fc.record({ kind: text, id: text }), fc.record({ id: text, kind: text, more: number }), text),
    action: text,
    target: text,
    status: number,
    outcome: text,
    requestId: text,
    count: number,
    before: fc.oneof(text, fc.constant(null)),
    after: text,
    prev: hash,
    hash,
  },
  { requiredKeys: ['seq', 'prev', 'hash'] },
);
/** Members in any order: whoever makes a note decides it. */
const shuffled = record.chain((each) =>
  fc
    .shuffledSubarray(Object.keys(each), { minLength: Object.keys(each).length })
    .map((keys) => Object.fromEntries(keys.map((key) => [key, each[key as keyof typeof each]]))),
);

describe('[AUD3] a record cut out of its line', () => {
  it('is what parsing the line gives, or is left to that', ({ expect }) => {
    const reader = new LineReader();
    fc.assert(
      fc.property(shuffled, (given) => {
        const line = JSON.stringify(given);
        const parsed = JSON.parse(line) as AuditRecord;
        reader.learn(parsed);
        const { prev, hash: own, ...entry } = parsed;
        const cut = reader.read(line);
        if (cut) expect(cut).toEqual({ seq: parsed.seq, prev, hash: own, text: entryText(entry) });
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes what logs are made of, and nothing that says more than one thing', ({ expect }) => {
    const given = { seq: 7, at: 5, actor: { kind: 'key', id: 'k' }, action: 'a.b', status: 200, prev: 'p', hash: 'h' };
    const reader = new LineReader();
    reader.learn(given);
    const line = JSON.stringify(given);
    const canonical = '{"action":"a.b","actor":{"id":"k","kind":"key"},"at":5,"seq":7,"status":200}';
    expect(reader.read(line)).toEqual({ seq: 7, prev: 'p', hash: 'h', text: canonical });
    for (const other of [
      line.replace('"status":200', '"status":200,"status":403'),
      line.replace('"seq":7', '"seq":07'),
      line.replace('"seq":7', '"seq":7.0'),
      line.replace('"a.b"', '"a\\u002eb"'),
      line.replace('"at":5', '"at": 5'),
      `${line} `,
      `x${line}`,
    ]) {
      expect(reader.read(other), other).toBeUndefined();
    }
  });
});
