/** A domain that mail goes to, as DNS writes it: `Bücher.example` is `xn--bcher-kva.example`. Undefined when it is none. */
export function readDomain(text: string): string | undefined {
  const name = text.trim().replace(/\.$/, '');
  if (!/^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u.test(name)) return undefined;
  if (!URL.canParse(`https://${name}/`)) return undefined;
  const { hostname } = new URL(`https://${name}/`);
  const isName =
    hostname.length <= 253 && /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/.test(hostname);
  return isName ? hostname : undefined;
}

/** The domain of an address; undefined for a text that is not plainly one address. */
export function domainOf(email: string): string | undefined {
  const match = /^[^\s@"<>,;:\\()[\]]{1,64}@([^\s@"<>,;:\\()[\]]+)$/.exec(email);
  return match?.[1] === undefined ? undefined : readDomain(match[1]);
}

/** An address as it is compared and stored. Undefined as above. */
export function normalEmail(email: string): string | undefined {
  const text = email.trim().normalize('NFC');
  const domain = domainOf(text);
  return domain === undefined ? undefined : `${text.slice(0, text.lastIndexOf('@')).toLowerCase()}@${domain}`;
}
