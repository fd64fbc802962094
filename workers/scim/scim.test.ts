import { describe, it } from 'vitest';
import type { Json, JsonObject } from '../../core/data/item.ts';
import { caller, fetchWorker, testEnv } from '../kit/testing.ts';
import { organization, person, roleOfAddress } from '../sso/testing.ts';
import type { Caller } from '../sso/testing.ts';

interface Answer {
  status: number;
  headers: Headers;
  body: JsonObject;
}
type Scim = (method: string, path: string, body?: Json | string, headers?: Record<string, string>) => Promise<Answer>;

async function connect(
  tenant: string,
  more: object = {},
): Promise<{ api: Caller; scim: Scim; id: string; token: string }> {
  const api = await organization(tenant);
  const settings = { issuer: 'https://idp.example.com', clientId: 'x' };
  const made = await api('POST /v1/sso-connections', { body: { kind: 'oidc', name: 'IdP', settings, ...more } });
  const id = made.body['id'] as string;
  const token = (await api('POST /v1/sso-connections/{id}/scim', { params: { id } })).body['token'] as string;
  return { api, id, token, scim: withToken(token) };
}

const withToken =
  (token: string | undefined): Scim =>
  async (method, path, body, headers = {}) => {
    const response = await fetchWorker(`/scim/v2${path}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/scim+json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    if (text !== '' && !response.headers.get('content-type')?.startsWith('application/scim+json')) {
      throw new Error(text);
    }
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? {} : (JSON.parse(text) as JsonObject),
    };
  };

const user = (tenant: string, name: string, more: JsonObject = {}): JsonObject => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  userName: name,
  externalId: `ext-${name}`,
  name: { givenName: name, familyName: 'Test' },
  emails: [{ value: `${name}@${tenant}.example`, type: 'work', primary: true }],
  active: true,
  ...more,
});
const change = (...Operations: Json[]): JsonObject => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations,
});
const idsOf = ({ body }: Answer): Json[] =>
  (body['Resources'] as JsonObject[]).map((each) => each['userName'] ?? each['displayName'] ?? '');

describe('people by SCIM', () => {
  it('[SRV4, SRV9, SSO14] are members while they are active, and lose everything with it', async ({ expect }) => {
    const { api, scim } = await connect('scim-life');
    const made = await scim('POST', '/Users', user('scim-life', 'ada', { password: 'canary-password' }));
    expect(made).toMatchObject({
      status: 201,
      body: { userName: 'ada', active: true, meta: { resourceType: 'User', version: 'W/"1"' }, groups: [] },
    });
    const id = made.body['id'] as string;
    expect(made.headers.get('location')).toBe(`https://millrace.test/scim/v2/Users/${id}`);
    expect(await roleOfAddress('scim-life', 'ada@scim-life.example')).toBe('viewer');
    const found = await testEnv.DB.prepare("SELECT id FROM users WHERE email = 'ada@scim-life.example'").first<{
      id: string;
    }>();
    const userId = found?.id ?? '';
    const now = new Date().toISOString();
    await testEnv.DB.prepare(
      "INSERT INTO sessions (id, user_id, token, expires_at, created_at, updated_at) VALUES ('ses-scim', ?1, 'tok-scim', '2099-01-01T00:00:00.000Z', ?2, ?2)",
    )
      .bind(userId, now)
      .run();
    await api('POST /v1/grants', {
      body: { to: { kind: 'member', id: userId }, role: 'viewer', on: { kind: 'organization' } },
    });
    const off = await scim('PATCH', `/Users/${id}`, change({ op: 'Replace', path: 'active', value: 'False' }));
    expect(off).toMatchObject({ status: 200, body: { active: false } });
    expect(await roleOfAddress('scim-life', 'ada@scim-life.example')).toBeUndefined();
    for (const table of ['sessions WHERE user_id', 'grants WHERE principal_id']) {
      const left = await testEnv.DB.prepare(`SELECT count(*) AS n FROM ${table} = ?`)
        .bind(userId)
        .first<{ n: number }>();
      expect(left?.n, table).toBe(0);
    }
    expect((await scim('PATCH', `/Users/${id}`, change({ op: 'replace', value: { active: true } }))).status).toBe(200);
    expect(await roleOfAddress('scim-life', 'ada@scim-life.example')).toBe('viewer');
    expect((await scim('DELETE', `/Users/${id}`)).status).toBe(204);
    expect(await roleOfAddress('scim-life', 'ada@scim-life.example')).toBeUndefined();
    expect((await scim('GET', `/Users/${id}`)).status).toBe(404);
    const rows = await testEnv.DB.prepare('SELECT * FROM scim_users').all();
    expect(JSON.stringify(rows.results)).not.toContain('canary-password');
    const log = await api('GET /v1/audit', { query: { action: 'scim.*' } });
    const records = log.body['records'] as JsonObject[];
    expect(records.every(({ actor }) => (actor as JsonObject)['kind'] === 'scim')).toBe(true);
    expect(records.map(({ action }) => action)).toEqual([
      'scim.users-remove',
      'scim.users-change',
      'scim.users-change',
      'scim.users-create',
    ]);
  });

  it('[SRV3, SRV5] have an address of a verified domain and a name of their own', async ({ expect }) => {
    const { scim } = await connect('scim-names');
    await scim('POST', '/Users', user('scim-names', 'ada'));
    const refused: [JsonObject, number, string][] = [
      [user('elsewhere', 'eve'), 400, 'invalidValue'],
      [user('scim-names', 'ADA'), 409, 'uniqueness'],
      [{ userName: 'no-address' }, 400, 'invalidValue'],
      [{ userName: 'x', emails: [{ value: 'x@scim-names.example.evil.example' }] }, 400, 'invalidValue'],
      [{ userName: '' }, 400, 'invalidValue'],
      [{ userName: 5 }, 400, 'invalidValue'],
    ];
    for (const [body, status, scimType] of refused) {
      expect(await scim('POST', '/Users', body), JSON.stringify(body)).toMatchObject({
        status,
        body: { status: String(status), scimType },
      });
    }
    // Inactive people need no address yet; a userName may be one.
    expect((await scim('POST', '/Users', user('elsewhere', 'later', { active: false }))).status).toBe(201);
    expect((await scim('POST', '/Users', { userName: 'bare@scim-names.example' })).status).toBe(201);
    expect(await roleOfAddress('scim-names', 'bare@scim-names.example')).toBe('viewer');
  });

  it('[SRV4, SSO7] who own the organisation stay', async ({ expect }) => {
    const { scim } = await connect('scim-owner', { mappings: [{ group: 'x', role: 'guest' }], defaultRole: null });
    await person('boss@scim-owner.example', { roles: { 'scim-owner': 'owner' } });
    const made = await scim('POST', '/Users', user('scim-owner', 'boss'));
    const id = made.body['id'] as string;
    await scim('POST', '/Groups', { displayName: 'x', members: [{ value: id }] });
    expect(await roleOfAddress('scim-owner', 'boss@scim-owner.example')).toBe('owner');
    for (const [method, body] of [
      ['PATCH', change({ op: 'replace', path: 'active', value: false })],
      ['PUT', user('scim-owner', 'boss', { active: false })],
      ['DELETE', undefined],
    ] as const) {
      expect(await scim(method, `/Users/${id}`, body), method).toMatchObject({
        status: 400,
        body: { scimType: 'mutability' },
      });
    }
    expect(await roleOfAddress('scim-owner', 'boss@scim-owner.example')).toBe('owner');
  });

  it('[SSO6] have the role of their groups', async ({ expect }) => {
    const mappings = [
      { group: 'Engineers', role: 'editor' },
      { group: 'Support', role: 'operator' },
    ];
    const { scim } = await connect('scim-groups', { mappings, defaultRole: null });
    const ids = await Promise.all(
      ['ada', 'bob'].map(
        async (name) => (await scim('POST', '/Users', user('scim-groups', name))).body['id'] as string,
      ),
    );
    const [ada = '', bob = ''] = ids;
    const roles = async () =>
      Promise.all(['ada', 'bob'].map((name) => roleOfAddress('scim-groups', `${name}@scim-groups.example`)));
    expect(await roles()).toEqual([undefined, undefined]);
    const engineers = await scim('POST', '/Groups', {
      displayName: 'Engineers',
      members: [{ value: ada }, { value: bob }, { value: 'su_nobody' }],
    });
    expect(engineers.body['members']).toHaveLength(2);
    const group = `/Groups/${engineers.body['id'] as string}`;
    const support = await scim('POST', '/Groups', { displayName: 'Support', members: [{ value: bob }] });
    expect(await roles()).toEqual(['editor', 'editor']);
    await scim('PATCH', group, change({ op: 'remove', path: `members[value eq "${bob}"]` }));
    expect(await roles()).toEqual(['editor', 'operator']);
    await scim(
      'PATCH',
      group,
      change(
        { op: 'Add', path: 'members', value: [{ value: bob }] },
        { op: 'Remove', path: 'members', value: [{ value: ada }] },
      ),
    );
    expect(await roles()).toEqual([undefined, 'editor']);
    await scim('PATCH', group, change({ op: 'replace', path: 'displayName', value: 'Gardeners' }));
    expect(await roles()).toEqual([undefined, 'operator']);
    expect((await scim('DELETE', `/Groups/${support.body['id'] as string}`)).status).toBe(204);
    expect(await roles()).toEqual([undefined, undefined]);
    expect((await scim('GET', `/Users/${bob}`)).body['groups']).toMatchObject([
      { display: 'Gardeners', type: 'direct' },
    ]);
    expect(await scim('GET', `${group}?excludedAttributes=members`)).not.toHaveProperty('body.members');
  });

  it('keep their person when they get another address of the organisation', async ({ expect }) => {
    const { scim } = await connect('scim-renamed');
    const { body } = await scim('POST', '/Users', user('scim-renamed', 'ada'));
    await scim('POST', '/Users', user('scim-renamed', 'bob'));
    const to = (value: string) =>
      scim(
        'PATCH',
        `/Users/${body['id'] as string}`,
        change({ op: 'replace', path: 'emails[type eq "work"].value', value }),
      );
    expect((await to('lovelace@scim-renamed.example')).status).toBe(200);
    expect(await roleOfAddress('scim-renamed', 'lovelace@scim-renamed.example')).toBe('viewer');
    expect(await roleOfAddress('scim-renamed', 'ada@scim-renamed.example')).toBeUndefined();
    expect((await to('bob@scim-renamed.example')).body).toMatchObject({ scimType: 'uniqueness' });
    expect((await to('root@elsewhere.example')).body).toMatchObject({ scimType: 'invalidValue' });
  });
});

describe('[SRV6] lists', () => {
  it('are filtered, cut into pages and counted', async ({ expect }) => {
    const { scim } = await connect('scim-list');
    for (const name of ['ada', 'bob', 'cy', 'dan', 'eve']) {
      await scim(
        'POST',
        '/Users',
        user('scim-list', name, { title: name < 'c' ? 'first' : 'second', active: name !== 'eve' }),
      );
    }
    const list = (query: string) => scim('GET', `/Users?${query}`);
    const filtered = (filter: string) => list(`filter=${encodeURIComponent(filter)}`);
    expect(await list('')).toMatchObject({ body: { totalResults: 5, startIndex: 1, itemsPerPage: 5 } });
    expect(idsOf(await list('startIndex=2&count=2'))).toEqual(['bob', 'cy']);
    expect((await list('count=0')).body).toMatchObject({ totalResults: 5, itemsPerPage: 0, Resources: [] });
    expect((await list('startIndex=-5&count=1000000')).body).toMatchObject({ startIndex: 1, itemsPerPage: 5 });
    expect((await list('startIndex=99')).body).toMatchObject({ totalResults: 5, Resources: [] });
    const cases: [string, string[]][] = [
      ['userName eq "ADA"', ['ada']],
      ['externalId eq "ext-bob"', ['bob']],
      ['externalId eq "EXT-bob"', []],
      ['active eq false', ['eve']],
      ['title eq "first" and not (userName eq "ada")', ['bob']],
      ['emails[type eq "work" and value sw "cy@"]', ['cy']],
      ['meta.created gt "2099-01-01T00:00:00Z"', []],
      ['urn:ietf:params:scim:schemas:core:2.0:User:userName sw "d"', ['dan']],
      ['userName eq "\' OR 1=1 --"', []],
      ['constructor pr', []],
    ];
    for (const [filter, names] of cases) expect(idsOf(await filtered(filter)), filter).toEqual(names);
    expect(idsOf(await list(`count=1&startIndex=2&filter=${encodeURIComponent('title eq "second"')}`))).toEqual([
      'dan',
    ]);
    for (const [query, scimType] of [
      ['filter=userName%20eq', 'invalidFilter'],
      [`filter=${'('.repeat(900)}`, 'tooMany'],
      ['startIndex=x', 'invalidValue'],
      ['count=1.5', 'invalidValue'],
    ] as const) {
      expect(await list(query), query).toMatchObject({ status: 400, body: { scimType } });
    }
    const search = await scim('POST', '/Users/.search', {
      filter: 'userName eq "ada"',
      attributes: ['userName'],
      count: 1,
    });
    expect((search.body['Resources'] as JsonObject[])[0]).toEqual({
      schemas: expect.any(Array) as Json,
      id: expect.any(String) as Json,
      userName: 'ada',
    });
  });
});

describe('[SRV1, SRV2] others', () => {
  it('find nothing, and are told so in SCIM', async ({ expect }) => {
    const [ours, theirs] = [await connect('scim-ours'), await connect('scim-theirs')];
    const second = await ours.api('POST /v1/sso-connections', {
      body: { kind: 'oidc', name: 'Second', settings: { issuer: 'https://idp2.example.com', clientId: 'x' } },
    });
    const secondToken = (
      await ours.api('POST /v1/sso-connections/{id}/scim', { params: { id: second.body['id'] as string } })
    ).body['token'] as string;
    const id = (await ours.scim('POST', '/Users', user('scim-ours', 'ada'))).body['id'] as string;
    const group = (await ours.scim('POST', '/Groups', { displayName: 'G', members: [{ value: id }] })).body[
      'id'
    ] as string;
    for (const scim of [theirs.scim, withToken(secondToken)]) {
      for (const [method, body] of [
        ['GET', undefined],
        ['PUT', user('scim-theirs', 'stolen')],
        ['PATCH', change({ op: 'replace', path: 'active', value: false })],
        ['DELETE', undefined],
      ] as const) {
        expect((await scim(method, `/Users/${id}`, body)).status, method).toBe(404);
        expect(
          (await scim(method, `/Groups/${group}`, body === undefined ? undefined : { ...body, displayName: 'x' }))
            .status,
          method,
        ).toBe(404);
      }
      expect((await scim('GET', '/Users')).body['totalResults']).toBe(0);
      // Somebody else's person in one's own group is nobody.
      const made = await scim('POST', '/Groups', { displayName: 'Mine', members: [{ value: id }] });
      expect(made.body['members']).toEqual([]);
    }
    expect((await ours.scim('GET', `/Users/${id}`)).body).toMatchObject({ userName: 'ada', active: true });
    const bad = [
      undefined,
      'sc_scim-ours_x',
      `sc_scim-theirs_${ours.token.slice(-43)}`,
      'mr_scim-ours_' + 'x'.repeat(43),
      `${ours.token}x`,
    ];
    for (const token of bad) {
      expect(await withToken(token)('GET', '/Users'), String(token)).toMatchObject({
        status: 401,
        body: { status: '401' },
      });
    }
    expect((await caller(ours.token)('GET /v1/tenant')).status).toBe(401);
    await ours.api('DELETE /v1/sso-connections/{id}/scim', { params: { id: ours.id } });
    expect((await ours.scim('GET', '/Users')).status).toBe(401);
  });

  it('[SRV7, SRV8] who send what does not fit are refused', async ({ expect }) => {
    const { scim } = await connect('scim-odd');
    const { body, headers } = await scim('POST', '/Users', user('scim-odd', 'ada'));
    const path = `/Users/${body['id'] as string}`;
    expect(headers.get('etag')).toBe('W/"1"');
    expect((await scim('GET', path, undefined, { 'if-none-match': 'W/"1"' })).status).toBe(304);
    expect((await scim('PUT', path, user('scim-odd', 'ada'), { 'if-match': 'W/"7"' })).status).toBe(412);
    expect(
      (await scim('PUT', path, user('scim-odd', 'ada', { title: 'x' }), { 'if-match': 'W/"1"' })).headers.get('etag'),
    ).toBe('W/"2"');
    const both = await Promise.all(
      [1, 2, 3, 4].map((n) =>
        scim('PATCH', path, change({ op: 'add', path: 'phoneNumbers', value: [{ value: `${n}` }] })),
      ),
    );
    const done = both.filter(({ status }) => status === 200).length;
    expect((await scim('GET', path)).body['phoneNumbers']).toHaveLength(done);
    const odd: [string, string, Json | string | undefined, number, Record<string, string>?][] = [
      ['POST', '/Users', '{', 400],
      ['POST', '/Users', '[]', 400],
      ['POST', '/Users', '{"userName":"a","userName":"b"}', 400],
      ['POST', '/Users', '['.repeat(100_000), 400],
      ['POST', '/Users', `{"userName":"${'x'.repeat(1_100_000)}"}`, 413],
      ['POST', '/Users', 'x', 415, { 'content-type': 'text/xml' }],
      ['POST', '/Users', '{"__proto__":{"userName":"x"},"constructor":{"prototype":{}}}', 400],
      ['POST', path, {}, 405],
      ['PATCH', '/Users', {}, 405],
      ['PATCH', path, change({ op: 'replace', path: '__proto__.x', value: 1 }), 400],
      ['POST', '/Bulk', {}, 501],
      ['GET', '/Me', undefined, 501],
      ['GET', '/Secrets', undefined, 404],
      ['GET', '/Users/%2e%2e%2f', undefined, 404],
      ['GET', '/Users/%', undefined, 404],
      ['GET', `${path}/x`, undefined, 404],
      ['GET', '/__proto__', undefined, 404],
    ];
    for (const [method, at, sent, status, more] of odd) {
      const answer = await scim(method, at, sent, more);
      expect(answer, `${method} ${at} ${JSON.stringify(sent ?? '').slice(0, 60)}`).toMatchObject({
        status,
        body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: String(status) },
      });
    }
  });

  it('read what the server can do', async ({ expect }) => {
    const { scim } = await connect('scim-config');
    expect((await scim('GET', '/ServiceProviderConfig')).body).toMatchObject({
      patch: { supported: true },
      etag: { supported: true },
    });
    expect((await scim('GET', '/Schemas')).body).toMatchObject({ totalResults: 3 });
    expect((await scim('GET', '/Schemas/urn:ietf:params:scim:schemas:core:2.0:User')).body).toMatchObject({
      name: 'User',
    });
    expect((await scim('GET', '/ResourceTypes/Group')).body).toMatchObject({ endpoint: '/Groups' });
    expect((await scim('GET', '/Schemas/x')).status).toBe(404);
  });
});
