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
  async reads({ env }) {
    await env.DB.exec('CREATE TABLE IF NOT EXISTS kinds (id INTEGER, a REAL, b TEXT, c BLOB, d TEXT)');
    const insert = env.DB.prepare('INSERT INTO kinds VALUES (?, ?, ?, ?, ?)');
    await env.DB.batch([
      insert.bind(1, 0.5, "it's; \u0000 x", new Uint8Array([0, 255]), null),
      insert.bind(2, -3, '', null, 'é'),
    ]);
    const fields = 'id, a, b, c, d, a AS b2, count(*) OVER () AS n FROM kinds WHERE id > ?1 ORDER BY id';
    const told = async (sql) => {
      const query = env.DB.prepare(sql).bind(0);
      const { results, success } = await query.all();
      return [success, results, await query.raw({ columnNames: true }), await query.first('b2'), await query.first()];
    };
    const failure = (sql) =>
      env.DB.prepare(sql)
        .all()
        .then(
          ({ results }) => results,
          (error) => error.message,
        );
    const batched = await env.DB.batch([env.DB.prepare('SELECT 1 AS x'), env.DB.prepare('SELECT ?1 AS y').bind('é')]);
    const count = () => env.DB.prepare('SELECT count(*) AS n FROM kinds').first('n');
    return {
      short: await told(`SELECT ${fields}`),
      long: await told(`WITH one AS (SELECT 1) SELECT ${fields}`),
      unknown: [await failure('SELECT missing FROM kinds')],
      writing: [
        await env.DB.prepare('DELETE FROM kinds WHERE id = 2')
          .run()
          .then(({ meta }) => meta.changes),
        await count(),
      ],
      several: [
        await failure('SELECT 1; DELETE FROM kinds'),
        await failure("INSERT INTO kinds (b) VALUES ('x') -- ;\n; DELETE FROM kinds /* ; */;"),
        await count(),
      ],
      one: await failure(`SELECT ';' AS a, b AS ";" FROM kinds /* ; DELETE */ ;`),
      batched: batched.map(({ results }) => results),
    };
  },
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
