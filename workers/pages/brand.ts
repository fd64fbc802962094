import { inkOn, legible } from '../../core/look/contrast.ts';
import { isTenantId } from '../../durable-objects/stubs.ts';
import type { Branding } from '../../durable-objects/tenant/protocol.ts';
import type { Env } from '../env.ts';
import { addressIn } from '../hooks/address.ts';
import { common } from '../kit/problem.ts';
import { failureResponse, newRequestId, SECURITY_HEADERS } from '../kit/response.ts';
import { routesOf } from '../kit/route-table.ts';
import { markup } from './html.ts';

/** Where layout.ts leaves room for an organisation's colours: after ours, before the author's. */
export const BRAND_MARK = '/*brand*/';

const COLOUR = /^#[0-9a-f]{6}$/i;

/** Where an organisation's logo lies. */
export const logoKey = (tenant: string): string => `t/${tenant}/branding/logo`;

/** The grounds text of a brand's colour stands on, of style.ts. The darker one of light pages, the lighter of dark ones. */
const GROUNDS = { light: '#f2f6f7', dark: '#17222a' };

const rule = (colour: string, ground: string): string =>
  `--accent:${colour};--accent-deep:${colour};--on-accent:${inkOn(colour)};--accent-text:${legible(colour, ground)}`;

function cssOf({ accent, accentDark }: Branding): string {
  const light = accent && COLOUR.test(accent) ? `:root{${rule(accent, GROUNDS.light)}}` : '';
  const dark = accentDark && COLOUR.test(accentDark) ? accentDark : accent;
  const night =
    dark && COLOUR.test(dark) ? `@media (prefers-color-scheme:dark){:root{${rule(dark, GROUNDS.dark)}}}` : '';
  return `${light}${night}.brand{max-height:3rem;max-width:12rem;margin:0 0 1.25rem}p.brand{max-height:none;max-width:40rem;font-weight:600}`;
}

/** A page of an organisation's, in its colours and with its logo. An author's own page, which is sandboxed, stays theirs. */
export async function branded(request: Request, env: Env, page: Response): Promise<Response> {
  const headers = new Headers(page.headers);
  const policy = headers.get('content-security-policy') ?? '';
  if (!headers.get('content-type')?.startsWith('text/html') || policy.startsWith('sandbox')) return page;
  const prefix = `/${new URL(request.url).pathname.split('/')[1] ?? ''}/`;
  const tenant = addressIn(request.url, prefix)?.tenant;
  if (tenant === undefined || !isTenantId(tenant)) return page;
  const { branding } = await routesOf(env, tenant);
  const { accent, accentDark, logo, title, name } = branding;
  if ([accent, accentDark, logo, title].every((part) => part === undefined)) return page;
  headers.set('content-security-policy', policy.replace('img-src https:', "img-src 'self' https:"));
  const picture =
    logo !== undefined && markup`<img class="brand" src="/brand/${tenant}/logo" alt="${title ?? name}" />`;
  const mark = picture || (title !== undefined && markup`<p class="brand">${title}</p>`);
  const text = (await page.text())
    .replace(BRAND_MARK, () => cssOf(branding))
    .replace('<body>', () => `<body>${mark ? `<header>${mark.text}</header>` : ''}`);
  return new Response(text, { status: page.status, headers });
}

/** `GET /brand/{tenant}/logo`: a picture of known type, which nothing can run from. */
export async function serveLogo(request: Request, env: Env): Promise<Response> {
  const requestId = newRequestId();
  try {
    const tenant = /^\/brand\/([^/]+)\/logo$/.exec(new URL(request.url).pathname)?.[1] ?? '';
    if (request.method !== 'GET' || !isTenantId(tenant)) throw common('not-found');
    const { logo } = (await routesOf(env, tenant)).branding;
    const object = logo === undefined ? null : await env.FILES.get(logoKey(tenant));
    if (!object || logo === undefined) throw common('not-found', { detail: 'There is no logo.' });
    const headers = { ...SECURITY_HEADERS, 'content-type': logo, 'cache-control': 'public, max-age=300' };
    return new Response(object.body, { headers: { ...headers, 'x-request-id': requestId } });
  } catch (error) {
    return failureResponse(error, requestId);
  }
}
