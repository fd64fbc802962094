import path from 'node:path';
import { describe, it } from 'vitest';
import { absent, DATA, readCollection } from '../../test/conformance/collection.ts';
import { CaseHost } from '../../test/conformance/host.ts';
import { runNodeCase } from '../../test/conformance/node-cases.ts';
import { runOrderCase } from '../../test/conformance/order-cases.ts';

const { orders, errors } = readCollection(path.join(DATA, 'engine'));

describe('n8n’s own cases of the engine', () => {
  const missing = absent('engine');
  if (missing) it.skip(missing, () => undefined);
  for (const each of orders) {
    it(`[RUN1] [RUN2] ${each.id}: ${each.description}`, async ({ expect }) => {
      const host = new CaseHost();
      expect(await runOrderCase(each, host)).toBeUndefined();
      host.close();
    });
  }
  for (const each of errors) {
    it(`[RUN7] [RUN8] ${each.id}`, async ({ expect }) => {
      const host = new CaseHost();
      expect(await runNodeCase(each, host)).toBeUndefined();
      host.close();
    });
  }
});
