import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hashPassword } from '../../../workers/identity/password.ts';
import { launch } from '../launcher.ts';
import { cpuMsOf } from '../process-tree.ts';
import { median, round } from '../results.ts';
import type { BenchContext, Section } from '../section.ts';

const SIGN_INS = 40;
const HASHES = 20;
const ADA = { email: 'ada@bench.test', password: 'correct horse battery' };

/** A password and the answer with a session, over HTTP, one after the other; and what the hash alone costs here. */
async function run(context: BenchContext) {
  const dataDir = context.folder('sign-in');
  const { url, pid, stop } = await launch({ dataDir });
  try {
    const post = async (path: string, body: object): Promise<void> => {
      const headers = { 'content-type': 'application/json', origin: url };
      const answer = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      await answer.arrayBuffer();
    };
    await post('/auth/sign-up/email', { name: 'Ada', ...ADA });
    await fetch(await linkIn(url, dataDir), { redirect: 'manual' });
    // The first loads the Worker.
    await post('/auth/sign-in/email', ADA);
    const times: number[] = [];
    const before = cpuMsOf(pid);
    for (let at = 0; at < SIGN_INS; at++) {
      const startedAt = performance.now();
      await post('/auth/sign-in/email', ADA);
      times.push(performance.now() - startedAt);
    }
    const cpuMs = round((cpuMsOf(pid) - before) / SIGN_INS, 1);
    const p95 = times.toSorted((a, b) => a - b)[Math.floor(SIGN_INS * 0.95)] ?? 0;
    return {
      results: { signIn: { p50: round(median(times), 1), p95: round(p95, 1), cpuMs, hashCpuMs: await hashCpuMs() } },
    };
  } finally {
    await stop();
  }
}

/** In this process: the pool's threads count in its time. */
async function hashCpuMs(): Promise<number> {
  await hashPassword(ADA.password);
  const before = process.cpuUsage();
  for (let at = 0; at < HASHES; at++) await hashPassword(ADA.password);
  const { user, system } = process.cpuUsage(before);
  return round((user + system) / 1_000 / HASHES, 1);
}

/** The link of the one mail there is: without a mail server the operator reads them. */
async function linkIn(url: string, dataDir: string): Promise<string> {
  const key = readFileSync(join(dataDir, 'deployment.key'), 'utf8').trim();
  for (let tries = 0; tries < 100; tries++) {
    const answer = await fetch(`${url}/internal/mails`, { headers: { 'x-deployment-key': key } });
    const { mails } = (await answer.json()) as { mails: { text: string }[] };
    const link = /https?:\/\/\S+/.exec(mails[0]?.text ?? '')?.[0];
    if (link !== undefined) return url + link.slice(new URL(link).origin.length);
    await sleep(100);
  }
  throw new Error('No mail came');
}

export const section: Section = { name: 'sign-in', run };
