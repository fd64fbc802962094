import { describe, it } from 'vitest';
import { createClient } from '../../../sdk/client/index.ts';
import { type Notice, noticesQuery } from './queries.ts';

/** What is read where the API answers with this status for usage; runs there are none. */
async function read(status: number): Promise<Notice[]> {
  const client = createClient({
    url: 'https://millrace.example',
    fetch: async (url) =>
      new URL(url).pathname === '/v1/runs'
        ? Response.json({ runs: [] })
        : Response.json({ code: 'x', title: 'x' }, { status }),
  });
  const { queryFn } = noticesQuery(client);
  // SAFETY: the query looks at the signal alone
  return (queryFn as (context: unknown) => Promise<Notice[]>)({ signal: new AbortController().signal });
}

describe('notices', () => {
  it('leave out what somebody may not see', async ({ expect }) => {
    expect(await read(403)).toEqual([]);
  });

  it('are not none when the server could not say', async ({ expect }) => {
    await expect(read(500)).rejects.toMatchObject({ status: 500 });
  });
});
