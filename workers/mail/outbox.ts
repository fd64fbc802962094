import type { ExecutorEnv } from '../executor/ports.ts';
import { newId } from '../kit/context.ts';
import { deliver } from './deliver.ts';

/** What sending mail needs. Without SMTP_URL mails wait in the outbox, where the operator reads them. */
export interface MailEnv extends Pick<ExecutorEnv, 'EGRESS_PUBLIC' | 'EGRESS_LISTED'> {
  DB: D1Database;
  /** `smtp://` (STARTTLS where offered) or `smtps://`, with `user:password@` when the server asks. */
  SMTP_URL?: string;
  /** `Name <address>`. */
  MAIL_FROM?: string;
}

export interface NewMail {
  to: string;
  subject: string;
  /** Plain text. It may hold links that are secrets: it is deleted once it is sent. */
  text: string;
}

export interface WaitingMail extends NewMail {
  id: string;
  createdAt: number;
  attempts: number;
  failure: string | null;
}

/** Kept without a mail server this long; the links inside are over by then. */
const KEPT_MS = 7 * 24 * 3_600_000;
/** Another isolate may be sending it: nobody else tries meanwhile. */
const CLAIM_MS = 120_000;
const MAX_ATTEMPTS = 12;
const MAX_RETRY_MS = 3_600_000;
const BATCH = 20;

const canSend = (env: MailEnv): boolean => Boolean(env.SMTP_URL);

/** Puts a mail into the outbox and tries to send it at once. Resolves when it is stored; `sent` when it was tried. */
export async function queueMail(env: MailEnv, mail: NewMail): Promise<{ sent: Promise<void> }> {
  const nowMs = Date.now();
  const id = newId('mail');
  const claimed = canSend(env) ? CLAIM_MS : 0;
  await env.DB.prepare(
    'INSERT INTO mails (id, recipient, subject, body, created_at, attempts, due_at) VALUES (?, ?, ?, ?, ?, 0, ?)',
  )
    .bind(id, mail.to, mail.subject, mail.text, nowMs, nowMs + claimed)
    .run();
  return { sent: canSend(env) ? attempt(env, { ...mail, id, createdAt: nowMs, attempts: 0 }) : Promise.resolve() };
}

/** Sends what is due: called every minute. Without a mail server only forgets what is too old. */
export async function sendDue(env: MailEnv): Promise<void> {
  const nowMs = Date.now();
  await env.DB.prepare('DELETE FROM mails WHERE created_at < ?')
    .bind(nowMs - KEPT_MS)
    .run();
  if (!canSend(env)) return;
  const claim =
    'UPDATE mails SET due_at = ?1 WHERE id IN (SELECT id FROM mails WHERE due_at <= ?2 ORDER BY due_at LIMIT ?3) ' +
    'RETURNING id, recipient AS "to", subject, body AS text, created_at AS createdAt, attempts';
  const { results } = await env.DB.prepare(claim)
    .bind(nowMs + CLAIM_MS, nowMs, BATCH)
    .all<WaitingMail>();
  for (const mail of results) await attempt(env, mail);
}

/** The newest mails that wait, for the operator. */
export async function waitingMails(env: MailEnv, limit: number): Promise<WaitingMail[]> {
  const select =
    'SELECT id, recipient AS "to", subject, body AS text, created_at AS createdAt, attempts, failure FROM mails ' +
    'ORDER BY created_at DESC LIMIT ?';
  return (await env.DB.prepare(select).bind(limit).all<WaitingMail>()).results;
}

async function attempt(env: MailEnv, mail: Omit<WaitingMail, 'failure'>): Promise<void> {
  const attempts = mail.attempts + 1;
  try {
    await deliver(env, mail);
    await env.DB.prepare('DELETE FROM mails WHERE id = ?').bind(mail.id).run();
  } catch (error) {
    // The text may hold a link: the log gets the reason only.
    const failure = (error instanceof Error ? error.message : String(error)).slice(0, 300);
    console.error(JSON.stringify({ level: 'error', mail: mail.id, attempts, failure }));
    const delayMs = Math.min(MAX_RETRY_MS, 30_000 * 2 ** attempts);
    const dueAt = attempts >= MAX_ATTEMPTS ? Number.MAX_SAFE_INTEGER : Date.now() + delayMs;
    await env.DB.prepare('UPDATE mails SET attempts = ?, due_at = ?, failure = ? WHERE id = ?')
      .bind(attempts, dueAt, failure, mail.id)
      .run();
  }
}
