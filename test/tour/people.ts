import { linkTo, newPerson, type Person } from '../harness/person.ts';
import type { WebApp } from '../harness/web-app.ts';

const COLLEAGUES = [
  ['grace@example.com', 'Grace Hopper', 'admin'],
  ['alan@example.com', 'Alan Turing', 'editor'],
  ['emmy@example.com', 'Emmy Noether', 'viewer'],
] as const;

/** An organisation with people, keys and what they set up; whoever owns it is returned, signed in. */
export async function settle(app: WebApp): Promise<Person> {
  const place = { url: app.ready.url, dataDir: app.dataDir };
  const join = async (email: string, name: string, role: string): Promise<Person> => {
    const person = await newPerson(place, email, name);
    await app.api('POST', '/v1/invitations', { email, role });
    const [, token] = (await linkTo(place, email, 'invited')).split('#invitation=');
    const { status, text } = await person.post('/v1/account/invitations', { token: decodeURIComponent(token ?? '') });
    if (status !== 201) throw new Error(`${email} could not join: ${status} ${text}`);
    return person;
  };
  await app.api('PATCH', '/v1/organization', { name: 'Velo Works' });
  const owner = await join('ada@example.com', 'Ada Lovelace', 'owner');
  for (const [email, name, role] of COLLEAGUES) await join(email, name, role);
  const made = async (method: string, path: string, body: unknown): Promise<Record<string, unknown>> => {
    const { status, json, text } = await owner.in(app.ready.tenant, method, path, body);
    if (status >= 300) throw new Error(`${method} ${path} answered ${status}: ${text}`);
    return json;
  };
  await made('POST', '/v1/invitations', { email: 'katherine@example.com', role: 'editor' });
  await made('POST', '/v1/roles', { name: 'Night watch', scopes: ['runs:read', 'runs:write', 'workflows:read'] });
  const robot = await made('POST', '/v1/service-accounts', { name: 'Shop server', role: 'operator' });
  await made('POST', `/v1/service-accounts/${String(robot['id'])}/keys`, { name: 'Live', scopes: ['runs:write'] });
  await made('POST', '/v1/keys', { name: 'Reports', scopes: ['runs:read', 'usage:read'] });
  for (const [environment, value] of [
    ['development', 'http://shop.local'],
    ['staging', 'https://staging.shop.example'],
    ['production', 'https://shop.example'],
  ]) {
    await made('PUT', `/v1/variables/${environment}/SHOP_URL`, { value, description: 'Where orders come from' });
  }
  await made('PUT', '/v1/variables/production/MAIL_SIGNATURE', { value: 'secret', secret: true });
  await made('POST', '/v1/credentials', {
    type: 'httpBearerAuth',
    name: 'Shop API',
    values: { token: 'for a picture' },
    domains: ['shop.example'],
  });
  await made('POST', '/v1/credentials', {
    type: 'httpBasicAuth',
    name: 'Warehouse',
    values: { user: 'millrace', password: 'for a picture' },
    domains: ['*.warehouse.example'],
  });
  await made('PUT', '/v1/egress', { deny: ['ads.example.com'], only: [] });
  await made('POST', '/v1/sso-domains', { domain: 'velo.example' });
  return owner;
}
