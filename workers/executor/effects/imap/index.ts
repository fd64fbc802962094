import { type EffectReply, NodeError } from '../../../../core/node/kit.ts';
import { type CredentialRef, isNodeError, storedItem } from '../../../../core/node/transform.ts';
import type { SearchKey } from '../../../../core/nodes/email-read-imap/criteria.ts';
import { asJson, type FetchedMail, type ImapPayload } from '../../../../core/nodes/email-read-imap/mailbox.ts';
import type { OpenCredential } from '../../../vault/resolver.ts';
import { checkPlace, maskOf, textValue } from '../../credentials.ts';
import { openCredential } from '../../open-credential.ts';
import { egressConnect, newTally, type SocketTally } from '../../egress/connect.ts';
import { EgressError } from '../../egress/error.ts';
import { Lines } from '../../lines.ts';
import type { Effect, ExecutorPorts, PerformRequest } from '../../ports.ts';
import { itemFiles } from '../http/files.ts';
import { ImapClient } from './client.ts';
import { mailItem } from './mail-item.ts';

const LIMITS = { timeoutMs: 120_000, maxBytes: 64 * 1024 * 1024 };
const MAX_MAIL_BYTES = 20 * 1024 * 1024;
/** What one look takes; the rest waits for the next, since the place moves on only so far. */
const MAX_MAILS = 50;
/** What the mails of one look may add up to: they travel to the runner in one message. */
const MAX_TAKEN_BYTES = 10 * 1024 * 1024;

interface Place {
  request: PerformRequest;
  ports: ExecutorPorts;
  tally: SocketTally;
}

async function withMailbox<T>(
  credential: OpenCredential,
  { request, ports, tally }: Place,
  work: (client: ImapClient) => Promise<T>,
): Promise<T> {
  const [host, port] = [textValue(credential, 'host'), Number(credential.values.get('port'))];
  checkPlace(credential, { host, port });
  if (credential.values.get('allowUnauthorizedCerts') === true) {
    throw new NodeError(
      'insecure-tls',
      'Certificates are always checked; turn "Any certificate" off in the credential.',
    );
  }
  const secure = credential.values.get('secure') === true;
  const tls = secure ? 'on' : 'starttls';
  const connection = await egressConnect(
    { protocol: 'imap', host, port, tls },
    request.policy,
    { ...LIMITS, tally },
    ports.egress,
  );
  try {
    const client = new ImapClient(new Lines(connection));
    await client.open({ startTls: !secure });
    const [user, password] = [textValue(credential, 'user'), textValue(credential, 'password')];
    credential.secrets.push(`\0${user}\0${password}`);
    await client.login(user, password);
    const done = await work(client);
    await client.logout();
    return done;
  } finally {
    await connection.close();
  }
}

async function fetchNew(client: ImapClient, wish: ImapPayload & { do: 'fetch' }, place: Place): Promise<FetchedMail> {
  const { validity } = await client.select(wish.mailbox, 'read');
  const after = wish.after?.validity === validity ? wish.after.uid : 0;
  const newer: SearchKey[] = after > 0 ? [{ word: 'UID' }, { word: `${after + 1}:*` }] : [];
  // `n:*` holds the last mail even when its UID is smaller.
  const uids = (await client.search([...wish.search, ...newer])).filter((uid) => uid > after);
  const store = itemFiles(place.request.tenant, place.ports);
  const fetched: FetchedMail = { items: [], uids: [], place: null };
  let taken = 0;
  for (const uid of uids) {
    if (fetched.items.length >= MAX_MAILS || taken >= MAX_TAKEN_BYTES) break;
    const mail = await client.fetch(uid, MAX_MAIL_BYTES);
    fetched.place = { validity, uid };
    if (!mail) continue;
    taken += mail.bytes.byteLength;
    fetched.items.push(await storedItem(await mailItem(mail, wish), store));
    fetched.uids.push(uid);
  }
  return fetched;
}

async function perform(request: PerformRequest, ports: ExecutorPorts): Promise<EffectReply> {
  // SAFETY: the email-read-imap node makes this payload; it travels between our own parts only.
  const payload = request.effect.payload as unknown as ImapPayload | { do: 'probe'; credential: CredentialRef };
  const credential = await openCredential(ports, request, payload.credential);
  const tally = newTally();
  const place = { request, ports, tally };
  try {
    if (payload.do === 'probe') {
      await withMailbox(credential, place, () => Promise.resolve());
      return { ok: true, value: { meta: { ...tally } } };
    }
    if (payload.do === 'fetch') {
      const fetched = await withMailbox(credential, place, (client) => fetchNew(client, payload, place));
      return { ok: true, value: { ...asJson(fetched), meta: { ...tally } } };
    }
    await withMailbox(credential, place, async (client) => {
      const { validity } = await client.select(payload.mailbox, 'write');
      // Renumbered since: the numbers would mean other mails.
      if (validity === payload.validity) await client.markRead(payload.uids);
    });
    return { ok: true, value: { ...asJson(payload.fetched), marked: true, meta: { ...tally } } };
  } catch (error) {
    const mask = maskOf(credential.secrets);
    if (error instanceof EgressError) throw new EgressError(error.code, mask(error.message), error.retryable);
    if (!isNodeError(error)) throw new Error(mask(error instanceof Error ? error.message : String(error)));
    return { ok: false, error: { code: error.code, message: mask(error.message), retryable: false } };
  }
}

/** Reads mailboxes over IMAP. Payload `ImapPayload`, value `FetchedMail`. */
export const effect: Effect = { kind: 'imap', perform };
