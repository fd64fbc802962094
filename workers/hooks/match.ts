import type { HookRoute } from '../../durable-objects/tenant/protocol.ts';
import type { Routes } from '../kit/route-table.ts';
import { decodeSegment } from './address.ts';

export interface Match {
  /** What answers at this path, by method. */
  methods: ReadonlyMap<string, HookRoute>;
  params: Record<string, string>;
}

const NO_PARAMS: Readonly<Record<string, string>> = Object.freeze({});

/** The literal path first, then the patterns. `path` is undecoded. */
export function match(routes: Routes, path: string): Match | undefined {
  const exact = path.includes(':') ? undefined : routes.exact.get(path);
  if (exact) return { methods: exact, params: NO_PARAMS };
  if (!path.includes('%') && routes.patterns.length === 0) return undefined;
  const segments = path.split('/').map(decodeSegment);
  if (segments.includes(undefined)) return undefined;
  const decoded = segments as string[];
  // Joined again a literal path could swallow an encoded slash: `a%2fb` is one segment, not two.
  const literal = decoded.some((segment) => segment.includes('/') || segment.startsWith(':'));
  const methods = literal ? undefined : routes.exact.get(decoded.join('/'));
  if (methods) return { methods, params: NO_PARAMS };
  return matchPattern(routes, decoded);
}

function matchPattern(routes: Routes, segments: readonly string[]): Match | undefined {
  for (const pattern of routes.patterns) {
    if (pattern.segments.length !== segments.length) continue;
    const fits = pattern.segments.every((part, at) => part.startsWith(':') || part === segments[at]);
    if (!fits) continue;
    const named = pattern.segments.flatMap((part, at) =>
      part.startsWith(':') ? [[part.slice(1), segments[at] ?? '']] : [],
    );
    return { methods: pattern.methods, params: Object.fromEntries(named) as Record<string, string> };
  }
  return undefined;
}
