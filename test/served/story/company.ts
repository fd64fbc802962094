import { linkTo, newPerson, Person } from '../../harness/person.ts';
import type { Heard, Place } from '../../harness/person.ts';
import { asking } from '../../matrix/route.ts';
import type { Ask } from '../../matrix/route.ts';
import { asOperator } from '../people.ts';
import type { Answer, Server } from '../server.ts';

/** Somebody with a browser; whatever they are answered is kept. */
class Witness extends Person {
  readonly #heard: string[];
  constructor(place: Place, heard: string[]) {
    super(place);
    this.#heard = heard;
  }
  override async call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Heard> {
    const answer = await super.call(method, path, body, headers);
    this.#heard.push(`${answer.status} ${JSON.stringify([...answer.headers])} ${answer.text}`);
    return answer;
  }
}

/** One organisation of the story, with those who act for it and all that any of them was ever answered. */
export class Company {
  readonly heard: string[] = [];
  readonly id: string;
  readonly #server: Server;
  readonly #place: Place;
  /** An API key that may do everything in it. */
  key = '';
  owner: Person;

  constructor(server: Server, id: string) {
    this.id = id;
    this.#server = server;
    this.#place = { url: server.ready.url, dataDir: server.dataDir };
    this.owner = this.visitor();
  }

  visitor = (): Person => new Witness(this.#place, this.heard);

  /** Somebody who signs up, and confirms the address by the link in the mail. */
  signUp = (email: string): Promise<Person> => newPerson(this.#place, email, email, this.visitor());

  /** From the form to the first run: the quick start's webhook has answered. Milliseconds. */
  async found(email: string): Promise<number> {
    this.owner = await this.signUp(email);
    const beganMs = performance.now();
    const made = await this.owner.post('/v1/organizations', { name: this.id, id: this.id });
    const first = await this.hook('quick-start');
    const tookMs = performance.now() - beganMs;
    if (made.status !== 201 || first.status !== 200) throw new Error(`${made.status} ${made.text} ${first.status}`);
    const key = await this.owner.in(this.id, 'POST', '/v1/keys', { name: 'everything', scopes: ['*'] });
    this.key = String(key.json['key']);
    return tookMs;
  }

  /** Invited by mail; signed up and in when it returns. */
  async invite(email: string, role: string): Promise<Person> {
    const invited = await this.owner.in(this.id, 'POST', '/v1/invitations', { email, role });
    if (invited.status !== 201) throw new Error(`${invited.status} ${invited.text}`);
    const [, token] = (await linkTo(this.#place, email, this.id)).split('#invitation=');
    const person = await this.signUp(email);
    const taken = await person.post('/v1/account/invitations', { token });
    if (taken.json['organization'] !== this.id) throw new Error(`${taken.status} ${taken.text}`);
    return person;
  }

  /** Calls of its API key. */
  get ask(): Ask {
    const send = async (path: string, init: RequestInit): Promise<Response> => {
      const response = await fetch(this.#server.ready.url + path, init);
      const text = await response.clone().text();
      this.heard.push(`${response.status} ${JSON.stringify([...response.headers])} ${text}`);
      return response;
    };
    return asking(send, { authorization: `Bearer ${this.key}` });
  }

  /** @throws Error with the answer when it is not 2xx. */
  async ok(key: string, sent: Parameters<Ask>[1] = {}): Promise<Record<string, unknown>> {
    const { status, text, json } = await this.ask(key, sent);
    if (status >= 300) throw new Error(`${key}: ${status} ${text.slice(0, 1_000)}`);
    return json ?? {};
  }

  /** A call of one of its webhooks. */
  async hook(path: string, body: unknown = {}): Promise<Response> {
    const response = await fetch(`${this.#server.ready.url}/hooks/${this.id}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    this.heard.push(`${response.status} ${await response.clone().text()}`);
    return response;
  }

  /** What the operator of the deployment does to it. */
  async operated(method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await asOperator(this.#server, method, path.replace('{id}', this.id), body);
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text}`);
    return answer;
  }
}
