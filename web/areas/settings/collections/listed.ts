import { queryOptions } from '@tanstack/react-query';
import type { Client, EndpointKey } from '../../../../sdk/client/index.ts';
import type { Fields } from '../schema/schema.ts';
import type { AnyCollection } from './collection.ts';

const MAX_PAGES = 20;

interface Page {
  cursor?: string;
  nextCursor?: string | null;
}

/** The whole list: such lists are short, but some come in pages. */
async function readAll(client: Client, list: EndpointKey, given: Fields): Promise<unknown> {
  const params = Object.keys(given).length > 0 ? { params: given } : {};
  let whole: (Page & Record<string, unknown>) | undefined;
  for (let count = 0; count < MAX_PAGES; count++) {
    const cursor = whole?.cursor ?? whole?.nextCursor ?? undefined;
    const query = cursor === undefined ? {} : { query: { cursor } };
    // SAFETY: the endpoint is one of a list's, whose answers are objects with one array and perhaps a cursor
    const page = (await client.call(list, { ...params, ...query } as never)) as Page & Record<string, unknown>;
    whole = whole ? joined(whole, page) : page;
    if ((page.cursor ?? page.nextCursor ?? undefined) === undefined) break;
  }
  return whole;
}

function joined(before: Record<string, unknown>, page: Record<string, unknown>): Record<string, unknown> {
  const { cursor: _, nextCursor: __, ...kept } = before;
  const lists = Object.entries(page).map(([name, value]) => [
    name,
    Array.isArray(value) && Array.isArray(kept[name]) ? [...(kept[name] as unknown[]), ...value] : value,
  ]);
  return { ...kept, ...Object.fromEntries(lists) };
}

export const listedQuery = (client: Client, { list, given = {} }: Pick<AnyCollection, 'list' | 'given'>) =>
  queryOptions({ queryKey: [list, given], queryFn: () => readAll(client, list, given) });
