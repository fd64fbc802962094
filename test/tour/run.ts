// `npm run tour -- [state …]`: the pictures of docs/guide/tour.md, made from the product as it is.
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { hasBrowser } from '../harness/browser.ts';
import { WebApp } from '../harness/web-app.ts';
import { settle } from './people.ts';
import { STATES } from './states.ts';
import { build } from './world.ts';

const GUIDE = resolve(import.meta.dirname, '../../docs/guide');
const THEMES = ['light', 'dark'] as const;
/** A page of the guide is read on slow lines as well. */
const MAX_BYTES = 150_000;
const SIZE = { width: 1280, height: 800 };

if (!hasBrowser) process.exit(1);
const tooLarge: string[] = [];
const wanted = new Set(process.argv.slice(2));
mkdirSync(resolve(GUIDE, 'tour'), { recursive: true });
const app = await WebApp.open();
try {
  const owner = await settle(app);
  const world = await build(app);
  for (const colorScheme of THEMES) {
    const stranger = await (await app.browser.newContext({ colorScheme, viewport: SIZE })).newPage();
    const context = await app.browser.newContext({ colorScheme, viewport: SIZE, locale: 'en-GB' });
    await context.addCookies([...owner.cookies].map(([name, value]) => ({ name, value, url: app.ready.url })));
    const page = await context.newPage();
    for (const state of STATES) {
      if (wanted.size > 0 && !wanted.has(state.name)) continue;
      const here = state.name === 'sign-in' ? stranger : page;
      if (here === stranger) await here.goto(app.ready.url);
      await state.open(here, app, world);
      // pictures of what moves would differ each time
      await here.waitForTimeout(700);
      const path = resolve(GUIDE, 'tour', `${state.name}-${colorScheme}.png`);
      await here.screenshot({ path, animations: 'disabled', caret: 'hide' });
      const { size } = statSync(path);
      process.stdout.write(`${state.name}-${colorScheme} ${Math.round(size / 1_000)} kB\n`);
      if (size > MAX_BYTES) tooLarge.push(`${path} has ${size} bytes; at most ${MAX_BYTES}.`);
    }
  }
} finally {
  await app.close();
}

const entries = STATES.map(
  ({ name, title, text }) =>
    `## ${title}\n\n${text}\n\n| light | dark |\n| --- | --- |\n| ![${title}, light](tour/${name}-light.png) | ![${title}, dark](tour/${name}-dark.png) |\n`,
);
const head =
  '# A tour of the app\n\nEvery picture is made from the product by `npm run tour`; nothing is drawn by hand.\n';
writeFileSync(resolve(GUIDE, 'tour.md'), `${head}\n${entries.join('\n')}`);
if (tooLarge.length > 0) throw new Error(tooLarge.join('\n'));
