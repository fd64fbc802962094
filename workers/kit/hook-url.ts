/** The path under which a webhook is reached; `:name` segments stay readable. */
export function hooksPath(tenant: string, path: string): string {
  const segments = path.split('/').map((segment) => (segment.startsWith(':') ? segment : encodeURIComponent(segment)));
  return `/hooks/${tenant}/${segments.join('/')}`;
}

export const hooksUrl = (origin: string, tenant: string, path: string): string => origin + hooksPath(tenant, path);
