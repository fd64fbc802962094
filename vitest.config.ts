import { existsSync } from 'node:fs';
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';
import { satelliteOptions } from './scripts/satellites/build.ts';

/** Start, hang and kill real processes, and may install them first: not part of `npm run check`. */
const PROCESS_TESTS = ['**/*.process.node.test.ts'];
/** Compute for seconds: properties, whole corpora, slow paths. In `npm test`, not in `npm run check`. */
const THOROUGH_TESTS = ['**/*.thorough.test.ts'];

/** What is awaited of servers and browsers comes when two cores get to it; vitest's own second is no patience. */
const PATIENT = { poll: { timeout: 20_000 } };

export default defineConfig({
  test: {
    // The workerd pool cannot read vitest 5.1's on-disk module cache: every suite would fail to load.
    fsModuleCache: false,
    coverage: {
      provider: 'istanbul',
      include: ['core/**', 'workers/**', 'durable-objects/**', 'sdk/**'],
      exclude: ['**/*.test.ts', '**/*.generated.ts'],
      reporter: ['text', 'json-summary'],
    },
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: [
            'core/**/*.test.ts',
            'sdk/**/*.test.ts',
            'web/**/*.test.ts',
            'scripts/**/*.test.ts',
            'test/regression/unit/**/*.test.ts',
            'test/boundaries/**/*.test.ts',
            'test/contract/**/*.test.ts',
            'test/conformance/**/*.test.ts',
            'test/attack/**/*.test.ts',
            'test/fuzz/**/*.test.ts',
            'test/bench/**/*.test.ts',
            'test/simulation/**/*.test.ts',
            'test/crash/**/*.test.ts',
            'test/golden/**/*.test.ts',
            'test/mutants/**/*.test.ts',
            'durable-objects/**/*.node.test.ts',
            'workers/**/*.node.test.ts',
          ],
          exclude: ['**/node_modules/**', ...PROCESS_TESTS, ...THOROUGH_TESTS],
          testTimeout: 20_000,
          // Pure code shares nothing that a test could spoil; loading it anew for each file would double the time.
          isolate: false,
        },
      },
      {
        plugins: [
          cloudflareTest(async () => ({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              workers: (await satelliteOptions(import.meta.dirname)).map((satellite) => ({
                ...satellite,
                bindings: { ...satellite.bindings, DEPLOYMENT_KEY: 'test-deployment-key' },
              })),
              bindings: {
                DEPLOYMENT_KEY: 'test-deployment-key',
                SERVES_TEMPLATE: 'yes',
                TEST_MIGRATIONS: existsSync('migrations') ? await readD1Migrations('./migrations') : [],
              },
            },
          })),
        ],
        test: {
          name: 'workers',
          include: [
            'durable-objects/**/*.test.ts',
            'workers/**/*.test.ts',
            'test/workers/**/*.test.ts',
            'test/regression/workers/**/*.test.ts',
          ],
          exclude: ['**/node_modules/**', '**/*.node.test.ts'],
          setupFiles: ['./test/harness/workers/setup.ts'],
          // Tests name tenants of their own; loading the product anew for each file took three times as long as they do.
          isolate: false,
          // The pool gives CommonJS of old parsers the ES modules of their dependencies; bundled, as in the product,
          // they find what they ask for.
          deps: { optimizer: { ssr: { enabled: true, include: ['node-html-markdown'] } } },
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'thorough',
          environment: 'node',
          include: THOROUGH_TESTS,
          setupFiles: ['test/harness/seed.ts'],
          exclude: ['**/node_modules/**'],
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'processes',
          environment: 'node',
          include: PROCESS_TESTS,
          exclude: ['**/node_modules/**'],
          testTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'served',
          environment: 'node',
          include: ['test/served/**/*.test.ts', 'test/hostile/**/*.test.ts'],
          setupFiles: ['test/harness/connections.ts'],
          testTimeout: 90_000,
          hookTimeout: 180_000,
          expect: PATIENT,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['test/e2e/**/*.test.ts'],
          setupFiles: ['test/harness/connections.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          expect: PATIENT,
          fileParallelism: false,
        },
      },
    ],
  },
});
