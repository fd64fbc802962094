import { waitUntil } from 'cloudflare:workers';
import type { IdentityEnv } from './env.ts';
import type { OriginEnv } from './origin.ts';
import { serveAuth } from './serve.ts';

/** A Worker of its own: better-auth is heavy, and hashing a password holds its thread. Reached by a service binding. */
export default {
  fetch: (request, env) => serveAuth(request, env, (work) => waitUntil(work)),
} satisfies ExportedHandler<IdentityEnv & OriginEnv>;
