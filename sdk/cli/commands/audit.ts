import { hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ChainCheck } from '../../../core/audit/chain.ts';
import type { AuditRecord } from '../../../core/audit/entry.ts';
import { LineReader } from '../../../core/audit/line.ts';
import { defineCommand } from '../command.ts';
import { CliFailure, EXIT, usageError } from '../failure.ts';
import { connect } from '../server/connection.ts';
import type { Cli } from '../terminal/cli.ts';
import type { Client } from '../../client/index.ts';

const PAGE = 5_000;
/** In one call: making a hash object for each record was a third of the time. */
const sha256 = (text: string): string => hash('sha256', text, 'hex');

/** Writes the whole log, a record a line, the oldest first. */
async function exportLog(cli: Cli, client: Client, file: string): Promise<number> {
  const out = await open(resolve(cli.world.cwd, file), 'w');
  let after = 0;
  let count = 0;
  try {
    for (;;) {
      const page = await client.call('GET /v1/audit/records', { query: { after, limit: PAGE } });
      if (page.records.length > 0) {
        await out.appendFile(`${page.records.map((record) => JSON.stringify(record)).join('\n')}\n`);
      }
      count += page.records.length;
      after = page.records.at(-1)?.seq ?? after;
      cli.progress(`${count} records`);
      if (page.records.length < PAGE) {
        const { head } = page;
        cli.emit({ records: count, head });
        cli.line(`${count} records, up to ${head.seq} with hash ${head.hash}`);
        return EXIT.ok;
      }
    }
  } finally {
    await out.close();
  }
}

function recordIn(line: string, number: number): AuditRecord {
  try {
    return JSON.parse(line) as AuditRecord;
  } catch {
    throw new CliFailure('json-invalid', `Line ${number} is not JSON`);
  }
}

/** Lines of a file, a block at a time: an await for each would cost more than hashing it. */
async function* blocksOf(path: string): AsyncGenerator<string[]> {
  let rest = '';
  for await (const block of createReadStream(path, { encoding: 'utf8', highWaterMark: 1 << 20 })) {
    const lines = (rest + String(block)).split('\n');
    rest = lines.pop() ?? '';
    yield lines;
  }
  yield [rest];
}

const WHY = {
  changed: 'was changed',
  'broken-link': 'does not follow the one before',
  'out-of-order': 'is not where it should be',
} as const;

/** Follows the chain of an exported log: no server, no key. */
async function verifyLog(cli: Cli, file: string, expected: string | undefined): Promise<number> {
  const began = process.cpuUsage();
  const check = new ChainCheck(sha256);
  const reader = new LineReader();
  let count = 0;
  const follow = (line: string): void => {
    const link = reader.read(line);
    const record = link ? undefined : recordIn(line, count + 1);
    if (record) reader.learn(record);
    const broken = link ? check.follow(link) : check.add(record as AuditRecord);
    if (broken) {
      throw new CliFailure('chain-broken', `Record ${broken.seq} ${WHY[broken.reason]}`, {
        hint: `The ${count} records before it are sound.`,
      });
    }
    count++;
    if (count % 50_000 === 0) cli.progress(`${count} records`);
  };
  for await (const lines of blocksOf(resolve(cli.world.cwd, file))) {
    for (const line of lines) if (line !== '') follow(line);
  }
  const { head } = check;
  if (expected !== undefined && head?.hash !== expected) {
    throw new CliFailure('chain-cut', `The log ends with ${head?.hash ?? 'nothing'}, not with the hash given`, {
      hint: 'Records are missing at its end, or it is another log.',
    });
  }
  // of its own time: what else the machine does says nothing about it
  const { user, system } = process.cpuUsage(began);
  const perSecond = Math.round(count / ((user + system) / 1_000_000));
  cli.emit({ ok: true, records: count, head, perSecond });
  cli.line(`${cli.paint.green('ok')} ${count} records in an unbroken chain, ${perSecond} a second of processor time`);
  return EXIT.ok;
}

export const command = defineCommand({
  name: 'audit',
  summary: 'Export the audit log, or check an exported one without a server',
  args: [
    { name: 'ACTION', summary: 'export or verify' },
    { name: 'FILE', summary: 'The log, one record a line' },
  ],
  flags: { head: { type: 'string', value: 'HASH', summary: 'verify: the log must end with this hash' } },
  examples: [
    ['millrace audit export log.ndjson', 'note the last hash somewhere else'],
    ['millrace audit verify log.ndjson --head 3f2c…', 'proves that nothing was changed, removed or cut off'],
  ],
  server: true,
  async run(cli, { args: [action, file = ''], flags }) {
    if (action === 'export') return exportLog(cli, connect(cli, flags), file);
    if (action === 'verify') return verifyLog(cli, file, flags.head);
    throw usageError(`There is no "audit ${action}"`, 'millrace audit export FILE, or: millrace audit verify FILE');
  },
});
