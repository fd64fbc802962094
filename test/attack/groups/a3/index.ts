import type { Json, JsonObject } from '../../../../core/data/item.ts';
import { manual, node, workflow } from '../../../served/documents.ts';
import { itemsOf } from '../../../served/server.ts';
import type { Answer, Server } from '../../../served/server.ts';
import { BlindOracle } from '../../group.ts';
import type { AttackContext, Group, GroupResult } from '../../group.ts';
import { isNamed } from '../../served.ts';
import { slug, Trial } from '../../trial.ts';
import { QUERIES, TEXTS } from './payloads.ts';

const SECRET = 'a3-canary-row';
const told = ({ status, text }: Answer): string => `${status} ${text.slice(0, 300)}`;
const path = (text: string): string => encodeURIComponent(text);

async function table(server: Server, name: string, value: string): Promise<string> {
  const made = await server.ok('POST', '/v1/data-tables', { name, columns: [{ name: 'a', type: 'string' }] });
  await server.ok('POST', `/v1/data-tables/${String(made['id'])}/rows`, { rows: [{ a: value }] });
  return String(made['id']);
}

const rowsOf = async (server: Server, id: string): Promise<number> =>
  ((await server.ok('GET', `/v1/data-tables/${id}/rows`))['rows'] as Json[]).length;

/** Whether nothing but the caller's own table was looked at or touched. */
async function isUnharmed(server: Server, guarded: string, answer: Answer): Promise<string | undefined> {
  if (answer.status >= 500) return told(answer);
  if (answer.text.includes(SECRET)) return `shows another table: ${told(answer)}`;
  // The text itself may come back as the name or value it is; what it asks for may not.
  if (answer.text.includes('CREATE TABLE')) return `shows the schema: ${told(answer)}`;
  return (await rowsOf(server, guarded)) === 1 ? undefined : 'the guarded table has other rows';
}

async function tables(server: Server, trial: Trial): Promise<void> {
  const guarded = await table(server, 'Guarded', SECRET);
  const own = await table(server, 'Own', 'mine');
  const rows = `/v1/data-tables/${own}/rows`;
  for (const [about, text] of TEXTS) {
    const filter = (condition: JsonObject) => ({ filter: { conditions: [condition as Json] } });
    const sends: [string, () => Promise<Answer>][] = [
      [
        'name',
        () => server.api('POST', '/v1/data-tables', { body: { name: text, columns: [{ name: 'a', type: 'string' }] } }),
      ],
      [
        'column',
        () => server.api('PATCH', `/v1/data-tables/${own}`, { body: { add: [{ name: text, type: 'string' }] } }),
      ],
      ['drop-column', () => server.api('PATCH', `/v1/data-tables/${own}`, { body: { remove: [text] } })],
      ['sort', () => server.api('GET', `${rows}?sort=${path(text)}`)],
      [
        'filter-column',
        () =>
          server.api(
            'GET',
            `${rows}?filter=${path(JSON.stringify({ conditions: [{ column: text, operator: 'eq', value: '1' }] }))}`,
          ),
      ],
      [
        'erase-column',
        () => server.api('DELETE', rows, { body: filter({ column: text, operator: 'eq', value: '1' }) }),
      ],
      ['insert-column', () => server.api('POST', rows, { body: { rows: [{ [text]: 'x' }] } })],
      ['table-id', () => server.api('GET', `/v1/data-tables/${path(text)}/rows`)],
    ];
    for (const [place, send] of sends) {
      await trial.attempt(`A3/${place}/${slug(about)}`, `${about} as ${place}`, async () =>
        isUnharmed(server, guarded, await send()),
      );
    }
    await trial.attempt(
      `A3/value/${slug(about)}`,
      `${about} as a value comes back as it was, and matches only itself`,
      async () => {
        const values = await table(server, `v ${slug(about)} ${Date.now()}`, 'other');
        await server.ok('POST', `/v1/data-tables/${values}/rows`, { rows: [{ a: text }] });
        for (const operator of ['eq', 'like']) {
          const query = path(JSON.stringify({ conditions: [{ column: 'a', operator, value: text }] }));
          const answer = await server.api('GET', `/v1/data-tables/${values}/rows?filter=${query}`);
          const found = (answer.json?.['rows'] ?? []) as JsonObject[];
          if (operator === 'eq' && (found.length !== 1 || found[0]?.['a'] !== text)) return told(answer);
          const why = await isUnharmed(server, guarded, answer);
          if (why !== undefined) return why;
        }
        return undefined;
      },
    );
  }
}

/** The lists of the API: what is searched for is data. */
async function lists(server: Server, trial: Trial): Promise<void> {
  const guarded = await table(server, 'Guarded lists', SECRET);
  for (const [about, text] of TEXTS) {
    for (const query of ['runs?workflow=', 'runs?text=', 'audit?action=', 'credentials?type=', 'grants?member=']) {
      await trial.attempt(`A3/list/${slug(query)}/${slug(about)}`, `${about} in ${query}`, async () => {
        const answer = await server.api('GET', `/v1/${query}${path(text)}`);
        const found = Object.values(answer.json ?? {}).find((value) => Array.isArray(value)) as
          | JsonObject[]
          | undefined;
        // Nothing here has such a name; the text of a run may hold a percent sign or a star as such.
        if (answer.status === 200 && (found?.length ?? 0) > 0 && !query.includes('text')) return told(answer);
        return isUnharmed(server, guarded, answer);
      });
    }
  }
}

/** Allowed, and bounded by what the inputs hold. */
const BOUNDED = new Set(['cross-join', 'like-bomb', 'glob-bomb']);

async function queries(server: Server, trial: Trial): Promise<void> {
  const run = async (query: string) => {
    const merge = node('merge', 'merge', 3.2, { mode: 'combineBySql', numberInputs: 2, query });
    const id = await server.publish(
      workflow(
        'SQL',
        [manual(), merge],
        [
          ['start', 'merge'],
          ['start', 'merge:1'],
        ],
      ),
    );
    return server.start(id, { input: [{ n: 1 }, { n: 2 }] } as unknown as JsonObject);
  };
  const control = itemsOf(await run('SELECT sum(n) AS total FROM input1'), 'merge')[0];
  if (control?.['total'] !== 3) {
    throw new BlindOracle(`A query that is allowed does not run: ${JSON.stringify(control)}`);
  }
  for (const [about, query] of QUERIES) {
    await trial.attempt(`A3/query/${slug(about)}`, `${about} in a Merge node's query`, async () => {
      const { status, error, nodes } = await run(query);
      const step = nodes.find(({ node: id }) => id === 'merge');
      const text = JSON.stringify(step?.outputs ?? null);
      if (/root:|CREATE TABLE|\/tmp\//.test(text)) return `gave ${text.slice(0, 300)}`;
      if (status === 'success' && BOUNDED.has(slug(about))) return undefined;
      if (status === 'success') return `ran: ${text.slice(0, 300)}`;
      return isNamed(error?.code) ? undefined : `failed without a name: ${JSON.stringify(error)}`;
    });
  }
}

async function attack(context: AttackContext): Promise<GroupResult> {
  const server = await context.server();
  const trial = new Trial(await context.canary(), context.takes);
  for (const part of [tables, lists, queries]) {
    await part(server, trial);
    context.say(`  ${trial.cases} cases, ${trial.succeeded.length} succeeded`);
  }
  return trial.result();
}

export const group: Group = { name: 'A3', title: 'SQL', run: attack };
