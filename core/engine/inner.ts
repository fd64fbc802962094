/**
 * Versions of workflows that are written on a node of another one: `<version of the outer>#<node id>`. They need no
 * keeping: whoever has the outer version has them.
 */
const MARK = '#';

/** Node ids may contain anything, so they are escaped. */
export const innerVersion = (outer: string, node: string): string => outer + MARK + encodeURIComponent(node);

/** Undefined for a version that stands by itself. */
export function outerOf(version: string): { version: string; node: string } | undefined {
  const at = version.lastIndexOf(MARK);
  return at < 0 ? undefined : { version: version.slice(0, at), node: decodeURIComponent(version.slice(at + 1)) };
}
