import { waitUntil } from 'cloudflare:workers';
import type { IdentityEnv } from './env.ts';
import type { OriginEnv } from './origin.ts';

/**
 * A Worker of its own: better-auth is heavy. Its code runs with the first request for it, not with the process: a
 * deployment in which nobody signs in does not pay for it in memory.
 */
export default {
  async fetch(request, env) {
    if (new URL(request.url).pathname === '/internal/rewrap') {
      const { serveRewrap } = await import('./rewrap.ts');
      return serveRewrap(request, env);
    }
    const { serveAuth } = await import('./serve.ts');
    return serveAuth(request, env, (work) => waitUntil(work));
  },
} satisfies ExportedHandler<IdentityEnv & OriginEnv>;
