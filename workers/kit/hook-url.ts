/** The path under which a webhook is reached; `:name` segments stay readable. */
export function hooksPath(tenant: string, path: string): string {
  const segments = path.split('/').map((segment) => (segment.startsWith(':') ? segment : encodeURIComponent(segment)));
  return `/hooks/${tenant}/${segments.join('/')}`;
}

/** A page's address has no parameters: colons in it are themselves. */
const pagePath = (tenant: string, path: string, page: string): string =>
  `/${page}s/${tenant}/${path.split('/').map(encodeURIComponent).join('/')}`;

export const hooksUrl = (origin: string, tenant: string, path: string, page?: string): string =>
  origin + (page === undefined ? hooksPath(tenant, path) : pagePath(tenant, path, page));
