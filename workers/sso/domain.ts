import { readDomain } from '../domains/name.ts';

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
