import { describe, it } from 'vitest';
import { fetchWorker, tenantWithKey } from '../../kit/testing.ts';

async function filesOf(tenant: string, scopes?: string[]) {
  const key = await tenantWithKey(tenant, scopes);
  return async (method: string, path: string, body?: BodyInit): Promise<Response> =>
    fetchWorker(path, { method, headers: { authorization: `Bearer ${key}` }, ...(body === undefined ? {} : { body }) });
}
const at = (path: string, more = ''): string => `/v1/files/content?path=${encodeURIComponent(path)}${more}`;

describe('files', () => {
  it('[TFI7] keeps a file, byte by byte', async ({ expect }) => {
    const api = await filesOf('files-keeps');
    const bytes = Uint8Array.from({ length: 256 }, (_, n) => n);
    const stored = await api('PUT', at('/a/ü.bin'), bytes);
    expect([stored.status, await stored.json()]).toEqual([
      200,
      { path: 'a/ü.bin', sizeBytes: 256, mimeType: 'application/octet-stream' },
    ]);
    const got = await api('GET', at('a/ü.bin'));
    expect(new Uint8Array(await got.arrayBuffer())).toEqual(bytes);
    expect(got.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''%C3%BC.bin");
    expect(got.headers.get('x-content-type-options')).toBe('nosniff');
    const { files } = (await (await api('GET', '/v1/files?prefix=a/')).json()) as { files: object[] };
    expect(files).toMatchObject([{ path: 'a/ü.bin', sizeBytes: 256 }]);
    expect((await api('DELETE', at('a/ü.bin'))).status).toBe(204);
    expect((await api('GET', at('a/ü.bin'))).status).toBe(404);
    expect((await api('DELETE', at('a/ü.bin'))).status).toBe(404);
  });

  it('[TFI7] lists in pages', async ({ expect }) => {
    const api = await filesOf('files-pages');
    for (const name of ['a', 'b', 'c']) await api('PUT', at(`p/${name}`), name);
    await api('PUT', at('pp'), 'x');
    const first = (await (await api('GET', '/v1/files?prefix=p/&limit=2')).json()) as {
      files: { path: string }[];
      cursor: string;
    };
    expect(first.files.map(({ path }) => path)).toEqual(['p/a', 'p/b']);
    const rest = (await (
      await api('GET', `/v1/files?prefix=p/&limit=2&cursor=${first.cursor}`)
    ).json()) as typeof first;
    expect([rest.files.map(({ path }) => path), rest.cursor]).toEqual([['p/c'], undefined]);
  });

  it('[TFI7] never shows or changes what is another tenant’s', async ({ expect }) => {
    const [ours, theirs] = [await filesOf('files-ours'), await filesOf('files-theirs')];
    await ours('PUT', at('secret.txt'), 'mine');
    for (const path of [
      'secret.txt',
      '../files-ours/files/secret.txt',
      '/t/files-ours/files/secret.txt',
      '..\\..\\x',
      'a\0b',
    ]) {
      const { status } = await theirs('GET', at(path));
      expect([400, 404], path).toContain(status);
    }
    expect(await (await theirs('GET', '/v1/files')).json()).toEqual({ files: [] });
    const past = await theirs('GET', '/v1/files?cursor=../../files-ours/files/');
    expect([past.status, ((await past.json()) as { code: string }).code]).toEqual([400, 'cursor-invalid']);
    expect((await theirs('DELETE', at('secret.txt'))).status).toBe(404);
    expect(await (await ours('GET', at('secret.txt'))).text()).toBe('mine');
  });

  it('[TFI7] replaces only what the caller knows, when asked', async ({ expect }) => {
    const api = await filesOf('files-etag');
    expect((await api('PUT', at('x', '&ifEtag=none'), '1')).status).toBe(200);
    expect((await api('PUT', at('x', '&ifEtag=none'), '2')).status).toBe(412);
    const { files } = (await (await api('GET', '/v1/files')).json()) as { files: { etag: string }[] };
    expect((await api('PUT', at('x', `&ifEtag=${files[0]?.etag}`), '3')).status).toBe(200);
    expect((await api('PUT', at('x', `&ifEtag=${files[0]?.etag}`), '4')).status).toBe(412);
    expect(await (await api('GET', at('x'))).text()).toBe('3');
  });

  it('[TFI7] asks for the scope', async ({ expect }) => {
    const reader = await filesOf('files-scope', ['files:read']);
    expect((await reader('PUT', at('x'), '1')).status).toBe(403);
    expect((await reader('GET', '/v1/files')).status).toBe(200);
  });
});
