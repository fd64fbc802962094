import { cloudflare } from '@cloudflare/vite-plugin';
import { defineConfig } from 'vite';

export default defineConfig({
  root: 'web/app',
  plugins: [cloudflare({ configPath: '../../wrangler.toml', persistState: { path: '../../.wrangler/state' } })],
  build: { outDir: '../../dist', emptyOutDir: true },
});
