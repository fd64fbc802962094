import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { JsonObject } from '../../core/data/item.ts';
import type { Template } from '../../web/areas/workflows/template.ts';
import { type RunView, Server } from './server.ts';

const folder = resolve(import.meta.dirname, '../../web/areas/workflows/templates');
const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));

/** What each is started with, and what its last step then gives. One that is not here fails. */
const TRIALS: Readonly<Record<string, { input: JsonObject[]; gives: JsonObject[]; answer?: JsonObject }>> = {
  'chat-desk': {
    input: [{ chatInput: 'When are you OPEN?', sessionId: 's' }],
    gives: [{ output: 'We are open Monday to Friday, nine to five.' }],
  },
  'csv-to-json': { input: [], gives: [] },
  'expense-approval': {
    input: [{ Purpose: 'Train', Amount: 120 }],
    answer: { approved: true },
    gives: [{ status: 'approved', approval: { approved: true } }],
  },
  newsletter: { input: [{ Subject: 'May', Text: '# Hi' }], gives: [{ subject: 'May', html: '<h1 id="hi">Hi</h1>' }] },
  'only-new': {
    input: [{ body: { entries: [{ id: 1 }, { id: 2 }] } }],
    gives: [{ id: 1, isNew: true }, { id: 2 }],
  },
  'orders-summary': {
    input: [
      {
        body: {
          orders: [
            { product: 'tea', amount: 1 },
            { product: 'jam', amount: 5 },
            { product: 'tea', amount: 2 },
          ],
        },
      },
    ],
    gives: [
      { product: 'jam', sum_amount: 5 },
      { product: 'tea', sum_amount: 3 },
    ],
  },
  triage: { input: [{ body: { subject: 'A Complaint' } }], gives: [{ team: 'support', urgent: true }] },
  // no test reaches the network: the branch that says so is the one that is taken
  'watch-a-site': { input: [{}], gives: [{ state: 'down' }] },
  'webhook-answer': { input: [{ body: { name: 'Ada' } }], gives: [{ greeting: 'Hello Ada' }] },
};

describe('templates', () => {
  let server: Server;
  beforeAll(async () => {
    server = await Server.start({ EGRESS_ALLOW: 'public' });
  });
  afterAll(() => server?.stop());

  it.for(files)('%s can be created, published and run', async (file, { expect }) => {
    const { template } = (await import(join(folder, file))) as { template: Template };
    const trial = TRIALS[file.slice(0, -3)];
    if (!trial) throw new Error(`Say in TRIALS what ${file} is started with and gives.`);
    for (const texts of [template.title, template.summary]) expect(Object.keys(texts)).toEqual(['en', 'de']);
    const validated = await server.ok('POST', '/v1/workflows/validate', template.document);
    expect(validated).toEqual({ ok: true, problems: [] });
    const id = await server.publish(template.document);
    if (trial.input.length === 0) return;
    let run = await server.start(id, { input: trial.input, node: template.document.nodes[0]?.id ?? '' }, '60s');
    if (trial.answer) {
      expect(run.status).toBe('waiting');
      await server.ok('POST', `/v1/runs/${run.id}/answer`, trial.answer);
      run = await server.run(run.id, '10s');
    }
    expect(run.status).toBe('success');
    const last = run.nodes.at(-1) as RunView['nodes'][number];
    expect(last.outputs.flatMap((items) => items ?? []).map(({ json }) => json)).toMatchObject(trial.gives);
  });
});
