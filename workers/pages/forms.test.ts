import { describe, it } from 'vitest';
import type { JsonObject } from '../../core/data/item.ts';
import { chain, node, setNode, webhookNode } from '../areas/workflows/testing.ts';
import { apiFor, fetchWorker, testEnv } from '../kit/testing.ts';
import { get, outputs, page, publish, send, trigger, values, withoutOurs } from './form-testing.ts';

describe('a form', () => {
  it('[PAG1][PAG2] is a page that asks, labelled, with our script at most, and answers start a run', async ({
    expect,
  }) => {
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
    expect(withoutOurs(shown.text)).not.toMatch(/<script|onclick|style="/);
    const policy = shown.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self'; connect-src 'self'");
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
    expect(withoutOurs(text)).not.toMatch(/<script|onclick|onerror|javascript:/);
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
