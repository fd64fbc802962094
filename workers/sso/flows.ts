import { sha256Hex } from '../kit/digest.ts';
import { randomText } from '../kit/random-text.ts';

/** From the beginning of a sign-in to its answer. */
export const FLOW_MS = 10 * 60_000;

/** A sign-in under way. */
export interface Flow {
  connection: string;
  /** JSON of what is needed again. */
  facts: string;
  returnTo: string;
  browser: string;
}

/** Keeps a flow; returns the text that finds it again, once. */
export async function keepFlow(db: D1Database, tenant: string, flow: Flow): Promise<string> {
  const state = randomText(32);
  await db
    .prepare(
      'INSERT INTO sso_flows (tenant_id, id, connection_id, browser, facts, return_to, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    )
    .bind(
      tenant,
      await sha256Hex(state),
      flow.connection,
      flow.browser,
      flow.facts,
      flow.returnTo,
      Date.now() + FLOW_MS,
    )
    .run();
  return state;
}

/** Takes a flow: a second time it is gone (SSO8). `browser` undefined: whoever brings it, which proves nothing yet. */
export async function takeFlow(
  db: D1Database,
  tenant: string,
  { state, connection, browser }: { state: string; connection: string; browser: string | undefined },
): Promise<Flow | undefined> {
  if (!/^[\w-]{43}$/.test(state)) return undefined;
  const row = await db
    .prepare(
      'DELETE FROM sso_flows WHERE tenant_id = ?1 AND id = ?2 AND connection_id = ?3 AND expires_at > ?4 AND (?5 IS NULL OR browser = ?5) ' +
        'RETURNING connection_id AS connection, facts, return_to AS returnTo, browser',
    )
    .bind(tenant, await sha256Hex(state), connection, Date.now(), browser ?? null)
    .first<Flow>();
  return row ?? undefined;
}

/** True the first time an assertion is seen (SAM8). */
export async function takeAssertion(
  db: D1Database,
  tenant: string,
  { connection, id, untilMs }: { connection: string; id: string; untilMs: number },
): Promise<boolean> {
  const row = await db
    .prepare(
      'INSERT INTO sso_assertions (tenant_id, connection_id, id, expires_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING id',
    )
    .bind(tenant, connection, id, untilMs)
    .first();
  return row !== null;
}

/** Removes what is over; called every minute. */
export async function forgetFlows(db: D1Database): Promise<void> {
  const nowMs = Date.now();
  await db.batch(
    ['sso_flows', 'sso_assertions', 'sso_sessions'].map((table) =>
      db.prepare(`DELETE FROM ${table} WHERE expires_at < ?`).bind(nowMs),
    ),
  );
}
