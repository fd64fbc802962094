/** Where a request to a webhook or a resume address points, taken apart without building a URL object. */
export interface Address {
  tenant: string;
  /** The rest of the path, undecoded, without its outer slashes. */
  path: string;
  /** Undecoded, without `?`. */
  query: string;
}

/** `url` is absolute; `prefix` is like `/hooks/`. Undefined when there is no tenant in it. */
export function addressIn(url: string, prefix: string): Address | undefined {
  const pathStart = url.indexOf('/', url.indexOf('://') + 3);
  const mark = url.indexOf('?', pathStart);
  const pathEnd = mark < 0 ? url.length : mark;
  const tenantStart = pathStart + prefix.length;
  let tenantEnd = url.indexOf('/', tenantStart);
  if (tenantEnd < 0 || tenantEnd > pathEnd) tenantEnd = pathEnd;
  if (tenantEnd <= tenantStart) return undefined;
  let last = pathEnd;
  while (last > tenantEnd && url.charCodeAt(last - 1) === 47) last--;
  return {
    tenant: url.slice(tenantStart, tenantEnd),
    path: url.slice(tenantEnd + 1, last),
    query: mark < 0 ? '' : url.slice(mark + 1),
  };
}

/** Percent-decoding of one segment; undefined when it is malformed. `%2f` stays inside its segment. */
export function decodeSegment(segment: string): string | undefined {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
