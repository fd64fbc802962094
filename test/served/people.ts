import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAnswer, sleep } from './server.ts';
import type { Answer, Server } from './server.ts';

export const PASSWORD = 'correct horse battery';

/** The operator's key of the installation a server runs on. */
const deploymentKey = (server: Server): string =>
  readFileSync(join(server.dataDir, 'deployment.key'), 'utf8').trim().split(/\s+/)[0] ?? '';

/** What an operator may: `/internal/…`. */
export async function asOperator(server: Server, method: string, path: string, body?: unknown): Promise<Answer> {
  const headers = { 'x-deployment-key': deploymentKey(server), 'content-type': 'application/json' };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  return readAnswer(await fetch(server.ready.url + path, { method, headers, ...sent }));
}

/** Somebody who signed up with an address, confirmed it by the mail's link, and signed in: what their browser sends. */
export async function signedIn(server: Server, email: string): Promise<Record<string, string>> {
  const { url } = server.ready;
  const post = (path: string, body: unknown) =>
    fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify(body),
    });
  const made = await post('/auth/sign-up/email', { name: 'Somebody', email, password: PASSWORD });
  if (!made.ok) throw new Error(`No sign-up: ${made.status} ${await made.text()}`);
  const link = await linkTo(server, email);
  await fetch(url + link, { redirect: 'manual' });
  const signIn = await post('/auth/sign-in/email', { email, password: PASSWORD });
  const cookie = signIn.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
  if (!signIn.ok || cookie.length === 0) throw new Error(`No sign-in: ${signIn.status} ${await signIn.text()}`);
  return { cookie: cookie.join('; '), origin: url };
}

/** The link in the newest mail to an address, as a path. Mails wait for the operator where no server is set. */
async function linkTo(server: Server, email: string): Promise<string> {
  for (let tries = 0; tries < 100; tries++) {
    const { json } = await asOperator(server, 'GET', '/internal/mails');
    const mails = (json?.['mails'] ?? []) as { to: string; text: string }[];
    const link = /https?:\/\/\S+/.exec(mails.find(({ to }) => to === email)?.text ?? '')?.[0];
    if (link !== undefined) return link.slice(new URL(link).origin.length);
    await sleep(100);
  }
  throw new Error(`No mail to ${email}`);
}

export interface Organization {
  tenant: string;
  /** An API key that may do everything in it. */
  key: string;
  /** Its owner's browser. */
  browser: Record<string, string>;
}

/** A new organisation, made as people make one, without limits on how much it is called. */
export async function organization(server: Server, tenant: string): Promise<Organization> {
  const browser = await signedIn(server, `owner@${tenant}.test`);
  const send = async (path: string, body: unknown): Promise<Answer> => {
    const headers = { ...browser, 'content-type': 'application/json', 'x-millrace-organization': tenant };
    const answer = await readAnswer(
      await fetch(server.ready.url + path, { method: 'POST', headers, body: JSON.stringify(body) }),
    );
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text}`);
    return answer;
  };
  await send('/v1/organizations', { name: tenant, id: tenant });
  const planned = await asOperator(server, 'PUT', `/internal/organizations/${tenant}/plan`, { plan: 'unlimited' });
  if (planned.status !== 200) throw new Error(`No plan: ${planned.status} ${planned.text}`);
  const key = String((await send('/v1/keys', { name: 'everything', scopes: ['*'] })).json?.['key']);
  return { tenant, key, browser };
}
