/** `example.com`, `*.example.com`, either with `:port`. Nothing else names a place for a secret to go. */
const DOMAIN = /^(\*\.)?[a-z0-9_-]+(\.[a-z0-9_-]+)*(:\d{1,5})?$|^\[[0-9a-f:.]+\](:\d{1,5})?$/;

/** One entry as it is kept, or undefined when it is none. */
export function readDomain(text: string): string | undefined {
  const entry = text.trim().toLowerCase().replace(/\.$/, '');
  return entry.length <= 260 && DOMAIN.test(entry) ? entry : undefined;
}

/**
 * True when a credential bound to `domains` may be used at a place; an empty list binds nothing. Whole labels are
 * compared: `evil-example.com` and `example.com.evil` are not `example.com`, and `*.example.com` is not `example.com`.
 */
export function mayGoTo(domains: readonly string[], place: { host: string; port: number }): boolean {
  if (domains.length === 0) return true;
  const host = place.host.toLowerCase().replace(/\.$/, '');
  if (host.includes('*')) return false;
  return domains.some((entry) => {
    const [, wanted = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(entry) ?? [];
    if (port !== undefined && Number(port) !== place.port) return false;
    if (wanted.startsWith('*.')) {
      // Addresses have no subdomains.
      return host.endsWith(wanted.slice(1)) && host.length >= wanted.length && !/\d$/.test(host);
    }
    return wanted !== '' && (wanted === host || wanted === `[${host}]`);
  });
}
