import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { Launcher, removeDataDir, temporaryDataDir } from '../harness/launcher.ts';
import { newPerson, PASSWORD, Person } from '../harness/person.ts';
import type { Place } from '../harness/person.ts';
import { eventually, processesNaming } from '../harness/processes.ts';

const linux = existsSync('/proc/self/environ');
const EMAIL = 'ada@example.com';
let dataDir: string;
let launcher: Launcher;
let place: Place;
let ada: Person;

const pids = (): number[] =>
  processesNaming(`MILLRACE_PIDS=${dataDir}`)
    .filter(({ command }) => command.includes('satellites/identity'))
    .map(({ pid }) => pid);
/** Never process 0, which is everybody here. */
function kill(pid: number | undefined): void {
  if (!pid) throw new Error('there is nothing to kill');
  process.kill(pid, 'SIGKILL');
}
const killIt = (): void => kill(pids()[0]);

beforeAll(async () => {
  dataDir = temporaryDataDir();
  launcher = new Launcher({ dataDir });
  place = { url: (await launcher.ready()).url, dataDir };
});
afterAll(async () => {
  await launcher.stop();
  removeDataDir(dataDir);
});

describe.runIf(linux)('the identity Worker in a process of its own', () => {
  it('starts with the first who signs up, and works on the database of the product', async ({ expect }) => {
    expect(pids()).toEqual([]);
    ada = await newPerson(place, EMAIL, 'Ada');
    expect(pids()).toHaveLength(1);
    expect(await ada.who()).toBe(EMAIL);
  });

  it('keeps the keys it is given from other users of the machine', ({ expect }) => {
    expect(statSync(join(dataDir, 'satellites/identity/config.capnp')).mode & 0o077).toBe(0);
    const [socket = ''] = readdirSync(join(dataDir, 'run')).filter((name) => name.startsWith('d1-'));
    expect(statSync(join(dataDir, 'run', socket)).mode & 0o077).toBe(0);
  });

  it('is not needed to know who is signed in', async ({ expect }) => {
    killIt();
    await eventually('its end', () => pids().length === 0);
    expect(await ada.who()).toBe(EMAIL);
    expect(pids()).toEqual([]);
  });

  it('comes back with the next sign-in', async ({ expect }) => {
    // Who calls in the moment of its death is told to come again.
    await eventually('a sign-in', async () => (await new Person(place).signIn(EMAIL)).status === 200);
    await expect.poll(pids).toHaveLength(1);
  });

  it('answers each caller although it is killed: with 503 and when to try again', async ({ expect }) => {
    const asked = Array.from({ length: 6 }, (_, n) => new Person(place).signIn(`nobody-${n}@example.com`));
    await new Promise((done) => setTimeout(done, 30));
    killIt();
    for (const answer of await Promise.all(asked)) {
      expect([401, 503]).toContain(answer.status);
      if (answer.status === 503) {
        expect(answer.json).toMatchObject({ code: 'unavailable', hint: expect.any(String) as string });
        expect(answer.headers.get('retry-after')).toBe('5');
      }
    }
    await eventually('a sign-in', async () => (await new Person(place).signIn(EMAIL)).status === 200);
  });

  it('takes no word meant for the launcher from a caller', async ({ expect }) => {
    const body = { email: EMAIL, password: `${PASSWORD}!` };
    const answer = await new Person(place).post('/auth/sign-in/email', body, { 'x-lane': 'exclusive' });
    expect([answer.status, answer.json['code']]).toEqual([401, 'invalid-email-or-password']);
  });

  it('finds the database again when the product was restarted', async ({ expect }) => {
    const product = processesNaming(`MILLRACE_PIDS=${dataDir}`).find(({ command }) => command.includes('--binary'));
    kill(product?.pid);
    await eventually('a sign-in', () =>
      new Person(place).signIn(EMAIL).then(
        ({ status }) => status === 200,
        () => false,
      ),
    );
    await expect.poll(pids).toHaveLength(1);
  });
});
