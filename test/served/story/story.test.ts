import { spawn } from 'node:child_process';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { WorkflowNode } from '../../../core/graph/document.ts';
import { removeDataDir, temporaryDataDir } from '../../harness/launcher.ts';
import { signInAtProvider, startOidcProvider } from '../../harness/oidc-provider.ts';
import type { Person } from '../../harness/person.ts';
import { holdDomain, SsoBrowser } from '../../harness/sso.ts';
import { makeWorld, type World } from '../../matrix/world.ts';
import { isGenuine, type Certificate } from '../../../workers/lifecycle/certificate.ts';
import { everyRoute } from '../contracts.ts';
import { chain, http, manual } from '../documents.ts';
import { Server, sleep } from '../server.ts';
import { Company } from './company.ts';
import { cross, type OpenApi } from './crossing.ts';

/**
 * Two organisations on one deployment, over HTTP alone: they sign up, invite, have people signed in by an identity
 * provider, share a credential, exceed a quota, are audited, take everything with them and go. Nothing crosses.
 */
const SECRET = 'secret-of-harbour-5f21';
const CANARY = 'canary-of-harbour';
const RUNS = 60;

let server: Server;
let crane: HttpServer;
/** What the outside was sent. */
const arrived: string[] = [];
let harbour: Company;
let meadow: Company;
let bob: Person;
let scratch = '';
const told: string[] = [];
const tell = (line: string): void => void told.push(line);

beforeAll(async () => {
  scratch = temporaryDataDir();
  crane = createServer((request, response) => {
    arrived.push(String(request.headers['x-key']));
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ heard: request.headers['x-key'] }));
  });
  await new Promise<void>((ready) => crane.listen(0, '127.0.0.1', ready));
  server = await Server.start();
  [harbour, meadow] = [new Company(server, 'harbour'), new Company(server, 'meadow')];
});
afterAll(async () => {
  process.stderr.write(`\n${told.map((line) => `  ${line}`).join('\n')}\n`);
  crane?.close();
  await server?.stop();
  removeDataDir(scratch);
});

const craneUrl = (): string => `http://127.0.0.1:${(crane.address() as AddressInfo).port}/lift`;

/** The command line as somebody has it at home: it knows a server only where `env` names one. */
function millrace(
  args: string[],
  env: Record<string, string> = {},
): Promise<{ status: number | null; output: string }> {
  const cli = resolve(import.meta.dirname, '../../../sdk/cli/millrace.mjs');
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: scratch,
    env: { PATH: process.env['PATH'] ?? '', HOME: scratch, ...env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (output += part.toString()));
  return new Promise((done) => child.on('close', (status) => done({ status, output })));
}

const lift = (credential: string, name = 'Crane'): WorkflowNode =>
  http(
    'lift',
    { url: craneUrl(), authentication: 'genericCredentialType', genericAuthType: 'httpHeaderAuth' },
    { credentials: { httpHeaderAuth: { id: credential, name } } },
  );

describe('two organisations', () => {
  it('sign up, and are ready within five seconds', async ({ expect }) => {
    for (const [company, email] of [
      [harbour, 'ada@harbour.example'],
      [meadow, 'eve@meadow.example'],
    ] as const) {
      const tookMs = await company.found(email);
      expect(tookMs).toBeLessThan(5_000);
      tell(`${company.id}: signed up, first run answered after ${tookMs.toFixed(0)} ms`);
      // Eve's organisation is made as she made it; the operator sells the other one so many runs.
      const runs = company === harbour ? { meters: { runs: { hard: RUNS } } } : {};
      await company.operated('PUT', '/internal/organizations/{id}/plan', { plan: 'unlimited', overrides: runs });
      await company.operated('PUT', '/internal/egress?tenant={id}', { private: ['127.0.0.1'] });
    }
  });

  it('invite by mail; a stranger to one is a member of the other', async ({ expect }) => {
    bob = await harbour.invite('bob@harbour.example', 'editor');
    const fay = await meadow.invite('fay@meadow.example', 'viewer');
    expect((await bob.in('harbour', 'GET', '/v1/workflows')).status).toBe(200);
    expect((await bob.in('meadow', 'GET', '/v1/workflows')).status).toBe(404);
    expect((await fay.in('harbour', 'GET', '/v1/workflows')).status).toBe(404);
    expect((await bob.get('/v1/workflows')).status).toBe(400);
    tell('harbour: bob came by invitation as editor; in meadow he gets 404, without naming an organisation 400');
  });

  it('have people signed in by an identity provider, each into their own', async ({ expect }) => {
    await holdDomain(server, 'harbour.example', 'harbour');
    const port = await startOidcProvider([]).then(async (probe) => {
      await probe.stop();
      return Number(new URL(probe.issuer).port);
    });
    const made = await harbour.ok('POST /v1/sso-connections', {
      body: {
        kind: 'oidc',
        name: 'Harbour sign-in',
        settings: { issuer: `http://127.0.0.1:${port}`, clientId: 'millrace', scopes: ['groups'] },
        secret: 'canary-oidc-client-secret',
        mappings: [{ group: 'Dockers', role: 'operator' }],
      },
    });
    const { signIn, callback } = made['addresses'] as { signIn: string; callback: string };
    const provider = await startOidcProvider([callback], port);
    try {
      provider.account = {
        sub: 'cy',
        email: 'cy@harbour.example',
        email_verified: true,
        name: 'Cy',
        groups: ['Dockers'],
      };
      const cy = new SsoBrowser(server);
      const begun = await cy.go(signIn);
      const back = await signInAtProvider(begun.headers.get('location') ?? '', server.ready.url);
      expect((await cy.go(back.href)).status).toBe(303);
      expect([await cy.role('harbour'), await cy.role('meadow')]).toEqual(['operator', undefined]);
      provider.account = { sub: 'eve', email: 'eve@meadow.example', email_verified: true };
      const eve = new SsoBrowser(server);
      const tried = await eve.go(signIn);
      const refused = await eve.go(
        (await signInAtProvider(tried.headers.get('location') ?? '', server.ready.url)).href,
      );
      expect([refused.status, eve.isSignedIn]).toEqual([403, false]);
      tell('harbour: cy came by its identity provider as operator; eve of meadow was refused there');
    } finally {
      await provider.stop();
    }
  });

  it('share a credential inside, and not across', async ({ expect }) => {
    const { id } = await harbour.ok('POST /v1/credentials', {
      body: { type: 'httpHeaderAuth', name: 'Crane', values: { name: 'x-key', value: SECRET } },
    });
    const credential = String(id);
    const share = (roles: string[]) =>
      harbour.ok('PUT /v1/credentials/{id}/sharing', {
        params: { id: credential },
        body: { users: [], roles, projects: [] },
      });
    const document = chain('Lift', [manual(), lift(credential)]);
    await share(['viewer']);
    expect((await bob.in('harbour', 'POST', '/v1/workflows', document)).status).toBe(403);
    await share(['editor']);
    const made = await bob.in('harbour', 'POST', '/v1/workflows', document);
    expect(made.status).toBe(201);
    const run = await bob.in('harbour', 'POST', `/v1/workflows/${String(made.json['id'])}/runs?wait=30s`, {
      input: {},
    });
    expect(run.json).toMatchObject({ status: 'success' });
    expect(arrived).toEqual([SECRET]);
    expect(run.text).not.toContain(SECRET);

    const taken = await meadow.ok('POST /v1/workflows', { body: chain('Mine', [manual(), lift(credential)]) });
    const tried = await meadow.ask('POST /v1/workflows/{id}/runs', {
      params: { id: String(taken['id']) },
      query: { wait: '30s' },
      body: { input: {} },
    });
    expect(tried.json).toMatchObject({ status: 'error', error: { code: 'credential-missing', node: 'lift' } });
    expect(arrived).toHaveLength(1);
    tell("harbour: bob uses the credential shared with editors; for meadow's run it does not exist");
  });

  it('cannot reach each other by any route of the OpenAPI document', { timeout: 300_000 }, async ({ expect }) => {
    const routes = (await everyRoute()).filter(({ route }) => route.actor === 'member');
    const own = routes.filter(({ route }) => !route.path.includes('{'));
    const theirs = await makeWorld(routes, harbour.ask, CANARY);
    const ours = await makeWorld(own, meadow.ask, 'text-of-meadow');
    expect((await harbour.ask('GET /v1/workflows')).text).toContain(CANARY);
    // Runs are numbered in each organisation: one that the other has not got yet.
    const runs = async (company: Company) => (await company.ok('GET /v1/runs'))['runs'] as { id: string }[];
    const [newest] = await runs(harbour);
    expect((await runs(meadow)).map(({ id }) => id)).not.toContain(newest?.id);
    const named: World = {
      ...theirs,
      paramsFor: (route) =>
        /^\/v1\/(usage\/)?runs\//.test(route.path)
          ? { ...theirs.paramsFor(route), id: newest?.id ?? '' }
          : theirs.paramsFor(route),
    };
    const document = (await (await fetch(`${server.ready.url}/openapi.json`)).json()) as OpenApi;
    const { tried, nameless, wrong } = await cross(document, await everyRoute(), { from: ours, to: named });
    expect(wrong).toEqual([]);
    expect(tried.length).toBeGreaterThan(40);
    tell(`meadow: ${tried.length} routes asked for what is harbour's: 404 each`);
    tell(`meadow: not asked, since what they name has no id of its own: ${nameless.join(', ')}`);
  });

  it('exceed a quota alone', async ({ expect }) => {
    let refused: Response | undefined;
    for (let call = 0; call <= RUNS && !refused; call++) {
      const answer = await harbour.hook('quick-start');
      if (answer.status !== 200) refused = answer;
    }
    expect(refused?.status).toBe(429);
    expect(await refused?.json()).toMatchObject({ code: 'quota-exhausted' });
    const wait = Number(refused?.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect(refused?.headers.get('ratelimit')).toBeTruthy();
    await expect
      .poll(async () => (await harbour.ok('GET /v1/usage'))['meters'])
      .toContainEqual(expect.objectContaining({ meter: 'runs', used: RUNS, hard: RUNS }) as unknown);
    expect((await meadow.hook('quick-start')).status).toBe(200);
    tell(`harbour: ${RUNS} runs of ${RUNS} used, then 429 with Retry-After ${wait}; meadow's webhook answers 200`);
  });

  it('are audited, provably', async ({ expect }) => {
    for (const action of ['organizations.create', 'members.invite', 'credentials.share', 'credentials.use']) {
      const records = async (): Promise<unknown> =>
        (await harbour.ok('GET /v1/audit', { query: { action } }))['records'];
      await expect.poll(records, { message: action }).not.toEqual([]);
    }
    const env = { MILLRACE_URL: server.ready.url, MILLRACE_KEY: harbour.key };
    const exported = await millrace(['audit', 'export', 'harbour.ndjson'], env);
    expect(exported, exported.output).toMatchObject({ status: 0 });
    const head = /with hash ([0-9a-f]{64})/.exec(exported.output)?.[1] ?? '';
    const verified = await millrace(['audit', 'verify', 'harbour.ndjson', '--head', head]);
    expect(verified, verified.output).toMatchObject({ status: 0 });
    const file = join(scratch, 'harbour.ndjson');
    const log = readFileSync(file, 'utf8');
    expect(log).not.toContain(SECRET);
    writeFileSync(file, log.replace('"action":"members.invite"', '"action":"members.list"'));
    const changed = await millrace(['audit', 'verify', 'harbour.ndjson']);
    expect(changed.status).not.toBe(0);
    expect(changed.output).toMatch(/Record \d+ was changed/);
    writeFileSync(file, log.trimEnd().split('\n').slice(0, -1).join('\n'));
    const cut = await millrace(['audit', 'verify', 'harbour.ndjson', '--head', head]);
    expect(cut.status).not.toBe(0);
    tell(`harbour: ${verified.output.trim()}; one changed or missing record is noticed`);
  });

  it('take everything with them, without secrets, and can bring it in elsewhere', async ({ expect }) => {
    const load = async (company: Company): Promise<Uint8Array> => {
      const headers = { authorization: `Bearer ${company.key}` };
      return new Uint8Array(
        await (await fetch(`${server.ready.url}/v1/organization/export`, { headers })).arrayBuffer(),
      );
    };
    const texts = (zip: Uint8Array): string =>
      Object.entries(unzipSync(zip))
        .map(([name, bytes]) => name + strFromU8(bytes, true))
        .join('\n');
    const [ours, theirs] = [await load(harbour), await load(meadow)];
    expect(texts(ours)).toContain(CANARY);
    expect(texts(ours)).not.toContain(SECRET);
    meadow.heard.push(texts(theirs));

    const haven = new Company(server, 'haven');
    await haven.found('ada2@harbour.example');
    const brought = await haven.ok('POST /v1/organization/import', {
      body: ours,
      headers: { 'content-type': 'application/zip' },
    });
    const { workflows } = brought['imported'] as { workflows: number };
    expect(workflows).toBeGreaterThan(0);
    expect((await haven.ask('GET /v1/workflows', { query: { limit: '100' } })).text).toContain('Lift');
    tell(
      `harbour: export of ${ours.byteLength} bytes, ${workflows} of its workflows brought into another organisation`,
    );
  });

  it('are deleted with a certificate, and leave nothing', { timeout: 180_000 }, async ({ expect }) => {
    const asked = await harbour.ok('DELETE /v1/organization', { body: { confirm: 'harbour', graceDays: 0 } });
    const receipt = String(asked['certificate']);
    let answer = await fetch(receipt);
    for (let tries = 0; answer.status !== 200 && tries < 300; tries++) {
      await sleep(300);
      answer = await fetch(receipt);
    }
    const certificate = (await answer.json()) as Certificate;
    expect(await isGenuine(certificate)).toBe(true);
    expect(await isGenuine({ ...certificate, statement: { organization: 'meadow' } })).toBe(false);
    expect(certificate.statement).toMatchObject({ organization: 'harbour' });
    expect((await harbour.ask('GET /v1/workflows')).status).toBe(401);
    expect((await harbour.hook('quick-start')).status).toBe(404);
    expect((await bob.in('harbour', 'GET', '/v1/workflows')).status).toBe(404);
    expect((await harbour.owner.post('/v1/organizations', { name: 'harbour', id: 'harbour' })).status).toBe(409);
    expect((await meadow.hook('quick-start')).status).toBe(200);
    expect((await meadow.ask('GET /v1/workflows')).status).toBe(200);
    const removed = (certificate.statement as { removed: object }).removed;
    tell(
      `harbour: deleted; its certificate is genuine and counts ${JSON.stringify(removed).length} bytes of what went`,
    );
  });

  it('never heard of each other', ({ expect }) => {
    expect(meadow.heard.length).toBeGreaterThan(100);
    const leaks = meadow.heard.filter((text) => text.includes(CANARY) || text.includes(SECRET));
    expect(leaks.map((text) => text.slice(0, 200))).toEqual([]);
    expect(harbour.heard.filter((text) => text.includes(SECRET)).map((text) => text.slice(0, 200))).toEqual([]);
    expect(harbour.heard.filter((text) => text.includes('text-of-meadow'))).toEqual([]);
    // The search finds what is there.
    expect(harbour.heard.some((text) => text.includes(CANARY))).toBe(true);
    tell(`meadow: none of ${meadow.heard.length} answers holds a canary or the secret of harbour`);
  });
});
