import type { MailCall } from '../../../../core/nodes/email-send/message.ts';
import { NodeError } from '../../../../core/node/kit.ts';
import type { EffectReply } from '../../../../core/node/kit.ts';
import type { TransformItem } from '../../../../core/node/transform.ts';
import type { OpenCredential } from '../../../vault/resolver.ts';
import { performCalls, type Session } from '../../calls.ts';
import { checkPlace, textValue } from '../../credentials.ts';
import { egressConnect, type SocketTally } from '../../egress/connect.ts';
import { Lines } from '../../lines.ts';
import type { Effect, ExecutorPorts, PerformRequest } from '../../ports.ts';
import { sentMember } from '../../secret-variables.ts';
import { readFile } from '../http/files.ts';
import { readAddresses } from './addresses.ts';
import { composeMail } from './mime.ts';
import { SmtpClient } from './smtp.ts';

/** For all mails of a step; what a server sends back is short. */
const LIMITS = { timeoutMs: 240_000, maxBytes: 4 * 1024 * 1024 };
/** What common servers take at most. */
const MAX_ATTACHED_BYTES = 25 * 1024 * 1024;

interface Place {
  request: PerformRequest;
  ports: ExecutorPorts;
  tally: SocketTally;
}

async function open(credential: OpenCredential, { request, ports, tally }: Place) {
  const [host, port] = [textValue(credential, 'host'), Number(credential.values.get('port'))];
  checkPlace(credential, { host, port });
  const secure = credential.values.get('secure') === true;
  const startTls = secure || credential.values.get('disableStartTls') === true ? 'never' : 'offered';
  const tls = secure ? 'on' : startTls === 'offered' ? 'starttls' : 'off';
  const connection = await egressConnect(
    { protocol: 'smtp', host, port, tls },
    request.policy,
    { ...LIMITS, tally },
    ports.egress,
  );
  try {
    const client = new SmtpClient(new Lines(connection), textValue(credential, 'hostName'));
    await client.open({ startTls });
    const [user, password] = [textValue(credential, 'user'), textValue(credential, 'password')];
    credential.secrets.push(`\0${user}\0${password}`);
    if (user !== '' || password !== '') await client.login(user, password);
    return { client, connection };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

async function start(credential: OpenCredential, place: Place): Promise<Session<MailCall>> {
  const { request, ports } = place;
  const { client, connection } = await open(credential, place);
  return {
    call: (call) => send(call, client, request, ports),
    async close() {
      await client.quit();
      await connection.close();
    },
  };
}

async function send(
  call: MailCall,
  client: SmtpClient,
  request: PerformRequest,
  ports: ExecutorPorts,
): Promise<TransformItem[]> {
  const [from] = readAddresses(call.from, 'From');
  if (!from) throw new NodeError('bad-address', 'The "From" address is empty.');
  const to = readAddresses(call.to, 'To');
  const cc = readAddresses(call.cc, 'CC');
  const bcc = readAddresses(call.bcc, 'BCC');
  const everyone = [...new Set([...to, ...cc, ...bcc].map(({ email }) => email))];
  if (everyone.length === 0) throw new NodeError('bad-address', 'The mail has no recipient.');
  const attachments = [];
  let attached = 0;
  for (const file of call.attachments) {
    const { bytes, mimeType } = await readFile(file, request.tenant, ports);
    attached += bytes.byteLength;
    if (attached > MAX_ATTACHED_BYTES) {
      throw new NodeError('mail-too-large', `The attachments add up to more than ${MAX_ATTACHED_BYTES} bytes.`);
    }
    attachments.push({ bytes, mimeType, fileName: file.fileName ?? 'file' });
  }
  const messageId = `<${await wordOf(call.key)}@${from.email.split('@').pop() ?? 'localhost'}>`;
  const message = composeMail({
    from,
    to,
    cc,
    replyTo: readAddresses(call.replyTo, 'Reply to'),
    subject: call.subject,
    text: call.text,
    html: call.html,
    attachments,
    messageId,
    date: new Date(),
    boundary: ports.newId(),
  });
  const { accepted, rejected, response } = await client.send({ from: from.email, to: everyone }, message);
  const envelope = { from: from.email, to: everyone };
  const ehlo = [...client.extensions];
  return [{ json: { accepted, rejected, ehlo, messageSize: message.length, response, envelope, messageId } }];
}

/** A word for a Message-ID: the same for every attempt, and nothing can be read from it. */
async function wordOf(key: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key)));
  return Array.from(digest.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const perform = (request: PerformRequest, ports: ExecutorPorts): Promise<EffectReply> =>
  performCalls<MailCall>(request, ports, (credential, tally) => start(credential, { request, ports, tally }));

/** Sends mails over SMTP. Payload `CallsPayload<MailCall>`, value `TransformReplyValue`. */
export const effect: Effect = { kind: 'mail', sent: sentMember('calls'), perform };
