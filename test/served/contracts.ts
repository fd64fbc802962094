import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Contract } from '../../workers/kit/contract.ts';
import type { RouteCase } from '../matrix/route.ts';

const AREAS = resolve(import.meta.dirname, '../../workers/areas');

/** Every route there is, found on disk: for walks from outside, which have contracts and no handlers. */
export async function everyRoute(): Promise<RouteCase[]> {
  const cases: RouteCase[] = [];
  // no deployment serves the template that new areas are copied from
  for (const area of readdirSync(AREAS)
    .sort()
    .filter((name) => name !== 'hello')) {
    const file = resolve(AREAS, area, 'contract.ts');
    if (!existsSync(file)) continue;
    const { contract } = (await import(pathToFileURL(file).href)) as { contract: Contract };
    cases.push(...Object.entries(contract).map(([name, route]) => ({ area, name, route })));
  }
  return cases;
}
