import { connect } from '../../../harness/sso.ts';
import type { Server } from '../../../served/server.ts';
import { BlindOracle } from '../../group.ts';
import { slug, type Trial } from '../../trial.ts';

const FILTERS = [
  'userName eq',
  'userName eq "x',
  'userName eq "a" or',
  "userName eq 'x' OR '1'='1'",
  'userName eq "\' OR 1=1 --"',
  'userName eq "x"; DROP TABLE scim_users',
  '__proto__ pr',
  'constructor.name eq "Object"',
  'password sw "a"',
  'userName eq "a" UNION SELECT * FROM users',
  '(('.repeat(400),
  'not ('.repeat(200),
  `${'userName pr and '.repeat(120)}userName pr`,
  `userName co "${'a'.repeat(5_000)}"`,
  'emails[type eq "work"',
  'emails[[[',
  'userName eq "\\u0000"',
  'meta.created gt "not-a-date"',
  'id ge ""',
  'userName eq "\ud800"',
  'a'.repeat(3_000),
  'userName eq 1e999',
  'userName eq {"$gt":""}',
  'userName regex "(a+)+$"',
];
const OPERATIONS: [string, unknown][] = [
  ['proto path', [{ op: 'add', path: '__proto__.polluted', value: 'x' }]],
  [
    'proto value',
    [
      {
        op: 'add',
        value: JSON.parse('{"__proto__":{"polluted":"x"},"constructor":{"prototype":{"polluted":"x"}}}') as object,
      },
    ],
  ],
  ['id', [{ op: 'replace', path: 'id', value: 'su_0000000000000000' }]],
  ['id by value', [{ op: 'replace', value: { id: 'x', meta: { version: 'x' }, groups: [{ value: 'admins' }] } }]],
  ['groups', [{ op: 'add', path: 'groups', value: [{ value: 'admins' }] }]],
  ['role owner', [{ op: 'add', path: 'roles', value: [{ value: 'owner', primary: true }] }]],
  ['another domain', [{ op: 'replace', path: 'emails', value: [{ value: 'root@elsewhere.example', primary: true }] }]],
  ['many', Array.from({ length: 1_000 }, () => ({ op: 'add', path: 'title', value: 'x' }))],
  [
    'many values',
    [{ op: 'add', path: 'emails', value: Array.from({ length: 10_000 }, (_, at) => ({ value: `${at}@example.com` })) }],
  ],
  ['no list', { op: 'add' }],
  ['null', null],
  ['deep path', [{ op: 'add', path: `${'emails['.repeat(300)}`, value: 'x' }]],
];

/** Hostile filters, changes and tokens: nothing is a 500, nothing of others shows, nobody becomes more. */
export async function scim(server: Server, trial: Trial): Promise<void> {
  const token = async (name: string): Promise<string> => {
    const settings = { issuer: 'https://idp.example.com', clientId: 'x' };
    const id = await connect(server, { kind: 'oidc', name, settings });
    return String((await server.ok('POST', `/v1/sso-connections/${id}/scim`))['token']);
  };
  const [mine, theirs] = [await token('SCIM'), await token('SCIM of others')];
  const ask = async (
    method: string,
    path: string,
    body?: unknown,
    bearer = mine,
  ): Promise<{ status: number; text: string }> => {
    const response = await fetch(`${server.ready.url}/scim/v2${path}`, {
      method,
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/scim+json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, text: await response.text() };
  };
  const made = await ask('POST', '/Users', { userName: 'canary-scim@example.com', active: true });
  if (made.status !== 201) throw new BlindOracle(`SCIM makes nobody: ${made.text}`);
  const { id } = JSON.parse(made.text) as { id: string };
  await ask('POST', '/Users', { userName: 'canary-others@example.com' }, theirs);

  for (const [at, filter] of FILTERS.entries()) {
    for (const [how, send] of [
      ['query', () => ask('GET', `/Users?filter=${encodeURIComponent(filter.toWellFormed())}`)],
      ['search', () => ask('POST', '/Groups/.search', { filter })],
    ] as const) {
      await trial.attempt(
        `A10/scim-filter-${at}-${how}`,
        `the filter ${JSON.stringify(filter.slice(0, 60))}`,
        async () => {
          const { status, text } = await send();
          if (status >= 500) return `answered ${status}`;
          return text.includes('canary-others') ? 'shows another connection' : undefined;
        },
      );
    }
  }
  for (const [name, operations] of OPERATIONS) {
    await trial.attempt(`A10/scim-patch-${slug(name)}`, `a change: ${name}`, async () => {
      const { status, text } = await ask('PATCH', `/Users/${id}`, { Operations: operations });
      if (status >= 500) return `answered ${status}: ${text.slice(0, 200)}`;
      const after = JSON.parse((await ask('GET', `/Users/${id}`)).text) as {
        id?: string;
        groups?: unknown[];
        polluted?: string;
      };
      if (after.id !== id || after.polluted !== undefined || after.groups?.length !== 0) {
        return `changed what is not its own: ${text.slice(0, 200)}`;
      }
      return text.includes('elsewhere.example') && status < 300 ? 'took an address of another domain' : undefined;
    });
  }
  const tokens = [
    '',
    'sc_local_',
    `sc_local_${'A'.repeat(43)}`,
    `sc_other_${mine.slice(-43)}`,
    `${mine} `,
    mine.slice(0, -1),
    `sc___proto___${mine.slice(-43)}`,
    server.ready.apiKey,
  ];
  for (const [at, bearer] of tokens.entries()) {
    if (bearer.trim() === mine) continue;
    await trial.attempt(`A10/scim-token-${at}`, 'a token that is none', async () => {
      const { status } = await ask('GET', '/Users', undefined, bearer);
      return status === 401 ? undefined : `answered ${status}`;
    });
  }
  await trial.attempt('A10/scim-token-as-key', 'the token of SCIM as a key of the API', async () => {
    const { status } = await server.api('GET', '/v1/workflows', { headers: { authorization: `Bearer ${mine}` } });
    return status === 401 ? undefined : `answered ${status}`;
  });
  for (const [method, path] of [
    ['GET', '/Users'],
    ['PUT', '/Users'],
    ['PATCH', '/Users'],
    ['DELETE', '/Users'],
    ['GET', '/Groups'],
  ] as const) {
    await trial.attempt(
      `A10/scim-others-${method.toLowerCase()}-${slug(path)}`,
      'what another connection made',
      async () => {
        const { status } = await ask(
          method,
          `${path}/${id}`,
          method === 'GET' || method === 'DELETE' ? undefined : { userName: 'x@example.com', Operations: [] },
          theirs,
        );
        return status === 404 ? undefined : `answered ${status}`;
      },
    );
  }
}
