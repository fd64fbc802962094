import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { httpCall } from './http-call.ts';
import { writePrivate } from './secrets.ts';

const SEED_TIMEOUT_MS = 20_000;

/** What a newcomer needs, and the one line `npm start -- --json` prints. */
export interface QuickStart {
  url: string;
  tenant: string;
  apiKey: string;
  hookUrl: string;
}

interface Seed {
  tenant: string;
  apiKey: string;
  hookPath: string;
}

/** Makes the first tenant, key and workflow, or finds those of an earlier start. @throws Error with the answer. */
export async function seed(url: URL, deploymentKey: string, dataDir: string): Promise<QuickStart> {
  const path = join(dataDir, 'quickstart.json');
  const known = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as { apiKey?: string }) : {};
  const { status, text } = await httpCall({
    to: url,
    path: '/internal/seed',
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-deployment-key': deploymentKey },
    body: JSON.stringify(known.apiKey ? { apiKey: known.apiKey } : {}),
    timeoutMs: SEED_TIMEOUT_MS,
  });
  if (status < 200 || status > 299) {
    throw new Error(`Seeding failed with ${status}: ${text.slice(0, 500)}`);
  }
  const { tenant, apiKey, hookPath } = JSON.parse(text) as Seed;
  writePrivate(path, JSON.stringify({ tenant, apiKey }));
  return { url: url.origin, tenant, apiKey, hookUrl: new URL(hookPath, url).href };
}
