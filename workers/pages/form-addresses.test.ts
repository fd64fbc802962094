import { describe, it } from 'vitest';
import { chain, node } from '../areas/workflows/testing.ts';
import { apiFor } from '../kit/testing.ts';
import { get, outputs, publish, send, trigger, values, withoutOurs } from './form-testing.ts';

describe('form addresses', () => {
  it('[PAG1] that do not answer say so as a page, and a webhook path is no form', async ({ expect }) => {
    const api = await apiFor('forms-none');
    await publish(api, chain('Ask', trigger({ formFields: values({ fieldLabel: 'N' }) })));
    for (const path of ['/forms/forms-none/other', '/forms/forms-nobody/tell', '/forms/', '/forms/UP/x']) {
      const answer = await get(path);
      expect([answer.status, answer.headers.get('content-type')], path).toEqual([404, 'text/html; charset=utf-8']);
    }
    expect((await get('/hooks/forms-none/tell', { method: 'POST' })).status).toBe(404);
    expect((await get('/forms/forms-none/tell', { method: 'DELETE' })).status).toBe(405);
  });

  it('[PAG12] that ask for a login show nothing without it', async ({ expect }) => {
    const api = await apiFor('forms-login');
    const credential = { type: 'httpBasicAuth', name: 'Visitors', values: { user: 'ada', password: 'pass-1' } };
    const { body } = await api('POST /v1/credentials', { body: credential });
    const first = trigger({ formFields: values({ fieldLabel: 'N' }), authentication: 'basicAuth' });
    first.credentials = { httpBasicAuth: { id: body['id'] as string, name: 'Visitors' } };
    await publish(api, chain('Ask', first));
    const as = (login?: string) =>
      get('/forms/forms-login/tell', login === undefined ? {} : { headers: { authorization: `Basic ${btoa(login)}` } });
    for (const login of [undefined, 'ada:wrong']) {
      const answer = await as(login);
      expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, expect.stringMatching(/^Basic/)]);
      expect(answer.text).not.toContain('<form');
    }
    const shown = await as('ada:pass-1');
    expect([shown.status, shown.text]).toEqual([200, expect.stringContaining('<form')]);
    expect((await send('/forms/forms-login/tell', shown.text, { 'field-0': 'x' })).status).toBe(401);
  });

  it('[PAG14] an approval says at its address what was decided, also to who comes too late', async ({ expect }) => {
    const api = await apiFor('forms-decided');
    const ask = node('Ask', 'approval', 1, { title: 'Pay?', message: '<b>12</b><script>x</script>' });
    const { body } = await api('POST /v1/workflows', { body: chain('Pay', node('Start', 'manual', 1), ask) });
    const params = { id: body['id'] as string };
    const approval = async () => {
      const started = await api('POST /v1/workflows/{id}/runs', { params, query: { wait: '5s' } });
      const [resume] = started.body['resumeUrls'] as { url: string }[];
      return (resume?.url ?? '').replace(/^.*(?=\/waiting\/)/, '');
    };
    const path = await approval();
    const shown = await get(`${path}?decision=Decline`);
    expect(shown.text).toContain('<b>12</b>');
    expect(withoutOurs(shown.text)).not.toContain('<script');
    expect(shown.text).toMatch(/value="Decline" checked/);
    expect((await send(path, shown.text, {})).status).toBe(422);
    const decided = await Promise.all(
      ['Approve', 'Decline'].map((decision) => send(path, shown.text, { 'field-0': decision, 'field-1': 'ok' })),
    );
    // Two at once: one decides, and the other is told that they did not.
    expect(decided.map(({ status }) => status)).toEqual([303, 303]);
    expect(decided.map(({ location }) => location).toSorted()).toEqual([path, `${path}?late=1`]);
    const first = decided[0]?.location === path ? 'Approved' : 'Declined';
    const [taken, late] = [await get(path), await get(`${path}?late=1`)];
    expect(taken.text).toContain(`<h1>${first}</h1>`);
    expect(taken.text).not.toContain('role="alert"');
    expect(late.text).toContain('Your answer was not taken');
    expect((await outputs(api, path))['Ask']?.json).toMatchObject(
      first === 'Approved' ? { approval: { approved: true, remark: 'ok', by: 'link' } } : {},
    );
  });

  it('[PAG14] an approval says that nobody decided in time', async ({ expect }) => {
    const api = await apiFor('forms-expired');
    const ask = node('Ask', 'approval', 1, { limitWaitTime: true, resumeAmount: 5, resumeUnit: 'seconds' });
    const { body } = await api('POST /v1/workflows', { body: chain('Pay', node('Start', 'manual', 1), ask) });
    const params = { id: body['id'] as string };
    const { id } = (await api('POST /v1/workflows/{id}/runs', { params })).body as { id: string };
    // A wait with a limit is no rest, so nothing waits for it.
    await expect
      .poll(async () => (await api('GET /v1/runs/{id}', { params: { id } })).body, { interval: 50, timeout: 4_000 })
      .toMatchObject({ status: 'waiting' });
    const { body: waiting } = await api('GET /v1/runs/{id}', { params: { id } });
    const [resume] = waiting['resumeUrls'] as { url: string }[];
    const path = (resume?.url ?? '').replace(/^.*(?=\/waiting\/)/, '');
    await expect.poll(async () => (await get(path)).text, { timeout: 15_000 }).toContain('nobody decided in time');
  });

  it('[PAG15] an approval for members is decided in the app only', async ({ expect }) => {
    const api = await apiFor('forms-members');
    const ask = node('Ask', 'approval', 1, { title: 'Pay?', decidedBy: 'members' });
    const { body } = await api('POST /v1/workflows', { body: chain('Pay', node('Start', 'manual', 1), ask) });
    const params = { id: body['id'] as string };
    const started = await api('POST /v1/workflows/{id}/runs', { params, query: { wait: '5s' } });
    const [resume] = started.body['resumeUrls'] as { url: string }[];
    const path = (resume?.url ?? '').replace(/^.*(?=\/waiting\/)/, '');
    const run = started.body['id'] as string;
    const shown = await get(path);
    expect(shown.text).toContain(`href="/runs/${run}"`);
    expect(shown.text).not.toContain('<form');
    await send(path, '', { 'field-0': 'Approve' });
    const still = await api('GET /v1/runs/{id}', { params: { id: run } });
    expect(still.body).toMatchObject({ status: 'waiting', waitingFor: 'approval' });
    await api('POST /v1/runs/{id}/answer', { params: { id: run }, body: { approved: true } });
    expect((await get(path)).text).toContain('<h1>Approved</h1>');
  });

  it('[PAG16] speak the visitor’s language where they say something themselves', async ({ expect }) => {
    const api = await apiFor('forms-german');
    const fields = values(
      { fieldLabel: 'Ihr Name', requiredField: true },
      { fieldLabel: 'Alter', fieldType: 'number' },
      { fieldLabel: 'Wahl', fieldType: 'dropdown', fieldOptions: values({ option: 'a' }) },
    );
    await publish(api, chain('Fragen', trigger({ formTitle: 'Fragen', formFields: fields })));
    const german = { 'accept-language': 'fr;q=0.9, de-CH, en;q=0.5' };
    const shown = await get('/forms/forms-german/tell', { headers: german });
    expect(shown.text).toMatch(/<html lang="de">[^]*\(erforderlich\)[^]*Bitte wählen…[^]*>Absenden</);
    const wrong = await send('/forms/forms-german/tell', shown.text, { 'field-0': '', 'field-1': ' ' }, german);
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('2 Antworten brauchen noch einen Blick');
    expect(wrong.text).toContain('<a href="#field-1">Alter: Bitte eine Zahl eingeben');
    const thanks = await send('/forms/forms-german/tell', shown.text, { 'field-0': 'Ada' }, german);
    expect((await get(thanks.location, { headers: german })).text).toContain('Ihre Antwort wurde gespeichert');
    expect((await get('/forms/forms-german/tell', { headers: { 'accept-language': 'fr' } })).text).toContain(
      '>Submit<',
    );
    const nowhere = await get('/forms/forms-german/none', { headers: german });
    expect([nowhere.status, nowhere.text]).toEqual([404, expect.stringContaining('<h1>Hier ist nichts</h1>')]);
  });

  it('[PAG18] that are dead are a page for people and a problem for programs', async ({ expect }) => {
    await apiFor('forms-dead');
    const dead = '/waiting/forms-dead/run_0_1_1/abcdefghijklmnopqrstuv';
    const seen = await get(dead, { headers: { accept: 'text/html,*/*;q=0.8' } });
    expect([seen.status, seen.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    const told = await get(dead);
    expect([told.status, told.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
  });

  it('[PAG5] know files by their last name only', async ({ expect }) => {
    const api = await apiFor('forms-names');
    const fields = values({ fieldLabel: 'f', fieldType: 'file' });
    await publish(api, chain('Ask', trigger({ responseMode: 'lastNode', formFields: fields })));
    const names = ['../../etc/passwd', 'C:\\x\\y.txt', '..', `${'n'.repeat(400)}.pdf`];
    const files = names.map((name) => new File(['x'], name));
    const form = new FormData();
    form.append('submission', 'submission-names');
    for (const file of files) form.append('field-0', file, file.name);
    const sent = await get('/forms/forms-names/tell', { method: 'POST', body: form });
    const told = (await outputs(api, sent.headers.get('location') ?? ''))['Form']?.json['f'] as { filename: string }[];
    expect(told.map(({ filename }) => filename)).toEqual(['passwd', 'y.txt', 'file', `${'n'.repeat(251)}.pdf`]);
  });
});
