import type { Env } from '../env.ts';
import { routesOf } from '../kit/route-table.ts';
import type { Routes } from '../kit/route-table.ts';
import { decodeSegment } from './address.ts';
import { match } from './match.ts';

const KINDS = ['form', 'chat'] as const;

/**
 * The same request at the address it has without a domain of its own: `/orders` at the domain of `acme` is
 * `/hooks/acme/orders`, or its form or chat. What people are led on to (later pages, logos) and runs that
 * are shown by a link are there under their usual path. Nothing else of the deployment is.
 */
export async function atUsualAddress(request: Request, env: Env, tenant: string): Promise<Request> {
  const { url, method } = request;
  const start = url.indexOf('/', url.indexOf('://') + 3);
  const mark = url.indexOf('?', start);
  const path = url.slice(start, mark < 0 ? undefined : mark);
  if (path === '/chats/script.js' || path === '/forms/script.js' || isUsual(path, tenant)) return request;
  const plain = path.replaceAll(/^\/+|\/+$/g, '');
  const at = async (missed: boolean) => kindAt(await routesOf(env, tenant, missed), plain, method);
  // Nothing there may just have been published; if not, the answer is that of webhooks.
  const kind = (await at(false)) ?? (await at(true)) ?? 'hook';
  return new Request(`${url.slice(0, start)}/${kind}s/${tenant}${url.slice(start)}`, request);
}

const isUsual = (path: string, tenant: string): boolean =>
  ['hooks', 'forms', 'chats', 'waiting', 'shared', 'brand'].some((kind) => path.startsWith(`/${kind}/${tenant}/`));

/** A webhook that listens to the method goes before a page, a page before a webhook that does not. */
function kindAt(routes: Routes, path: string, method: string): 'hook' | (typeof KINDS)[number] | undefined {
  const found = match(routes, path);
  if (found?.methods.has(method)) return 'hook';
  const written = path.split('/').map(decodeSegment).join('/');
  const bare = written.replace(/\/chat$/, '');
  const page = KINDS.find((kind) => routes.pages.has(`${kind}/${kind === 'chat' ? bare : written}`));
  return page ?? (found ? 'hook' : undefined);
}
