import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from './processes.ts';

export interface Heard {
  status: number;
  headers: Headers;
  text: string;
  json: Record<string, unknown>;
}

/** Where a deployment under test is, and where its mails wait. */
export interface Place {
  url: string;
  dataDir: string;
}

export const PASSWORD = 'correct horse battery';

/** A browser as far as cookies and origins go, over real HTTP. */
export class Person {
  readonly cookies = new Map<string, string>();
  readonly place: Place;
  constructor(place: Place) {
    this.place = place;
  }

  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Heard> {
    const response = await fetch(path.startsWith('http') ? path : this.place.url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(method === 'GET' ? {} : { origin: this.place.url }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.cookies.size > 0 ? { cookie: [...this.cookies].map((pair) => pair.join('=')).join('; ') } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      if (/max-age=0/i.test(line)) this.cookies.delete(pair.slice(0, at));
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const text = await response.text();
    const json = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
    return { status: response.status, headers: response.headers, text, json };
  }

  get = (path: string, headers?: Record<string, string>): Promise<Heard> => this.call('GET', path, undefined, headers);
  post = (path: string, body: unknown = {}, headers?: Record<string, string>): Promise<Heard> =>
    this.call('POST', path, body, headers);
  in = (organization: string, method: string, path: string, body?: unknown): Promise<Heard> =>
    this.call(method, path, body, { 'x-millrace-organization': organization });

  /** Whom this browser is signed in as. */
  async who(): Promise<string | undefined> {
    return (await this.get('/v1/account')).json['email'] as string | undefined;
  }

  signIn = (email: string, password = PASSWORD): Promise<Heard> =>
    this.post('/auth/sign-in/email', { email, password });

  /** Follows redirects of an identity provider back to us; the last answer. */
  async through(provider: string, more: Record<string, unknown> = {}): Promise<Heard> {
    return this.get(await this.callbackFrom(provider, more));
  }

  /** The address an identity provider sends the browser back to. */
  async callbackFrom(provider: string, more: Record<string, unknown> = {}): Promise<string> {
    const begun = await this.post('/auth/sign-in/social', { provider, ...more });
    const asked = await fetch(String(begun.json['url']), { redirect: 'manual' });
    return asked.headers.get('location') ?? '';
  }
}

interface Mail {
  to: string;
  subject: string;
  text: string;
}

export async function mailsOf({ url, dataDir }: Place): Promise<Mail[]> {
  const key = readFileSync(join(dataDir, 'deployment.key'), 'utf8').trim().split(/\s+/)[0] ?? '';
  const answer = await fetch(`${url}/internal/mails`, { headers: { 'x-deployment-key': key } });
  return ((await answer.json()) as { mails: Mail[] }).mails;
}

/** The link in the newest mail to somebody, as a path of the deployment. */
export async function linkTo(place: Place, email: string, subject: string): Promise<string> {
  let link: string | undefined;
  await eventually(`mail "${subject}" to ${email}`, async () => {
    const mail = (await mailsOf(place)).find((each) => each.to === email && each.subject.includes(subject));
    link = mail && /https?:\S+/.exec(mail.text)?.[0];
    return link !== undefined;
  });
  return link ?? '';
}

export const pathOf = (link: string): string => link.slice(new URL(link).origin.length);

/** Signs up and confirms the address; signed in when it returns. */
export async function newPerson(
  place: Place,
  email: string,
  name = 'Person',
  person = new Person(place),
): Promise<Person> {
  await person.post('/auth/sign-up/email', { name, email, password: PASSWORD });
  await person.get(pathOf(await linkTo(place, email, 'Confirm')));
  const answer = await person.signIn(email);
  if (answer.status !== 200) throw new Error(`${email} could not sign in: ${answer.status} ${answer.text}`);
  return person;
}
