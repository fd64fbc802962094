import type { RouteCase } from '../../matrix/route.ts';
import { bodyFor, queryFor } from '../../matrix/sample.ts';
import type { World } from '../../matrix/world.ts';

/** The part of an OpenAPI document that is used. */
export interface OpenApi {
  paths: Record<string, Record<string, unknown>>;
}

interface Crossing {
  /** Routes that were asked for what is not theirs. */
  tried: string[];
  /** Routes with a parameter for which the other organisation has nothing. */
  nameless: string[];
  /** Answers that were not 404, or showed something. */
  wrong: string[];
}

/** An id the product made; tables have n8n's form. Names that callers choose, such as those of environments, may exist in both. */
const isMinted = (id: string): boolean => /^[a-z]+_[0-9a-z_]{6,}$|^[0-9A-Za-z]{16,}$/.test(id);
const text = (): string => 'crossing';

/** Every route of the OpenAPI document that names something, asked by one organisation for what another has. */
export async function cross(
  document: OpenApi,
  cases: readonly RouteCase[],
  { from, to }: { from: World; to: World },
): Promise<Crossing> {
  const made: Crossing = { tried: [], nameless: [], wrong: [] };
  for (const [path, operations] of Object.entries(document.paths)) {
    if (!path.includes('{')) continue;
    for (const method of Object.keys(operations)) {
      const key = `${method.toUpperCase()} ${path}`;
      const route = cases.find((each) => each.route.key === key)?.route;
      if (!route) throw new Error(`${key} is in the document and in no contract`);
      if (route.actor !== 'member') continue;
      const params = to.paramsFor(route);
      if (!params || !Object.values(params).some(isMinted)) {
        made.nameless.push(key);
        continue;
      }
      made.tried.push(key);
      const answer = await from.owner(key, {
        params,
        query: queryFor(route, text),
        body: bodyFor(route, text, from.idOf),
      });
      if (answer.status !== 404 || answer.text.includes(to.canary)) {
        made.wrong.push(`${key}: ${answer.status} ${answer.text.slice(0, 200)}`);
      }
    }
  }
  return made;
}
