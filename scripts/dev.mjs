// `npm run dev`: Vite with the Worker, objects and D1 in one process; edits are live within a second or two.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled, modernNode } from './setup/install.mjs';
import { runUnder } from './setup/run-under.mjs';

const root = resolve(fileURLToPath(import.meta.url), '../..');
ensureInstalled(root);
const node = modernNode(root);
const vars = join(root, '.dev.vars');
if (!existsSync(vars)) {
  writeFileSync(vars, `DEPLOYMENT_KEY=${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
}
const migrated = spawnSync(
  node,
  [join(root, 'node_modules/wrangler/bin/wrangler.js'), 'd1', 'migrations', 'apply', 'DB', '--local'],
  { cwd: root, stdio: ['ignore', 2, 2], env: { ...process.env, WRANGLER_SEND_METRICS: 'false' } },
);
if (migrated.status !== 0) {
  process.exit(1);
}
const host = process.env.HOST ?? '127.0.0.1';
const port = process.env.PORT ?? '5173';
const url = `http://${host}:${port}`;

/** Makes the local tenant once the Worker answers, as `npm start` does. */
async function seed() {
  const key = /^DEPLOYMENT_KEY=(.+)$/m.exec(readFileSync(vars, 'utf8'))?.[1] ?? '';
  const kept = join(root, '.wrangler/quickstart.json');
  const body = existsSync(kept) ? readFileSync(kept, 'utf8') : '{}';
  for (let tries = 0; tries < 240; tries++) {
    await new Promise((done) => setTimeout(done, 500));
    const headers = { 'x-deployment-key': key, 'content-type': 'application/json' };
    const answer = await fetch(`${url}/internal/seed`, { method: 'POST', headers, body }).catch(() => undefined);
    if (!answer?.ok) continue;
    const { apiKey, hookPath } = await answer.json();
    writeFileSync(kept, JSON.stringify({ apiKey }), { mode: 0o600 });
    console.log(
      `\n  Open ${url}/#key=${apiKey}\n  curl -X POST ${url}${hookPath} -H 'content-type: application/json' -d '{}'\n`,
    );
    return;
  }
  console.error('The Worker did not answer, so no tenant was made; see above.');
}

void seed();
const args = [join(root, 'node_modules/vite/bin/vite.js'), 'dev', '--host', host, '--port', port, '--strictPort'];
process.exit(await runUnder(node, [...args, ...process.argv.slice(2)], { cwd: root }));
