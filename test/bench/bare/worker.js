// What the platform can do without a product: the ceilings that ratios are taken against.
import { DurableObject } from 'cloudflare:workers';

export class Bare extends DurableObject {
  constructor(ctx, env) {
    super(ctx, env);
    this.n = 0;
    this.sql = ctx.storage.sql;
    this.sql.exec(
      'CREATE TABLE IF NOT EXISTS ev(id INTEGER PRIMARY KEY, run TEXT, step INTEGER, kind TEXT, data TEXT, at INTEGER)',
    );
  }
  log(step, data) {
    this.sql.exec(
      'INSERT INTO ev(run, step, kind, data, at) VALUES (?, ?, ?, ?, ?)',
      `run_${this.n}`,
      step,
      'step.done',
      data,
      Date.now(),
    );
  }
  /** One commit a request. */
  insert() {
    this.log(0, '{"out":{"ok":true,"value":12345}}');
    return ++this.n;
  }
  /** Two commits a request, with a call between them: the hand-written form of W4. */
  async call(body) {
    this.n++;
    this.log(0, JSON.stringify(body));
    const item = await (await fetch('http://127.0.0.1:9099/item')).json();
    const out = { id: body.id, price: item.price };
    this.log(1, JSON.stringify(out));
    return out;
  }
}

const CODE = `import { WorkerEntrypoint } from 'cloudflare:workers';
export default class extends WorkerEntrypoint {
  run(items) {
    const out = [];
    for (const item of items) {
      const total = item.price * item.qty;
      if (total > 100) out.push({ ...item, label: item.name.toUpperCase(), total });
    }
    return { count: out.length, sum: out.reduce((sum, item) => sum + item.total, 0) };
  }
}`;
const ISOLATE = {
  compatibilityDate: '2026-01-01',
  mainModule: 'm.js',
  modules: { 'm.js': CODE },
  globalOutbound: null,
};

export default {
  async fetch(request, env) {
    const object = env.BARE.get(env.BARE.idFromName('one'));
    switch (new URL(request.url).pathname) {
      case '/ins1':
        return new Response(String(await object.insert()));
      case '/w4':
        return Response.json(await object.call(await request.json()));
      case '/w5': {
        const { items } = await request.json();
        return Response.json(
          await env.LOADER.get('w5', () => ISOLATE)
            .getEntrypoint()
            .run(items),
        );
      }
      // What the launcher asks of any Worker it runs.
      case '/internal/seed':
        return Response.json({ tenant: 'bare', apiKey: 'none', hookPath: '/ins1' });
    }
    return new Response('ok');
  },
  scheduled() {},
  async queue() {},
};
