import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { canonical } from '../data/canonical.ts';
import type { Json } from '../data/item.ts';
import { ChainCheck, entryText, type Head, link, START } from './chain.ts';
import type { AuditEntry, AuditNote, AuditRecord } from './entry.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const note = (n: number): AuditNote => ({
  at: 1_000 + n,
  actor: { kind: 'key', id: `key_${n % 3}` },
  action: 'workflows.publish',
  target: `wf_${n}`,
  status: 200,
  outcome: 'done',
  requestId: `req_${n}`,
});

function chain(count: number): AuditRecord[] {
  const records: AuditRecord[] = [];
  let head: Head = START;
  for (let n = 0; n < count; n++) {
    const record = link(head, note(n), sha256);
    records.push(record);
    head = record;
  }
  return records;
}

function check(records: readonly AuditRecord[], anchor?: Head) {
  const checker = new ChainCheck(sha256, anchor);
  for (const record of records) {
    const broken = checker.add(record);
    if (broken) return broken;
  }
  return checker.head;
}

describe('the text that is hashed', () => {
  it('[AUD3] is the canonical JSON, whatever an entry holds', ({ expect }) => {
    const text = fc.oneof(fc.string(), fc.constantFrom('\u2028', '"', '\\', '\ud800', '__proto__'));
    const entry = fc.record(
      {
        seq: fc.oneof(fc.nat(), fc.double()),
        at: fc.oneof(fc.nat(), fc.constant(-0)),
        actor: fc.oneof(fc.record({ kind: text, id: text }), fc.record({ kind: text, id: text, more: text }), text),
        action: text,
        target: fc.oneof(text, fc.nat(), fc.constant(undefined)),
        status: fc.nat(),
        outcome: text,
        requestId: text,
        before: text,
        after: fc.oneof(text, fc.constant(null)),
        more: fc.jsonValue(),
      },
      { requiredKeys: ['seq', 'at', 'actor', 'action', 'status', 'outcome', 'requestId'] },
    );
    fc.assert(
      fc.property(entry, (value) => {
        expect(entryText(value as unknown as AuditEntry)).toBe(canonical(value as unknown as Json));
      }),
      { seed: 3, numRuns: 2_000 },
    );
  });
});

describe('audit chain', () => {
  it('[AUD3] holds as it was written, and read back from text', ({ expect }) => {
    const records = chain(50);
    const last = records.at(-1);
    expect(check(JSON.parse(JSON.stringify(records)) as AuditRecord[])).toEqual({ seq: 50, hash: last?.hash });
  });

  it('[AUD3] breaks where a record was changed, removed, repeated or moved', ({ expect }) => {
    const forge: [(records: AuditRecord[]) => void, number][] = [
      [(records) => Object.assign(records[20] as object, { target: 'wf_other' }), 21],
      [(records) => Object.assign(records[20] as object, { extra: 1 }), 21],
      [(records) => Object.assign(records[20] as object, { hash: '0'.repeat(64) }), 21],
      [(records) => void records.splice(20, 1), 21],
      [(records) => void records.splice(20, 0, records[20] as AuditRecord), 22],
      [(records) => void records.splice(20, 2, records[21] as AuditRecord, records[20] as AuditRecord), 21],
    ];
    for (const [change, seq] of forge) {
      const records = chain(50);
      change(records);
      expect(check(records)).toMatchObject({ seq, reason: expect.any(String) as string });
    }
  });

  it('[AUD3] no single change of any field goes unseen', ({ expect }) => {
    const records = chain(12);
    fc.assert(
      fc.property(
        fc.nat(11),
        fc.constantFrom('at', 'action', 'target', 'status', 'outcome', 'requestId', 'prev', 'hash', 'seq'),
        fc.string(),
        (at, field, value) => {
          const forged = records.map((record) => ({ ...record }));
          (forged[at] as unknown as Record<string, unknown>)[field] = value;
          expect(check(forged)).toHaveProperty('reason');
        },
      ),
      { seed: 7 },
    );
  });

  it('[AUD6] a log whose front was dropped is checked against its anchor', ({ expect }) => {
    const records = chain(30);
    const anchor = records[9] as Head;
    expect(check(records.slice(10), { seq: anchor.seq, hash: anchor.hash })).toMatchObject({ seq: 30 });
    expect(check(records.slice(11), { seq: anchor.seq, hash: anchor.hash })).toMatchObject({ reason: 'out-of-order' });
    expect(check(records.slice(10), { seq: 10, hash: '1'.repeat(64) })).toMatchObject({ reason: 'broken-link' });
  });
});
