import { describe, it } from 'vitest';
import type { JsonObject } from '../../core/data/item.ts';
import type { Workflow, WorkflowNode } from '../../core/graph/document.ts';
import { chain, node, setNode, webhookNode } from '../areas/workflows/testing.ts';
import { apiFor, fetchWorker, testEnv } from '../kit/testing.ts';
import type { Caller } from '../kit/testing.ts';

async function publish(api: Caller, document: Workflow): Promise<{ url: string }[]> {
  const { body } = await api('POST /v1/workflows', { body: document });
  const result = await api('POST /v1/workflows/{id}/publish', { params: { id: body['id'] as string } });
  if (result.status !== 200) throw new Error(JSON.stringify(result.body));
  return result.body['hooks'] as { url: string }[];
}

const values = (...list: JsonObject[]): JsonObject => ({ values: list });
const trigger = (parameters: JsonObject): WorkflowNode =>
  node('Form', 'form-trigger', 2.3, { formTitle: 'Tell us', options: { path: 'tell' }, ...parameters });
const page = (name: string, parameters: JsonObject): WorkflowNode => node(name, 'form', 2.3, parameters);

async function get(path: string, init?: RequestInit) {
  const response = await fetchWorker(path, { redirect: 'manual', ...init });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** What a browser sends: the page's own hidden fields, and the answers. */
async function send(
  path: string,
  text: string,
  answers: Record<string, string | File | string[]>,
  headers: Record<string, string> = {},
) {
  const form = new FormData();
  for (const [, name = '', value = ''] of text.matchAll(
    /<input type="hidden" name="(submission|step)" value="([^"]*)"/g,
  )) {
    form.append(name, value);
  }
  for (const [name, given] of Object.entries(answers)) for (const value of [given].flat()) form.append(name, value);
  const isMultipart = text.includes('multipart/form-data');
  const body = isMultipart ? form : new URLSearchParams([...form.entries()] as [string, string][]);
  const reply = await get(path, { method: 'POST', body, headers });
  return { ...reply, location: reply.headers.get('location') ?? '' };
}

async function outputs(api: Caller, path: string): Promise<Record<string, { json: JsonObject; binary?: JsonObject }>> {
  const run = path.split('/')[3] ?? '';
  const { body } = await api('GET /v1/runs/{id}', { params: { id: run }, query: { wait: '5s' } });
  const nodes = body['nodes'] as { nodeName: string; outputs: { json: JsonObject; binary?: JsonObject }[][] }[];
  return Object.fromEntries(nodes.map(({ nodeName, outputs: all }) => [nodeName, all[0]?.[0] ?? { json: {} }]));
}

describe('a form', () => {
  it('[PAG1][PAG2] is a page that asks, labelled, without scripts, and answers start a run', async ({ expect }) => {
    const api = await apiFor('forms-first');
    const fields = values(
      { fieldLabel: 'Name', requiredField: true, placeholder: 'Ada' },
      { fieldLabel: 'Age', fieldType: 'number' },
      { fieldLabel: 'Tags', fieldType: 'checkbox', fieldOptions: values({ option: 'a' }, { option: 'b' }) },
      { fieldLabel: 'When', fieldType: 'date', formatDate: 'mm/dd/yyyy' },
      { fieldName: 'source', fieldType: 'hiddenField', fieldValue: 'web' },
    );
    const hooks = await publish(
      api,
      chain('Ask', trigger({ formFields: fields, responseMode: 'lastNode' }), setNode('M', 'm', 'v')),
    );
    expect(hooks.map(({ url }) => url)).toEqual(['https://millrace.test/forms/forms-first/tell']);
    const shown = await get('/forms/forms-first/tell?Name=Grace');
    expect(shown.status).toBe(200);
    expect(shown.text).toContain('<label class="name" for="field-0">Name');
    expect(shown.text).toMatch(/id="field-0" name="field-0" required placeholder="Ada" value="Grace"/);
    expect(shown.text).not.toMatch(/<script|onclick|style="/);
    const policy = shown.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'none'");
    expect(policy).toContain("form-action 'self'");
    const sent = await send('/forms/forms-first/tell?Name=Grace', shown.text, {
      'field-0': 'Ada',
      'field-1': '36',
      'field-2': ['a', 'b'],
      'field-3': '1843-12-10',
      'field-4': 'web',
    });
    expect([sent.status, sent.location]).toEqual([303, expect.stringMatching(/^\/waiting\/forms-first\/run_/)]);
    expect((await outputs(api, sent.location))['M']?.json).toEqual({
      Name: 'Ada',
      Age: 36,
      Tags: ['a', 'b'],
      When: '12/10/1843',
      source: 'web',
      formMode: 'production',
      m: 'v',
      submittedAt: expect.stringMatching(/Z$/) as string,
      formQueryParameters: { Name: 'Grace' },
    });
    const end = await get(sent.location);
    expect([end.status, end.text]).toEqual([200, expect.stringContaining('Your response has been recorded')]);
  });

  it('[PAG3] says what is wrong, beside the field and in a summary, and keeps the answers', async ({ expect }) => {
    const api = await apiFor('forms-wrong');
    const fields = values(
      { fieldLabel: 'Mail', fieldType: 'email', requiredField: true },
      { fieldLabel: 'Pick', fieldType: 'dropdown', fieldOptions: values({ option: 'x' }), requiredField: true },
      { fieldLabel: 'Notes', fieldType: 'textarea' },
    );
    await publish(api, chain('Ask', trigger({ formFields: fields })));
    const shown = await get('/forms/forms-wrong/tell');
    const sent = await send('/forms/forms-wrong/tell', shown.text, {
      'field-0': 'nobody',
      'field-1': 'y',
      'field-2': '\n<b>kept',
    });
    expect(sent.status).toBe(422);
    expect(sent.text).toContain('role="alert"');
    expect(sent.text).toContain('<a href="#field-0">Mail: Enter an email address');
    expect(sent.text).toMatch(/aria-invalid="true" aria-describedby="field-1-wrong"/);
    expect(sent.text).toContain('>\n\n&lt;b&gt;kept</textarea>');
    expect((await api('GET /v1/runs')).body['runs']).toEqual([]);
  });

  it('[PAG4] sent twice is one run, and thanks at an address of its own', async ({ expect }) => {
    const api = await apiFor('forms-twice');
    const options = { path: 'tell', respondWithOptions: values({}).values, formSubmittedText: '' };
    await publish(
      api,
      chain(
        'Ask',
        trigger({
          formFields: values({ fieldLabel: 'Name' }),
          options: {
            ...options,
            respondWithOptions: { values: { formSubmittedText: 'Merci<script>alert(1)</script>' } },
          },
        }),
      ),
    );
    const shown = await get('/forms/forms-twice/tell');
    const sent = [];
    for (let again = 0; again < 3; again++) {
      sent.push(await send('/forms/forms-twice/tell', shown.text, { 'field-0': 'Ada' }));
    }
    expect(new Set(sent.map(({ location }) => location))).toEqual(new Set(['/forms/forms-twice/tell?submitted=1']));
    expect((await api('GET /v1/runs')).body['runs']).toHaveLength(1);
    const thanks = await get('/forms/forms-twice/tell?submitted=1');
    expect(thanks.text).toContain('Merci');
    expect(thanks.text).not.toContain('alert');
  });

  it('[PAG5] takes files, of the kinds asked for', async ({ expect }) => {
    const api = await apiFor('forms-files');
    const fields = values(
      { fieldLabel: 'Your CV', fieldType: 'file', acceptFileTypes: 'pdf', requiredField: true },
      { fieldLabel: 'Photos', fieldType: 'file' },
    );
    await publish(api, chain('Ask', trigger({ formFields: fields, responseMode: 'lastNode' }), setNode('M', 'm', 'v')));
    const shown = await get('/forms/forms-files/tell');
    expect(shown.text).toContain('multipart/form-data');
    const none = new File([], '');
    const wrong = await send('/forms/forms-files/tell', shown.text, {
      'field-0': new File(['x'], 'cv.exe'),
      'field-1': none,
    });
    expect([wrong.status, wrong.text]).toEqual([422, expect.stringContaining('not of an accepted type (.pdf)')]);
    expect((await testEnv.FILES.list({ prefix: 't/forms-files/' })).objects).toEqual([]);
    const photos = ['a.png', 'b.png'].map((name) => new File([name], name, { type: 'image/png' }));
    const answers = { 'field-0': new File(['pdf!'], 'cv.pdf', { type: 'application/pdf' }) };
    const form = new FormData();
    for (const file of photos) form.append('field-1', file);
    form.append('field-0', answers['field-0']);
    const sent = await get('/forms/forms-files/tell', { method: 'POST', body: form });
    const { json = {}, binary } = (await outputs(api, sent.headers.get('location') ?? ''))['Form'] ?? {};
    expect(Object.keys(binary ?? {})).toEqual(['Your_CV', 'Photos_0', 'Photos_1']);
    expect(json['Your CV']).toEqual([{ filename: 'cv.pdf', mimetype: 'application/pdf', size: 4 }]);
  });

  it('[PAG6] of another site is refused; so are bots where they are ignored', async ({ expect }) => {
    const api = await apiFor('forms-foreign');
    await publish(
      api,
      chain(
        'Ask',
        trigger({ formFields: values({ fieldLabel: 'Name' }), options: { path: 'tell', ignoreBots: true } }),
      ),
    );
    const shown = await get('/forms/forms-foreign/tell');
    for (const headers of [
      { origin: 'https://evil.test' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      const sent = await send(
        '/forms/forms-foreign/tell',
        shown.text,
        { 'field-0': 'x' },
        headers as Record<string, string>,
      );
      expect(sent.status, JSON.stringify(headers)).toBe(403);
    }
    expect((await get('/forms/forms-foreign/tell', { headers: { 'user-agent': 'Googlebot/2.1' } })).status).toBe(403);
    expect((await api('GET /v1/runs')).body['runs']).toEqual([]);
    expect(
      (await send('/forms/forms-foreign/tell', shown.text, { 'field-0': 'x' }, { origin: 'https://millrace.test' }))
        .status,
    ).toBe(303);
  });

  it('[PAG1] escapes what authors and addresses say', async ({ expect }) => {
    const api = await apiFor('forms-escape');
    const evil = '"><script>alert(1)</script>';
    const fields = values(
      { fieldLabel: evil, placeholder: evil, defaultValue: evil },
      { fieldLabel: 'Pick', fieldType: 'radio', fieldOptions: values({ option: evil }) },
      {
        fieldType: 'html',
        html: `<b onclick="x()">bold</b><img src=x onerror=alert(1)>${evil}<a href="javascript:x()">l</a>`,
      },
    );
    await publish(
      api,
      chain(
        'Ask',
        trigger({
          formTitle: evil,
          formDescription: evil,
          formFields: fields,
          options: { path: 'tell', customCss: '</style><script>alert(1)</script>' },
        }),
      ),
    );
    const { text } = await get(`/forms/forms-escape/tell?Pick=${encodeURIComponent(evil)}`);
    expect(text).not.toMatch(/<script|onclick|onerror|javascript:/);
    expect(text).toContain('<b>bold</b>');
    expect(text.match(/<\/style>/g)).toHaveLength(1);
  });
});

describe('later pages', () => {
  it('[PAG7] follow at the run’s own address, each answered once, until an ending', async ({ expect }) => {
    const api = await apiFor('forms-pages');
    await publish(
      api,
      chain(
        'Ask',
        trigger({ formFields: values({ fieldLabel: 'Name' }) }),
        page('More', {
          formFields: values({ fieldLabel: 'Color', requiredField: true }),
          options: { formDescription: '=Hello {{ $json.Name }}' },
        }),
        setNode('Between', 'x', 'y'),
        page('End', {
          operation: 'completion',
          completionTitle: 'Thanks',
          completionMessage: "={{ $('Form').item.json.Name }} likes {{ $json.Color }}",
        }),
      ),
    );
    const first = await send('/forms/forms-pages/tell?Color=red', (await get('/forms/forms-pages/tell')).text, {
      'field-0': 'Ada',
    });
    const second = await get(first.location);
    expect(second.text).toContain('Hello Ada');
    expect(second.text).toContain('<h1>Tell us</h1>');
    expect(second.text).toMatch(/name="field-0" required[^>]* value="red"/);
    expect((await send(first.location, second.text, { 'field-0': '' })).status).toBe(422);
    const answered = await send(first.location, second.text, { 'field-0': 'blue' });
    expect([answered.status, answered.location]).toEqual([303, first.location]);
    const end = await get(first.location);
    expect(end.text).toContain('<h1>Thanks</h1>');
    expect(end.text).toContain('Ada likes blue');
    const late = await send(first.location, second.text, { 'field-0': 'green' });
    expect(late.status).toBe(303);
    expect((await outputs(api, first.location))['More']?.json).toMatchObject({ Color: 'blue', formMode: 'production' });
    expect((await get(`${first.location.slice(0, -1)}_`)).status).toBe(404);
  });

  it('[PAG7] an old page does not answer a newer one', async ({ expect }) => {
    const api = await apiFor('forms-old');
    const ask = (name: string) => page(name, { formFields: values({ fieldLabel: 'Answer' }) });
    await publish(api, chain('Ask', trigger({ formFields: values({ fieldLabel: 'Name' }) }), ask('One'), ask('Two')));
    const { location } = await send('/forms/forms-old/tell', (await get('/forms/forms-old/tell')).text, {
      'field-0': 'Ada',
    });
    const one = await get(location);
    await send(location, one.text, { 'field-0': '1' });
    await send(location, one.text, { 'field-0': '1 again' });
    const two = await get(location);
    expect(two.text).toContain('<form');
    await send(location, two.text, { 'field-0': '2' });
    expect((await outputs(api, location))['Two']?.json).toMatchObject({ Answer: '2' });
  });

  it('[PAG8] endings lead away, show a page without rights, or give a file', async ({ expect }) => {
    const api = await apiFor('forms-ends');
    const end = async (path: string, parameters: JsonObject) => {
      const fields = values({ fieldLabel: 'F', fieldType: 'file' });
      await publish(
        api,
        chain(
          path,
          trigger({ formFields: fields, options: { path } }),
          page('End', { operation: 'completion', ...parameters }),
        ),
      );
      const form = new FormData();
      form.append('field-0', new File(['bytes'], 'ä.txt', { type: 'text/plain' }));
      const sent = await get(`/forms/forms-ends/${path}`, { method: 'POST', body: form });
      const location = sent.headers.get('location') ?? '';
      return { location, ...(await get(location)) };
    };
    const away = await end('away', { respondWith: 'redirect', redirectUrl: 'https://example.com/?a=1&b="2' });
    expect([away.status, away.text]).toEqual([
      200,
      expect.stringContaining('http-equiv="refresh" content="0;url=https://example.com/?a=1&amp;b=&quot;2"'),
    ]);
    const own = await end('own', { respondWith: 'showText', responseText: '<h3>Hi</h3><script>1</script>' });
    expect(own.text).toBe('<h3>Hi</h3><script>1</script>');
    expect(own.headers.get('content-security-policy')).toMatch(/^sandbox allow-popups; default-src 'none'/);
    const file = await end('file', { respondWith: 'returnBinary', completionTitle: 'Here', inputDataFieldName: 'F' });
    expect(file.text).toContain('href="?file=1"');
    const download = await get(`${file.location}?file=1`);
    expect([download.text, download.headers.get('content-disposition')]).toEqual([
      'bytes',
      "attachment; filename*=UTF-8''%C3%A4.txt",
    ]);
    const failed = await end('failed', { respondWith: 'redirect', redirectUrl: 'javascript:alert(1)' });
    expect([failed.status, failed.text]).toEqual([200, expect.stringContaining('There was a problem')]);
  });

  it('[PAG9] a run that works on is shown as such, and goes on by itself', async ({ expect }) => {
    const api = await apiFor('forms-slow');
    await publish(
      api,
      chain(
        'Ask',
        trigger({ formFields: values({ fieldLabel: 'N' }), responseMode: 'lastNode' }),
        node('W', 'wait', 1.1, { amount: 1, unit: 'hours' }),
      ),
    );
    const { location } = await send('/forms/forms-slow/tell', (await get('/forms/forms-slow/tell')).text, {
      'field-0': 'x',
    });
    const shown = await get(location);
    expect(shown.text).toContain('http-equiv="refresh" content="2"');
    expect(shown.text).toContain('role="status"');
  });

  it('[PAG10] a Respond node answers the form itself', async ({ expect }) => {
    const api = await apiFor('forms-respond');
    const respond = node('R', 'respond', 1.4, { respondWith: 'text', responseBody: '=<p>{{ $json.N }}</p>' });
    await publish(
      api,
      chain('Ask', trigger({ formFields: values({ fieldLabel: 'N' }), responseMode: 'responseNode' }), respond),
    );
    const sent = await send('/forms/forms-respond/tell', (await get('/forms/forms-respond/tell')).text, {
      'field-0': 'x',
    });
    expect([sent.status, sent.text, sent.headers.get('content-security-policy')]).toEqual([200, '<p>x</p>', 'sandbox']);
  });

  it('[PAG7] a Wait node asks too, whatever started the run', async ({ expect }) => {
    const api = await apiFor('forms-wait');
    const wait = node('W', 'wait', 1.1, {
      resume: 'form',
      formTitle: 'Approve?',
      formFields: values({ fieldLabel: 'Ok' }),
    });
    await publish(api, chain('Ask', webhookNode('in', { responseMode: 'onReceived' }), wait, setNode('M', 'm', 'v')));
    const started = await fetchWorker('/hooks/forms-wait/in', { method: 'POST' });
    const run = started.headers.get('x-millrace-run') ?? '';
    const { body } = await api('GET /v1/runs/{id}', { params: { id: run }, query: { wait: '5s' } });
    const url = (body['resumeUrls'] as { url: string }[])[0]?.url ?? '';
    const location = url.slice(url.indexOf('/waiting/'));
    const shown = await get(location);
    expect(shown.text).toContain('<h1>Approve?</h1>');
    await send(location, shown.text, { 'field-0': 'yes' });
    expect((await outputs(api, location))['M']?.json).toMatchObject({ Ok: 'yes', m: 'v' });
  });
});

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
    expect(shown.text).not.toContain('<script');
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
