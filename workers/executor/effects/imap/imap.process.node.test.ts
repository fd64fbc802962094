import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, it } from 'vitest';
import type { Item, JsonObject } from '../../../../core/data/item.ts';
import type { EffectReply, Kept, StepResult } from '../../../../core/node/kit.ts';
import { readCriteria } from '../../../../core/nodes/email-read-imap/criteria.ts';
import { node } from '../../../../core/nodes/email-read-imap/index.ts';
import { compileFor, stepOf } from '../../../../core/nodes/testing.ts';
import { selfSigned } from '../../../../test/harness/certificate.ts';
import { startDovecot } from '../../../../test/harness/dovecot.ts';
import { nodeConnect } from '../../../../test/harness/sockets.ts';
import { perform } from '../../perform.ts';
import { fakePorts, LOCAL } from '../../testing/fakes.ts';
import { mailboxName } from './mailbox-name.ts';

const certificate = selfSigned();
const dovecot = await startDovecot(certificate);
afterAll(() => dovecot?.stop());

type Values = Record<string, string | number | boolean>;
let delivered = 0;

/** Puts a mail into a folder of the mailbox, as a delivery agent does. */
function deliver(text: string, mailbox = ''): void {
  const maildir = join(dovecot?.maildir ?? '', mailbox);
  for (const part of ['', 'new', 'cur', 'tmp']) {
    mkdirSync(join(maildir, part), { recursive: true });
    chmodSync(join(maildir, part), 0o777);
  }
  const path = join(maildir, 'new', `${Date.now()}.${++delivered}.test`);
  writeFileSync(path, text.replaceAll('\n', '\r\n'));
  chmodSync(path, 0o666);
}

const mail = (subject: string, more = ''): string =>
  `From: "Lovelace, Ada" <ada@example.com>\nTo: bob@example.com\nSubject: ${subject}\nDate: Thu, 01 Jan 2026 10:00:00 +0000\n${more}\nHello ${subject}\n`;

const WITH_FILE = `From: a@example.com
To: b@example.com
Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=
MIME-Version: 1.0
__proto__: x
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: multipart/alternative; boundary=c

--c
Content-Type: text/plain; charset=utf-8

Hall\u00f6
--c
Content-Type: text/html; charset=utf-8

<p>Hall\u00f6</p>
--c--
--b
Content-Type: text/csv; name="../../a.csv"
Content-Disposition: attachment; filename="../../a.csv"
Content-Transfer-Encoding: base64

YSxiCjEsMgo=
--b--
`;

interface Look {
  items: Item[];
  keep: Kept;
  reply: EffectReply;
  /** What the node asked of the executor. */
  asked: string[];
}

/** One poll: effects until the node puts something out. `kept` is what the last one kept. */
async function look(
  parameters: JsonObject = {},
  { kept = {} as Kept, values = {} as Values, version = 2.1 } = {},
): Promise<Look> {
  const made = fakePorts();
  made.egress.connect = nodeConnect(certificate?.cert);
  const { port = 0, user = '', password = '' } = dovecot ?? {};
  const credential = { host: 'localhost', port, user, password, secure: false, ...values };
  const trial = { parameters, version, credentials: { imap: made.credentials.add('imap', credential, ['password']) } };
  const step = { ...stepOf(node, trial), kept: () => kept.node ?? {} };
  const executor = compileFor(node, trial);
  const asked: string[] = [];
  let result: StepResult = executor.run(step);
  let reply: EffectReply = { ok: true, value: null };
  while (result.kind === 'effect') {
    asked.push(String(result.effect.payload['do']));
    reply = await perform({ tenant: 'acme', effect: result.effect, key: 'k', policy: LOCAL }, made);
    if (!reply.ok) return { items: [], keep: {}, reply, asked };
    result = executor.resume?.(step, { kind: 'reply', value: reply.value }) ?? result;
  }
  if (result.kind !== 'output') throw new Error(result.kind);
  return { items: [...(result.outputs[0] ?? [])], keep: result.keep ?? {}, reply, asked };
}

const subjects = ({ items }: Look): unknown[] => items.map(({ json }) => json['subject']);

describe.skipIf(!dovecot)('[IMP1] a mailbox', () => {
  beforeEach(async () => {
    // What earlier tests left unread is read now.
    await look({ options: { trackLastMessageId: false } });
  });

  it('gives what is unread, once, and marks it after the fetch is on record', async ({ expect }) => {
    deliver(mail('one'));
    deliver(mail('two'));
    const first = await look();
    expect(first.asked).toEqual(['fetch', 'mark-read']);
    expect(subjects(first)).toEqual(['one', 'two']);
    expect(first.items[0]?.json).toMatchObject({
      textPlain: 'Hello one\n',
      from: '"Lovelace, Ada" <ada@example.com>',
      to: 'bob@example.com',
      date: '2026-01-01T10:00:00.000Z',
      metadata: { subject: 'one', to: 'bob@example.com' },
      attributes: { uid: expect.any(Number) as number },
    });
    expect(readdirSync(join(dovecot?.maildir ?? '', 'cur')).filter((name) => name.endsWith(':2,')).length).toBe(0);
    const second = await look({}, { kept: first.keep });
    expect([subjects(second), second.keep]).toEqual([[], first.keep]);
    deliver(mail('three'));
    expect(subjects(await look({}, { kept: second.keep }))).toEqual(['three']);
  });

  it('goes on after the last mail when it marks none', async ({ expect }) => {
    const quiet = { postProcessAction: 'nothing' };
    const start = await look(quiet);
    deliver(mail('left unread'));
    const first = await look(quiet, { kept: start.keep });
    expect([subjects(first), first.asked]).toEqual([['left unread'], ['fetch']]);
    expect(subjects(await look(quiet, { kept: first.keep }))).toEqual([]);
    // Another UIDVALIDITY: the place means nothing any more.
    const renumbered: Kept = { node: { ...first.keep.node, validity: 1 } };
    expect(subjects(await look(quiet, { kept: renumbered }))).toContain('left unread');
  });

  it('gives texts, attachments or the whole, as the format says', async ({ expect }) => {
    deliver(WITH_FILE);
    const quiet = { postProcessAction: 'nothing', options: { customEmailConfig: '["UNSEEN"]' } };
    const [simple] = (await look({ ...quiet, downloadAttachments: true })).items;
    expect(simple?.json).toMatchObject({ subject: 'Grüße', textPlain: 'Hallö\n', textHtml: '<p>Hallö</p>\n' });
    expect(Object.keys(simple?.json['metadata'] as JsonObject)).toContain('__proto__');
    expect(simple?.binary).toEqual({
      attachment_0: {
        mimeType: 'text/csv',
        fileName: '.._.._a.csv',
        fileExtension: 'csv',
        sizeBytes: 8,
        data: btoa('a,b\n1,2\n'),
      },
    });
    expect((await look(quiet)).items[0]?.binary).toBeUndefined();
    const [resolved] = (await look({ ...quiet, format: 'resolved', dataPropertyAttachmentsPrefixName: 'f' })).items;
    expect(resolved?.json).toMatchObject({ text: 'Hallö\n', from: { value: [{ address: 'a@example.com' }] } });
    expect(Object.keys(resolved?.binary ?? {})).toEqual(['f0']);
    const [raw] = (await look({ ...quiet, format: 'raw' })).items;
    expect(Buffer.from(String(raw?.json['raw']), 'base64url').toString()).toBe(WITH_FILE.replaceAll('\n', '\r\n'));
  });

  it('searches by the rules, in mailboxes of any name', async ({ expect }) => {
    const mailbox = 'Größe & Co';
    deliver(mail('quiet "quoted" größe', 'X-Kind: special\n'), `.${mailboxName(mailbox)}`);
    deliver(mail('loud'), `.${mailboxName(mailbox)}`);
    const found = async (rules: unknown) =>
      subjects(
        await look({ mailbox, postProcessAction: 'nothing', options: { customEmailConfig: JSON.stringify(rules) } }),
      );
    expect(await found(['ALL'])).toEqual([expect.stringContaining('quiet') as string, 'loud']);
    expect(await found([['SUBJECT', 'loud']])).toEqual(['loud']);
    expect(await found([['!SUBJECT', 'loud']])).toEqual([expect.stringContaining('quiet') as string]);
    expect(await found([['HEADER', 'X-Kind', 'special']])).toEqual([expect.stringContaining('quiet') as string]);
    expect(
      await found([
        ['OR', ['SUBJECT', 'loud'], ['BODY', 'quiet "quoted" größe']],
        ['SINCE', 'Jan 1, 2020'],
      ]),
    ).toHaveLength(2);
    expect(await found([['SUBJECT', 'x) OR (ALL']])).toEqual([]);
    const missing = await look({ mailbox: 'No such box' });
    expect(missing.reply).toMatchObject({ ok: false, error: { code: 'imap-refused' } });
  });

  it.skipIf(!certificate)('[IMP2] is reached by STARTTLS, with a certificate that is trusted', async ({ expect }) => {
    const { reply } = await look({}, { values: { password: 'canary-wrong' } });
    expect(reply).toMatchObject({ ok: false, error: { code: 'imap-auth', retryable: false } });
    expect(JSON.stringify(reply)).not.toContain('canary-wrong');
    const { reply: refused } = await look({}, { values: { host: '127.0.0.1', allowUnauthorizedCerts: true } });
    expect(refused).toMatchObject({ ok: false, error: { code: 'insecure-tls' } });
  });
});

describe('[IMP3] email rules', () => {
  const text = (rules: unknown): string =>
    readCriteria(JSON.stringify(rules))
      .map((key) => ('word' in key ? key.word : `"${key.text}"`))
      .join(' ');

  it('become IMAP search keys', ({ expect }) => {
    expect(text(['UNSEEN', ['SINCE', 'May 20, 2026'], ['!FROM', 'x']])).toBe('UNSEEN SINCE 20-May-2026 NOT FROM "x"');
    expect(text([['BEFORE', '2026-01-02T23:00:00'], '!DELETED'])).toBe('BEFORE 2-Jan-2026 NOT DELETED');
    expect(
      text([
        ['UID', '1:5', 9],
        ['LARGER', 100],
      ]),
    ).toBe('UID 1:5,9 LARGER 100');
    expect([undefined, null, ' '].flatMap(readCriteria)).toEqual(Array(3).fill({ word: 'UNSEEN' }));
  });

  it('are refused by name when they are none', ({ expect }) => {
    for (const rules of [
      ['DROP'],
      [['SINCE', 'someday']],
      [['FROM']],
      ['ALL\r\nx LOGOUT'],
      [['UID', '1) (']],
      [null],
      [['__proto__']],
    ]) {
      expect(() => text(rules), JSON.stringify(rules)).toThrow(
        expect.objectContaining({ code: 'bad-criteria' }) as Error,
      );
    }
    expect(() => readCriteria('{')).toThrow(/JSON/);
  });
});

it('[IMP2] is given up when a server says nothing sensible, or promises more than it may send', async ({ expect }) => {
  const answers = ['SSH-2.0-x\r\n', '* OK hi\r\n* 1 FETCH (BODY[] {99999999999}\r\n'];
  for (const answer of answers) {
    const odd = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.write(answer);
      setTimeout(() => socket.destroy(), 200);
    });
    await new Promise<void>((ready) => odd.listen(0, '127.0.0.1', ready));
    const { reply } = await look({}, { values: { host: '127.0.0.1', port: (odd.address() as AddressInfo).port } });
    odd.close();
    expect(reply).toMatchObject({
      ok: false,
      error: { code: expect.stringMatching(/^(bad-protocol|connect-failed)$/) as string },
    });
  }
});
