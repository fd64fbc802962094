import { readAddresses } from '../executor/effects/mail/addresses.ts';
import { composeMail } from '../executor/effects/mail/mime.ts';
import { SmtpClient } from '../executor/effects/mail/smtp.ts';
import { egressConnect, newTally } from '../executor/egress/connect.ts';
import { networkPorts } from '../executor/egress/network.ts';
import { Lines } from '../executor/lines.ts';
import type { MailEnv, NewMail } from './outbox.ts';

const LIMITS = { timeoutMs: 30_000, maxBytes: 256 * 1024 };

interface MailServer {
  host: string;
  port: number;
  tls: 'on' | 'starttls' | 'off';
  user: string;
  password: string;
}

/** @throws Error that says what is wrong with SMTP_URL, without repeating it: it holds a password. */
function mailServer(text: string): MailServer {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new Error('SMTP_URL is not a URL; smtps://user:password@mail.example.com would be one');
  }
  const isSecure = url.protocol === 'smtps:';
  if (!isSecure && url.protocol !== 'smtp:') throw new Error('SMTP_URL must start with smtp:// or smtps://');
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || (isSecure ? 465 : 587)),
    tls: isSecure ? 'on' : url.searchParams.get('starttls') === 'never' ? 'off' : 'starttls',
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  };
}

/** Sends one mail now, through the egress client; the operator's server may be on a private address. */
export async function deliver(env: MailEnv, mail: NewMail & { id: string }): Promise<void> {
  const server = mailServer(env.SMTP_URL ?? '');
  const [from] = readAddresses(env.MAIL_FROM ?? `Millrace <millrace@${server.host}>`, 'MAIL_FROM');
  const to = readAddresses(mail.to, 'To');
  if (!from || to.length !== 1) throw new Error('MAIL_FROM, or the recipient, is not one address');
  const { host, port, tls } = server;
  const policy = { allow: [host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`], deny: [] };
  const connection = await egressConnect(
    { protocol: 'smtp', host, port, tls },
    policy,
    { ...LIMITS, tally: newTally() },
    networkPorts(env),
  );
  try {
    const client = new SmtpClient(new Lines(connection), from.email.split('@')[1] ?? 'localhost');
    await client.open({ startTls: tls === 'starttls' ? 'offered' : 'never' });
    if (server.user !== '') await client.login(server.user, server.password);
    const message = composeMail({
      from,
      to,
      cc: [],
      replyTo: [],
      subject: mail.subject,
      text: mail.text,
      attachments: [],
      // The same for every attempt: a server that took it twice can tell.
      messageId: `<${mail.id}@${from.email.split('@')[1] ?? 'localhost'}>`,
      date: new Date(),
      boundary: mail.id,
    });
    await client.send({ from: from.email, to: to.map(({ email }) => email) }, message);
    await client.quit();
  } finally {
    await connection.close();
  }
}
