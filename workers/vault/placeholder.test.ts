import { describe, it } from 'vitest';
import { chain, setNode, webhookNode } from '../areas/workflows/testing.ts';
import { apiFor, fetchWorker } from '../kit/testing.ts';

describe('[ENV10] the placeholder of a secret variable', () => {
  it('does not come back in: not in a call, not written otherwise, not as the name of a field', async ({ expect }) => {
    const api = await apiFor('placeholder-in');
    const params = { environment: 'production', name: 'TOKEN' };
    const body = { value: 'canary-of-placeholder', secret: true };
    expect((await api('PUT /v1/variables/{environment}/{name}', { params, body })).status).toBeLessThan(300);
    const published = async (path: string, value: string): Promise<void> => {
      const made = await api('POST /v1/workflows', {
        body: chain(path, webhookNode(path), setNode('Mark', 'mark', value)),
      });
      const done = await api('POST /v1/workflows/{id}/publish', { params: { id: made.body['id'] as string } });
      if (done.status !== 200) throw new Error(JSON.stringify(done.body));
    };
    await published('shows', '={{ $vars.TOKEN }}');
    await published('repeats', '={{ JSON.stringify($json.body) }}');
    const call = async (path: string, sent: string): Promise<string> => {
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: sent };
      return ((await (await fetchWorker(`/hooks/placeholder-in/${path}`, init)).json()) as { mark: string }).mark;
    };
    const placeholder = await call('shows', '{}');
    expect(placeholder).toMatch(/^millrace-secret\.production\.TOKEN\.[0-9a-f]{32}$/);
    const escaped = placeholder.replace('.', String.raw`\u002e`);
    const sent = `{"plain":"to ${placeholder}","escaped":"${escaped}","${placeholder}":1,"other":"stays"}`;
    expect(JSON.parse(await call('repeats', sent))).toEqual({
      plain: 'to [secret]',
      escaped: '[secret]',
      '[secret]': 1,
      other: 'stays',
    });
  });
});
