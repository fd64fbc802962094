// The launcher's own Worker beside the product: the app's files, the way to the stores, and the launcher's own wishes.
import { WorkerEntrypoint } from 'cloudflare:workers';

const TYPES = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  json: 'application/json',
  webmanifest: 'application/manifest+json',
  txt: 'text/plain; charset=utf-8',
  woff2: 'font/woff2',
  wasm: 'application/wasm',
};

// The hash is of the one style that react-aria puts into the page (touch-action of what can be pressed). The same text
// is in web/app/public/_headers, for Cloudflare.
const SECURITY = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  // a window of a service that one signs in to keeps its way back to us; `same-origin` cut it
  'cross-origin-opener-policy': 'same-origin-allow-popups',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy':
    "default-src 'self'; style-src 'self' 'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='; script-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; object-src 'none'; require-trusted-types-for 'script'; trusted-types millrace-worker; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
};

// A directory answers 200 with a JSON listing of its names.
const read = async (env, path) => {
  const file = await env.FILES.fetch(`http://disk${path}`);
  return file.ok && file.headers.get('content-type') !== 'application/json' ? file : undefined;
};

// The build puts a gzipped copy beside each text (scripts/setup/pack.mjs).
const takesGzip = (request) =>
  /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(request.headers.get('accept-encoding') ?? '');

const serve = async (env, path, request) => {
  const packed = takesGzip(request) ? await read(env, `${path}.gz`) : undefined;
  const file = packed ?? (await read(env, path));
  if (!file) return undefined;
  const extension = path.slice(path.lastIndexOf('.') + 1);
  const headers = new Headers(SECURITY);
  headers.set('vary', 'accept-encoding');
  if (packed) headers.set('content-encoding', 'gzip');
  headers.set('content-type', TYPES[extension] ?? 'application/octet-stream');
  // Names under /assets/ carry a hash of their content.
  headers.set('cache-control', path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
  return new Response(file.body, { headers, encodeBody: packed ? 'manual' : 'automatic' });
};

/** Serves the built app from disk: any path that is no file gets index.html. */
export class Assets extends WorkerEntrypoint {
  async fetch(request) {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return new Response('Only GET and HEAD here.\n', { status: 405, headers: { allow: 'GET, HEAD' } });
    }
    const { pathname } = new URL(request.url);
    const hidden = pathname
      .split('/')
      .some((part) => part.startsWith('.') || part.includes('%2e') || part.includes('%2E'));
    const found = !hidden && pathname !== '/' && (await serve(this.env, pathname, request));
    return (
      found ||
      (await serve(this.env, '/index.html', request)) ||
      new Response('The app is not built.\n', { status: 404 })
    );
  }
}

/** What leaves past the executor, which nothing should: public addresses only. */
export class Egress extends WorkerEntrypoint {
  fetch(request) {
    return this.env.NET.fetch(request);
  }
}

/** Passes on to the object that stands in for one database, bucket or queue; `props.name` says which. */
const storeOf = (objects) =>
  class extends WorkerEntrypoint {
    fetch(request) {
      const { name } = this.ctx.props;
      const namespace = this.env[objects];
      // The object reads its name here: it is in no address.
      return namespace.get(namespace.idFromName(name)).fetch(request, { cf: { miniflare: { name } } });
    }
  };
export const Database = storeOf('DATABASES');
export const Bucket = storeOf('BUCKETS');
export const Queue = storeOf('QUEUES');

/** What the launcher asks of the running product: apply migrations, fire crons. On a unix socket in DATA_DIR. */
export default {
  async fetch(request, env) {
    const { pathname } = new URL(request.url);
    const body = await request.json();
    try {
      if (pathname === '/scheduled') {
        return Response.json(
          await env.MAIN.scheduled({ cron: body.cron, scheduledTime: new Date(body.scheduledTime) }),
        );
      }
      const database = env[body.binding];
      if (pathname === '/query') {
        return Response.json((await database.prepare(body.sql).all()).results);
      }
      if (pathname === '/batch') {
        await database.batch(body.statements.map(({ sql, values }) => database.prepare(sql).bind(...values)));
        return Response.json(null);
      }
      return Response.json({ error: `Unknown call ${pathname}` }, { status: 404 });
    } catch (error) {
      return Response.json({ error: String(error?.message ?? error) }, { status: 500 });
    }
  },
};
