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
