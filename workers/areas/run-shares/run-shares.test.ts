import { describe, it } from 'vitest';
import { eraseDue } from '../../lifecycle/erase.ts';
import { apiFor, fetchWorker, testEnv } from '../../kit/testing.ts';
import { chain, node, setNode } from '../workflows/testing.ts';

async function aRun(tenant: string) {
  const api = await apiFor(tenant);
  const document = chain(
    'Orders <b>',
    node('Start', 'manual', 1),
    setNode('Set', 'note', 'canary-note <script>alert(1)</script> Bearer canary-bearer-1'),
    setNode('Key', 'apiKey', 'canary-key-1'),
    node('Wait', 'wait', 1.1, { resume: 'webhook' }),
  );
  const { body } = await api('POST /v1/workflows', { body: document });
  const started = await api('POST /v1/workflows/{id}/runs', {
    params: { id: body['id'] as string },
    query: { wait: '5s' },
  });
  const id = started.body['id'] as string;
  const share = async (given?: object) =>
    (await api('POST /v1/runs/{id}/shares', { params: { id }, ...(given && { body: given }) })).body as {
      id: string;
      url: string;
      expiresAt: number;
    };
  return { api, id, share };
}

const look = async (url: string, init?: RequestInit) => {
  const response = await fetchWorker(new URL(url, 'https://millrace.test').pathname, init);
  return { status: response.status, headers: response.headers, text: await response.text() };
};

describe('a link to a run', () => {
  it('[SHR2][SHR6] shows names, states and times, and no data unless its maker says so', async ({ expect }) => {
    const { api, id, share } = await aRun('shares-plain');
    const { url } = await share();
    const shown = await look(url);
    expect(shown.status).toBe(200);
    expect(shown.text).toContain('<h1>Orders &lt;b&gt;</h1>');
    expect(shown.text).toMatch(/<strong>Set<\/strong>[^]*Succeeded/);
    expect(shown.text).not.toContain('canary');
    const { startedBy } = (await api('GET /v1/runs/{id}', { params: { id } })).body as { startedBy: { id: string } };
    expect(shown.text).not.toContain(startedBy.id);
    expect(shown.headers.get('content-security-policy')).toContain("script-src 'none'");
    expect(shown.headers.get('cache-control')).toBe('no-store');
    expect(shown.headers.get('set-cookie')).toBeNull();
    expect(shown.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('[SHR3] shows data with what reads like a secret hidden', async ({ expect }) => {
    const { share } = await aRun('shares-data');
    const { url } = await share({ withData: true, days: 1 });
    const { text } = await look(url);
    expect(text).toContain('canary-note &lt;script&gt;alert(1)&lt;/script&gt; Bearer [hidden]');
    expect(text).toContain('&quot;apiKey&quot;: &quot;[hidden]&quot;');
    expect(text).not.toMatch(/canary-(key|bearer)|<script|\/waiting\/|resumeUrl/);
  });

  it('[SHR1][SHR4] ends: revoked, over, or wrong, and all of these are answered alike', async ({ expect }) => {
    const { api, id, share } = await aRun('shares-end');
    await apiFor('shares-other');
    const { id: first, url } = await share();
    const listed = (await api('GET /v1/runs/{id}/shares', { params: { id } })).body['shares'];
    expect(listed).toEqual([expect.not.objectContaining({ url: expect.anything() as unknown })]);
    expect(JSON.stringify(listed)).not.toContain(url.split('/').at(-1));
    const wrongs = [
      url.slice(0, -1) + (url.endsWith('A') ? 'B' : 'A'),
      url.replace(first, 'share_0000000000000000'),
      url.replace('shares-end', 'shares-other'),
      url.replace('shares-end', 'shares-nobody'),
      `${url}/more`,
      url.replace(first, '__proto__'),
    ];
    const answers = new Set<string>();
    for (const wrong of wrongs) {
      const { status, text } = await look(wrong);
      expect(status, wrong).toBe(404);
      answers.add(text.replaceAll(/nonce="\w+"/g, ''));
    }
    expect((await look(url, { method: 'POST' })).status).toBe(405);
    const gone = await api('DELETE /v1/runs/{id}/shares/{share}', { params: { id, share: first } });
    expect(gone.status).toBe(204);
    const again = await api('DELETE /v1/runs/{id}/shares/{share}', { params: { id, share: first } });
    expect([again.status, again.body['code']]).toEqual([404, 'share-unknown']);
    const second = await share();
    await testEnv.DB.prepare('UPDATE run_shares SET expires_at = ? WHERE id = ?')
      .bind(Date.now() - 1, second.id)
      .run();
    for (const dead of [url, second.url]) {
      const { status, text } = await look(dead);
      expect(status).toBe(404);
      answers.add(text.replaceAll(/nonce="\w+"/g, ''));
    }
    expect(answers.size).toBe(1);
    expect((await api('GET /v1/runs/{id}/shares', { params: { id } })).body['shares']).toEqual([]);
  });

  it('[SHR1] ends with its run, rests while its organisation is suspended, and goes with it', async ({ expect }) => {
    const { api, share } = await aRun('shares-standing');
    const { url } = await share();
    const statusOf = async () => (await look(url)).status;
    expect((await api('POST /v1/organization/suspend', { body: { reason: 'holidays' } })).status).toBe(200);
    expect(await statusOf()).toBe(423);
    await api('POST /v1/organization/resume');
    expect(await statusOf()).toBe(200);
    const other = await share();
    await testEnv.DB.prepare("UPDATE run_shares SET run = 'run_0_zzzz_0' WHERE tenant_id = ? AND id = ?")
      .bind('shares-standing', other.id)
      .run();
    expect((await look(other.url)).status).toBe(404);
    const removal = await api('DELETE /v1/organization', { body: { confirm: 'shares-standing', graceDays: 3 } });
    expect([removal.status, await statusOf()]).toEqual([202, 423]);
    await eraseDue(testEnv, Date.now() + 4 * 86_400_000);
    expect(await statusOf()).toBe(404);
    const left = await testEnv.DB.prepare('SELECT count(*) AS n FROM run_shares WHERE tenant_id = ?')
      .bind('shares-standing')
      .first<{ n: number }>();
    expect(left).toEqual({ n: 0 });
  });

  it('[SHR1] is one of a few, of a run there is', async ({ expect }) => {
    const { api, id } = await aRun('shares-many');
    const make = () => api('POST /v1/runs/{id}/shares', { params: { id } });
    const made = await Promise.all(Array.from({ length: 23 }, make));
    expect(made.filter(({ status }) => status < 300)).toHaveLength(20);
    expect((await make()).body['code']).toBe('shares-full');
    for (const unknown of ['run_0_zzzz_0', 'run_9_0_0', '__proto__']) {
      const refused = await api('POST /v1/runs/{id}/shares', { params: { id: unknown } });
      expect([refused.status, refused.body['code']], unknown).toEqual([404, 'run-unknown']);
    }
    const wrong = await api('POST /v1/runs/{id}/shares', { params: { id }, body: { days: 91 } });
    expect(wrong.status).toBe(400);
  });

  it('[SHR5] is in the audit log, made and revoked', async ({ expect }) => {
    const { api, id, share } = await aRun('shares-audit');
    const made = await share();
    await api('DELETE /v1/runs/{id}/shares/{share}', { params: { id, share: made.id } });
    const query = { action: 'run-shares.*' };
    const about = (await api('GET /v1/audit', { query })).body['records'] as { action: string; target: string }[];
    expect(about.map(({ action, target }) => [action, target])).toEqual([
      ['run-shares.remove', id],
      ['run-shares.create', id],
    ]);
  });
});
