const STORED = 'millrace.key';
/** `mr_<tenant>_<43 base64url>`. */
const KEY = /^mr_([a-z0-9][a-z0-9-]{0,62})_[A-Za-z0-9_-]{43}$/;

/** The key from `#key=…` or an earlier visit in this tab. It leaves the address bar and the history at once. */
export function takeKey(): string | null {
  const given = new URLSearchParams(location.hash.slice(1)).get('key');
  if (given) {
    sessionStorage.setItem(STORED, given);
    history.replaceState(null, '', location.pathname + location.search);
  }
  return sessionStorage.getItem(STORED);
}

export const keepKey = (key: string): void => sessionStorage.setItem(STORED, key);
export const forgetKey = (): void => sessionStorage.removeItem(STORED);

/** The tenant a key belongs to, or undefined when it does not look like a key. */
export const tenantOf = (key: string): string | undefined => KEY.exec(key)?.[1];
