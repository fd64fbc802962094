import { describe, it } from 'vitest';
import { chain, node } from '../areas/workflows/testing.ts';
import { apiFor, caller, fetchWorker, tenantWithKey } from '../kit/testing.ts';
import { get, publish, send, trigger } from './form-testing.ts';

const form = {
  schema: 1,
  name: 'ask',
  nodes: [
    {
      id: 'form',
      name: 'form',
      type: 'form-trigger',
      version: 2.2,
      parameters: { path: 'ask', formTitle: 'Ask us', formFields: { values: [{ fieldLabel: 'Name' }] }, options: {} },
      position: [0, 0],
    },
  ],
  edges: [],
  settings: {},
  notes: [],
  pinned: [],
};
const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 1, 2, 3]);

describe('an organization’s pages', () => {
  it('[PAG8] [PAG10] stay as they are where their author wrote them whole', async ({ expect }) => {
    const api = await apiFor('brand-own');
    await api('PATCH /v1/organization', { body: { branding: { title: 'Ours', accent: '#ffcc00' } } });
    const html = '<html><body>/*brand*/ bye</body></html>';
    const end = node('End', 'form', 2.3, { operation: 'completion', respondWith: 'showText', responseText: html });
    const reply = node('R', 'respond', 1.4, { respondWith: 'text', responseBody: html });
    await publish(api, chain('Ends', trigger({ options: { path: 'ends' } }), end));
    await publish(api, chain('Says', trigger({ options: { path: 'says' }, responseMode: 'responseNode' }), reply));
    const [ends, says] = ['/forms/brand-own/ends', '/forms/brand-own/says'];
    const shown = (await get(ends)).text;
    expect(shown).toContain('<p class="brand">Ours</p>');
    expect((await get((await send(ends, shown, {})).location)).text).toBe(html);
    expect((await send(says, (await get(says)).text, {})).text).toBe(html);
  });

  it('have its colours and logo, and nobody else’s', async ({ expect }) => {
    const key = await tenantWithKey('brand');
    const api = caller(key);
    const id = String((await api('POST /v1/workflows', { body: form })).body['id']);
    await api('POST /v1/workflows/{id}/publish', { params: { id } });
    const page = async () => {
      const response = await fetchWorker('/forms/brand/ask');
      return { text: await response.text(), policy: response.headers.get('content-security-policy') };
    };
    expect((await page()).text).not.toContain('class="brand"');
    const put = (body: Uint8Array) =>
      fetchWorker('/v1/organization/logo', {
        method: 'PUT',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/octet-stream' },
        body,
      });
    await api('PATCH /v1/organization', { body: { branding: { title: 'Ours' } } });
    expect((await page()).text).toContain('<p class="brand">Ours</p>');
    expect((await put(new TextEncoder().encode('<svg onload=alert(1)>'))).status).toBe(400);
    expect((await put(PNG)).status).toBe(200);
    const branding = { title: 'A "B" <Co>', accent: '#ffcc00' };
    expect((await api('PATCH /v1/organization', { body: { branding } })).body['branding']).toEqual({
      ...branding,
      logo: 'image/png',
    });
    expect((await api('PATCH /v1/organization', { body: { branding: { accent: 'red;}' } } })).status).toBe(400);
    const { text, policy } = await page();
    expect(text).toContain('--accent:#ffcc00;--accent-deep:#ffcc00;--on-accent:#000000');
    expect(text).toContain('src="/brand/brand/logo" alt="A &quot;B&quot; &lt;Co&gt;"');
    expect(policy).toContain("img-src 'self' https:");
    const logo = await fetchWorker('/brand/brand/logo');
    expect([logo.status, logo.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(new Uint8Array(await logo.arrayBuffer())).toEqual(PNG);
    await tenantWithKey('brand-other');
    expect((await fetchWorker('/brand/brand-other/logo')).status).toBe(404);
    const gone = await fetchWorker('/v1/organization/logo', {
      method: 'DELETE',
      headers: { authorization: `Bearer ${key}` },
    });
    expect(gone.status).toBe(200);
    expect((await fetchWorker('/brand/brand/logo')).status).toBe(404);
  });
});
