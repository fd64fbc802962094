import { fetchWorker, testEnv } from '../kit/testing.ts';

export const ORIGIN = 'https://millrace.test';

interface AuthReply {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

/** A browser as far as cookies go: keeps what it is given and sends it back, with its Origin. */
export class Browser {
  readonly cookies = new Map<string, string>();
  readonly origin: string;
  constructor(origin = ORIGIN) {
    this.origin = origin;
  }

  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<AuthReply> {
    const response = await fetchWorker(path, {
      method,
      redirect: 'manual',
      headers: {
        ...(method === 'GET' ? {} : { origin: this.origin }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.cookies.size > 0 ? { cookie: this.cookie } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      if (/max-age=0/i.test(line)) this.cookies.delete(pair.slice(0, at));
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {},
    };
  }

  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  post = (path: string, body: unknown = {}, headers?: Record<string, string>): Promise<AuthReply> =>
    this.call('POST', path, body, headers);
  get = (path: string, headers?: Record<string, string>): Promise<AuthReply> =>
    this.call('GET', path, undefined, headers);
}

/** The newest mail to somebody; sending is not waited for, so it may take a moment. */
export async function mailTo(
  recipient: string,
  subject = '',
): Promise<{ subject: string; text: string; link: string }> {
  for (let tries = 0; tries < 100; tries++) {
    const row = await testEnv.DB.prepare(
      'SELECT subject, body AS text FROM mails WHERE recipient = ? AND subject LIKE ? ORDER BY created_at DESC, rowid DESC',
    )
      .bind(recipient, `%${subject}%`)
      .first<{ subject: string; text: string }>();
    if (row) return { ...row, link: /https?:\S+/.exec(row.text)?.[0] ?? '' };
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error(`no mail to ${recipient}`);
}

export const pathOf = (link: string): string => link.slice(new URL(link).origin.length);

export const PASSWORD = 'correct horse battery';

/** Signs up, follows the link, signs in. */
export async function signedIn(email: string, name = 'Ada'): Promise<Browser> {
  const browser = new Browser();
  await browser.post('/auth/sign-up/email', { name, email, password: PASSWORD });
  await browser.get(pathOf((await mailTo(email, 'Confirm')).link));
  await browser.post('/auth/sign-in/email', { email, password: PASSWORD });
  return browser;
}

/** The same person, calling the API in an organisation. */
export function inOrganization(browser: Browser, organization: string) {
  return (method: string, path: string, body?: unknown): Promise<AuthReply> =>
    browser.call(method, path, body, { 'x-millrace-organization': organization });
}

/** Somebody signed in who owns a new organisation. */
export async function ownerOf(id: string): Promise<Browser> {
  const browser = await signedIn(`owner@${id}.test`, 'Owner');
  const made = await browser.post('/v1/organizations', { name: id, id });
  if (made.status !== 201) throw new Error(`no organisation: ${JSON.stringify(made.body)}`);
  return browser;
}

/** Invites an address and returns the text of the link in its mail. */
export async function invitationTo(
  api: ReturnType<typeof inOrganization>,
  email: string,
  role: string,
): Promise<string> {
  const made = await api('POST', '/v1/invitations', { email, role });
  if (made.status !== 201) throw new Error(`no invitation: ${JSON.stringify(made.body)}`);
  return (await mailTo(email, 'invited')).link.split('#invitation=')[1] ?? '';
}
