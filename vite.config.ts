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
});
