/** `*`; a host, `*.` and a suffix, or an address, each with `:port` where it is meant for one; a CIDR range. */
const HOST = /^(\*\.)?[a-z0-9_-]+(\.[a-z0-9_-]+)*$/;

/** One entry of an egress list as it is kept, or undefined when it is none. */
export function readEntry(text: string): string | undefined {
  const entry = text.trim().toLowerCase();
  if (entry === '*') return entry;
  if (entry.length === 0 || entry.length > 260) return undefined;
  if (entry.includes('/')) return readRange(entry);
  const [, host = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/.exec(entry) ?? [];
  if (host === '') return entry.split(':').length > 2 ? readHost(`[${entry}]`)?.slice(1, -1) : undefined;
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535)) return undefined;
  const read = readHost(host);
  return read === undefined ? undefined : port === undefined ? read : `${read}:${port}`;
}

function readRange(entry: string): string | undefined {
  const [base = '', bits = '', more] = entry.split('/');
  if (more !== undefined || !/^\d{1,3}$/.test(bits)) return undefined;
  const isV6 = base.includes(':');
  const address = readHost(isV6 ? `[${base}]` : base);
  if (address === undefined || Number(bits) > (isV6 ? 128 : 32)) return undefined;
  if (!isV6 && !/^\d+(\.\d+){3}$/.test(address)) return undefined;
  return `${isV6 ? address.slice(1, -1) : address}/${Number(bits)}`;
}

/** As a URL parser spells it: `bücher.example` becomes what is asked for, `0x7f.1` the address it means. */
function readHost(host: string): string | undefined {
  const star = host.startsWith('*.') ? '*.' : '';
  const name = host.slice(star.length).replace(/\.$/, '');
  const address = `http://${name}/`;
  if (name === '' || /[\s/?#@\\%]/.test(name) || !URL.canParse(address)) return undefined;
  const { hostname } = new URL(address);
  const read = `${star}${hostname}`;
  if (hostname.startsWith('[')) return star === '' ? read : undefined;
  return HOST.test(read) ? read : undefined;
}
