import { cloudflare } from '@cloudflare/vite-plugin';
import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { type EnvironmentOptions, defineConfig } from 'vite';
import { ariaPlugin } from './scripts/aria-plugin.ts';
import { asciiPlugin } from './scripts/ascii-plugin.ts';
import { satellites } from './scripts/satellites/list.ts';
import { firstVisitPlugin } from './scripts/first-visit-plugin.ts';
import { ssh2Plugin } from './scripts/ssh2-plugin.ts';

const satelliteWorkers = satellites(import.meta.dirname);
const worker = ({ minify = false } = {}): EnvironmentOptions => ({
  // `npm run dev` bundles packages before and without the plugins below.
  optimizeDeps: { rolldownOptions: { plugins: [ssh2Plugin] } },
  build: {
    rolldownOptions: {
      // Names stay: what is printed from a failure must be readable. Without comments and blanks alone the Worker is
      // a sixth smaller, for uploads and for the memory of each isolate.
      output: { minify: minify || { compress: false, mangle: false, codegen: true } },
    },
  },
});

export default defineConfig({
  root: 'web/app',
  plugins: [
    ssh2Plugin,
    asciiPlugin,
    ariaPlugin,
    firstVisitPlugin,
    react(),
    tailwind(),
    cloudflare({
      configPath: '../../wrangler.toml',
      auxiliaryWorkers: satelliteWorkers.map(({ configPath }) => ({ configPath })),
      persistState: { path: '../../.wrangler/state' },
    }),
  ],
  build: { outDir: '../../dist', emptyOutDir: true },
  environments: {
    millrace: worker(),
    ...Object.fromEntries(satelliteWorkers.map(({ built, hosting }) => [built, worker(hosting)])),
  },
});
