import { cloudflare } from '@cloudflare/vite-plugin';
import { defineConfig } from 'vite';
import { ssh2Plugin } from './scripts/ssh2-plugin.ts';

export default defineConfig({
  root: 'web/app',
  plugins: [
    ssh2Plugin,
    cloudflare({ configPath: '../../wrangler.toml', persistState: { path: '../../.wrangler/state' } }),
  ],
  build: { outDir: '../../dist', emptyOutDir: true },
  environments: {
    millrace: {
      build: {
        rolldownOptions: {
          // Names stay: what is printed from a failure must be readable. Without comments and blanks alone the Worker is
          // a sixth smaller, for uploads and for the memory of each isolate.
          output: { minify: { compress: false, mangle: false, codegen: true } },
        },
      },
    },
  },
});
