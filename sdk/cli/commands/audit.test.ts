import { createHash } from 'node:crypto';
import { describe, it } from 'vitest';
import { type Head, link, START } from '../../../core/audit/chain.ts';
import type { AuditRecord } from '../../../core/audit/entry.ts';
import { testWorld } from '../testing.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function log(count: number): AuditRecord[] {
  const records: AuditRecord[] = [];
  let head: Head = START;
  for (let n = 0; n < count; n++) {
    const note = { at: n, actor: { kind: 'key', id: 'k' }, action: 'hello.list', status: 200, requestId: `r${n}` };
    const record = link(head, { ...note, outcome: 'done' }, sha256);
    records.push(record);
    head = record;
  }
  return records;
}

const lines = (records: readonly object[]): string => records.map((record) => `${JSON.stringify(record)}\n`).join('');

describe('millrace audit', () => {
  it('[AUD4] verify accepts an exported log, and knows its end', async ({ expect }) => {
    const world = testWorld();
    const records = log(500);
    const file = world.file('log.ndjson', lines(records));
    const head = records.at(-1)?.hash ?? '';
    const ran = await world.run('audit', 'verify', file, '--head', head, '--json');
    expect(ran.documents).toMatchObject([{ ok: true, records: 500, head: { seq: 500, hash: head } }]);
    const cut = world.file('cut.ndjson', lines(records.slice(0, -1)));
    expect((await world.run('audit', 'verify', cut)).code).toBe(0);
    expect(await world.run('audit', 'verify', cut, '--head', head)).toMatchObject({ code: 1 });
  });

  it('[AUD4] verify says which record was changed', async ({ expect }) => {
    const world = testWorld();
    const records = log(20).map((record) => (record.seq === 7 ? { ...record, status: 403 } : record));
    const { code, err } = await world.run('audit', 'verify', world.file('log.ndjson', lines(records)));
    expect([code, err]).toEqual([1, expect.stringContaining('Record 7 was changed')]);
  });

  it('refuses what it does not know', async ({ expect }) => {
    expect((await testWorld().run('audit', 'burn', 'x')).code).toBe(2);
  });
});
