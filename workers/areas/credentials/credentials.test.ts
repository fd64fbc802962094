import { describe, it } from 'vitest';
import { apiFor, testEnv } from '../../kit/testing.ts';
import { vaultResolver } from '../../vault/resolver.ts';

const CANARY = 'canary-5f1c0a9e-secret';
const basic = { type: 'httpBasicAuth', name: 'Shop', values: { user: 'ada', password: CANARY } };
const resolver = vaultResolver(testEnv);

describe('credentials', () => {
  it('[CRD4] are stored, listed, changed and removed, and never show a secret', async ({ expect }) => {
    const api = await apiFor('cred-life');
    const made = await api('POST /v1/credentials', { body: { ...basic, domains: ['API.example.com'] } });
    expect(made).toMatchObject({
      status: 201,
      body: { type: 'httpBasicAuth', fields: { user: 'ada' }, secrets: ['password'], domains: ['api.example.com'] },
    });
    const target = { params: { id: made.body['id'] as string } };
    const listed = await api('GET /v1/credentials', { query: { type: 'httpBasicAuth' } });
    expect(listed.body).toEqual({ credentials: [made.body] });
    const one = await api('GET /v1/credentials/{id}', target);
    const renamed = await api('PUT /v1/credentials/{id}', {
      ...target,
      body: { name: 'Shop 2', values: { user: 'ada' }, domains: ['api.example.com'] },
    });
    expect(renamed).toMatchObject({ status: 200, body: { name: 'Shop 2', secrets: ['password'] } });
    expect((await api('DELETE /v1/credentials/{id}', target)).status).toBe(204);
    expect(await api('GET /v1/credentials/{id}', target)).toMatchObject({ body: { code: 'credential-unknown' } });
    expect(JSON.stringify([made, listed, one, renamed])).not.toContain(CANARY);
  });

  it('[CRD1] lie in the database sealed', async ({ expect }) => {
    const api = await apiFor('cred-sealed');
    await api('POST /v1/credentials', { body: basic });
    const tables = ['credentials', 'vault_keys'].map((table) => testEnv.DB.prepare(`SELECT * FROM ${table}`).all());
    const text = JSON.stringify((await Promise.all(tables)).map(({ results }) => results));
    expect(text).toContain('Shop');
    expect(text).not.toContain(CANARY);
    expect(text).not.toContain(btoa(CANARY));
  });

  it('[CRD5] are found by id alone, within the tenant only', async ({ expect }) => {
    const [ours] = [await apiFor('cred-ours'), await apiFor('cred-theirs')];
    const { body } = await ours('POST /v1/credentials', { body: basic });
    const id = body['id'] as string;
    const wish = (ref: object | string) => ({ type: 'httpBasicAuth', ref: ref as { id: string } });
    const open = await resolver.resolve('cred-ours', wish({ id, name: 'whatever' }));
    expect(Object.fromEntries(open.values)).toEqual({ user: 'ada', password: CANARY });
    for (const ref of [{ id: 'of-n8n', name: 'Shop' }, 'Shop', { name: 'Shop' }]) {
      await expect(resolver.resolve('cred-ours', wish(ref))).rejects.toMatchObject({ code: 'credential-missing' });
    }
    for (const ref of [{ id }, { id, name: 'Shop' }, 'Shop', {}]) {
      await expect(resolver.resolve('cred-theirs', wish(ref))).rejects.toMatchObject({ code: 'credential-missing' });
    }
    await expect(resolver.resolve('cred-ours', { type: 'httpQueryAuth', ref: { id } })).rejects.toMatchObject({
      code: 'credential-missing',
    });
  });

  it('[CRD2] do not open where they do not belong', async ({ expect }) => {
    const api = await apiFor('cred-moved');
    await apiFor('cred-thief');
    const { body } = await api('POST /v1/credentials', { body: basic });
    const id = body['id'] as string;
    const wish = { type: 'httpBasicAuth', ref: { id } };
    await testEnv.DB.prepare(
      "INSERT INTO credentials SELECT 'cred-thief', id, type, name, domains, fields, secrets, key_id, created_at, updated_at, tokens, state, allowed, refs FROM credentials WHERE tenant_id = 'cred-moved'",
    ).run();
    await testEnv.DB.prepare(
      "INSERT INTO vault_keys SELECT 'cred-thief', id, wrapped_by, wrapped, created_at FROM vault_keys WHERE tenant_id = 'cred-moved'",
    ).run();
    await expect(resolver.resolve('cred-thief', wish)).rejects.toMatchObject({ code: 'vault-damaged' });
    await testEnv.DB.prepare(
      "UPDATE credentials SET secrets = replace(secrets, 'password', 'user') WHERE tenant_id = 'cred-moved'",
    ).run();
    await expect(resolver.resolve('cred-moved', wish)).rejects.toMatchObject({ code: 'vault-damaged' });
  });

  it('[CRD3] stay closed under another deployment key', async ({ expect }) => {
    const api = await apiFor('cred-closed');
    const { body } = await api('POST /v1/credentials', { body: basic });
    const wish = { type: 'httpBasicAuth', ref: { id: body['id'] as string } };
    const other = vaultResolver({ DB: testEnv.DB, DEPLOYMENT_KEY: 'another-deployment-key' });
    await expect(other.resolve('cred-closed', wish)).rejects.toMatchObject({ code: 'vault-closed' });
    await expect(vaultResolver({ DB: testEnv.DB }).resolve('cred-closed', wish)).rejects.toMatchObject({
      code: 'vault-closed',
    });
  });

  it('[CRD7] give no secret to who moves its target', async ({ expect }) => {
    const api = await apiFor('cred-moves');
    const values = { host: 'mail.example.com', user: 'u', password: CANARY };
    const made = await api('POST /v1/credentials', { body: { type: 'smtp', name: 'Mail', values } });
    const target = { params: { id: made.body['id'] as string } };
    const evil = { host: 'evil.example', user: 'u' };
    for (const body of [
      { name: 'Mail', values: evil },
      { name: 'Mail', values: { host: 'mail.example.com', user: 'u' }, domains: ['evil.example'] },
    ]) {
      expect(await api('PUT /v1/credentials/{id}', { ...target, body })).toMatchObject({
        status: 409,
        body: { code: 'secret-needed' },
      });
    }
    const again = { name: 'Mail', values: { ...evil, password: 'new' } };
    expect((await api('PUT /v1/credentials/{id}', { ...target, body: again })).status).toBe(200);
  });

  it('[CRD8] are refused by the name of what is wrong', async ({ expect }) => {
    const api = await apiFor('cred-wrong');
    expect(await api('POST /v1/credentials', { body: { type: 'nope', name: 'x', values: {} } })).toMatchObject({
      status: 400,
      body: { code: 'credential-type-unknown' },
    });
    const values = '{"user":5,"colour":"red","__proto__":"x","constructor":"y"}';
    const refused = await api('POST /v1/credentials', {
      body: `{"type":"httpBasicAuth","name":"x","domains":["http://x/"],"values":${values}}`,
    });
    const errors = refused.body['errors'] as { pointer: string }[];
    expect(refused.status).toBe(400);
    expect(errors.map(({ pointer }) => pointer)).toEqual(
      expect.arrayContaining(['/values/user', '/values/colour', '/values/constructor', '/domains/0']),
    );
    const { body } = await api('POST /v1/credentials', { body: { type: 'httpBearerAuth', name: 'x', values: {} } });
    expect(body).toMatchObject({ errors: [{ pointer: '/values/token' }] });
  });

  it('[CRD6] of a service are for that service, unless their maker says otherwise', async ({ expect }) => {
    const api = await apiFor('cred-service');
    const made = { type: 'openAiApi', name: 'AI', values: { apiKey: CANARY } };
    const domainsOf = async (more: object) =>
      (await api('POST /v1/credentials', { body: { ...made, ...more } })).body['domains'];
    expect(await domainsOf({})).toEqual(['api.openai.com']);
    expect(await domainsOf({ domains: ['proxy.example.com'] })).toEqual(['proxy.example.com']);
    expect(await domainsOf({ domains: [] })).toEqual([]);
  });

  it('have types that say which fields are secret', async ({ expect }) => {
    const api = await apiFor('cred-types');
    const { body } = await api('GET /v1/credential-types');
    const types = body['types'] as { type: string; fields: { name: string; secret: boolean }[] }[];
    const secrets = types.flatMap(({ type, fields }) => fields.flatMap((f) => (f.secret ? [`${type}.${f.name}`] : [])));
    expect(secrets).toEqual(
      expect.arrayContaining([
        'httpBasicAuth.password',
        'httpBearerAuth.token',
        'smtp.password',
        'oAuth2Api.clientSecret',
      ]),
    );
    // Whatever sounds like a secret is one.
    const open = types.flatMap(({ fields }) => fields.filter((field) => !field.secret).map(({ name }) => name));
    expect(open.filter((name) => /password|secret|passphrase|token$|private/i.test(name))).toEqual([]);
  });
});
