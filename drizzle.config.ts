import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'sqlite',
  // Rows of organisations are in areas; people and mails exist outside them.
  schema: ['./workers/areas/*/tables.ts', './workers/identity/tables.ts', './workers/mail/tables.ts'],
  out: './migrations',
  // Two branches that both add "0006_…" would collide; timestamps do not.
  migrations: { prefix: 'timestamp' },
});
