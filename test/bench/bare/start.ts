// Runs another root's Worker with the product's own launcher: `node test/bench/bare/start.ts ROOT`.
import { launch } from '../../../scripts/serve/main.ts';

await launch({
  root: process.argv[2] ?? '',
  env: process.env,
  onReady: (ready) => void process.stdout.write(`${JSON.stringify(ready)}\n`),
});
process.exit(0);
