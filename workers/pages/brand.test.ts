import { describe, it } from 'vitest';
import { caller, fetchWorker, tenantWithKey } from '../kit/testing.ts';

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
