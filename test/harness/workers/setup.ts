// Every test file gets its own storage; the schema is brought up to date before the first test of each.
import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';

const bound = env as unknown as {
  DB: D1Database;
  TEST_MIGRATIONS: Parameters<typeof applyD1Migrations>[1];
};

await applyD1Migrations(bound.DB, bound.TEST_MIGRATIONS);
