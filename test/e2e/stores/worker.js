// A Worker that does to its stores what it is told, run by the launcher in the product's place.
const seen = [];

/** Answers with what came of it. */
const wishes = {
  async batch({ env, body }) {
    await env.DB.exec('CREATE TABLE IF NOT EXISTS notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL)');
    const insert = env.DB.prepare('INSERT INTO notes (text) VALUES (?) RETURNING id, text');
    return (await env.DB.batch(body.map((text) => insert.bind(text)))).map(({ results }) => results[0]);
  },
  notes: async ({ env }) => (await env.DB.prepare('SELECT text FROM notes ORDER BY id').raw()).flat(),
  async files({ env, body }) {
    const put = await env.FILES.put('a/one', body.text, {
      httpMetadata: { contentType: 'text/plain' },
      customMetadata: { by: 'test' },
    });
    const upload = await env.FILES.createMultipartUpload('a/two');
    await upload.complete([await upload.uploadPart(1, body.text)]);
    const part = await env.FILES.get('a/one', { range: { offset: 1, length: 3 } });
    const refused = await env.FILES.put('a/one', 'other', { onlyIf: { etagMatches: 'never' } });
    const { objects } = await env.FILES.list({ prefix: 'a/' });
    await env.FILES.delete('a/two');
    const { httpMetadata, customMetadata, size } = await env.FILES.head('a/one');
    return {
      etag: put.etag === part.etag,
      part: await part.text(),
      refused,
      listed: objects.map(({ key }) => key),
      gone: await env.FILES.get('a/two'),
      head: { httpMetadata, customMetadata, size },
    };
  },
  file: async ({ env }) => (await env.FILES.get('a/one'))?.text() ?? null,
  async send({ env, body }) {
    await env.JOBS.send(body);
    await env.JOBS.sendBatch([{ body: { n: 'batched' } }]);
    return null;
  },
  seen: () => seen,
};

export default {
  async fetch(request, env) {
    const { pathname } = new URL(request.url);
    const wish = wishes[pathname.slice(1)];
    // What the launcher asks of a product when it starts.
    if (!wish) return Response.json({ tenant: 'local', apiKey: 'none', hookPath: '/' });
    return Response.json(await wish({ env, body: request.method === 'POST' ? await request.json() : undefined }));
  },
  queue({ queue, messages }) {
    for (const message of messages) {
      seen.push({ queue, body: message.body, attempts: message.attempts });
      if (message.body.fails === true && message.attempts === 1) message.retry();
    }
  },
};
