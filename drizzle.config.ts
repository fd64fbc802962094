import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'sqlite',
  schema: './workers/areas/*/tables.ts',
  out: './migrations',
  // Two branches that both add "0006_…" would collide; timestamps do not.
  migrations: { prefix: 'timestamp' },
});
