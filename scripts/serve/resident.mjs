// What stays: the launcher in a process of its own, so that it holds nothing of the checks and the build before it.
// Started by start.mjs with the options it read.
import { enableCompileCache } from 'node:module';
import { resolve } from 'node:path';
import { compileCache } from './compile.mjs';

const root = resolve(import.meta.dirname, '../..');
const json = process.argv.includes('--json');

const greeting = ({ url, apiKey, hookUrl }) => `
Millrace is running.

  Open   ${url}/#key=${apiKey}

  Send something through the first workflow:
  curl -X POST ${hookUrl} -H 'content-type: application/json' -d '{"hello":"world"}'

  People sign up at ${url}/sign-up (docs/guide/signing-in.md)${
    process.env.SMTP_URL ? '' : '\n  Without SMTP_URL their mails wait here: npm run --silent cli -- mails'
  }

  Stop with Ctrl-C. Everything is kept in the data folder.
`;

enableCompileCache(compileCache(root));
const { launch } = await import('./main.ts');
if (process.argv.includes('--compile')) {
  process.exit(0);
}
const { watchNpm } = await import('./npm-parents.ts');
watchNpm(() => process.kill(process.pid, 'SIGTERM'));
let greeted = false;
try {
  await launch({
    root,
    env: process.env,
    onReady(ready) {
      if (greeted) {
        process.stderr.write(`millrace: running again at ${ready.url}\n`);
      } else {
        process.stdout.write(json ? `${JSON.stringify(ready)}\n` : greeting(ready));
      }
      greeted = true;
    },
  });
  process.exit(0);
} catch (error) {
  process.stderr.write(`millrace: ${error.message}\n`);
  process.exit(1);
}
