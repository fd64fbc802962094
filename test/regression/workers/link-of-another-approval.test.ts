import { describe, it } from 'vitest';
import { chain, node, setNode } from '../../../workers/areas/workflows/testing.ts';
import { apiFor, fetchWorker } from '../../../workers/kit/testing.ts';

const LINK = '={{ $execution.resumeUrl }}';
const path = (url: unknown): string => String(url).replace(/^.*(?=\/waiting\/)/, '');
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const decide = (address: string, decision: string, more = '') =>
  fetchWorker(address, { method: 'POST', redirect: 'manual', headers: FORM, body: `field-0=${decision}${more}` });

/** A run that asks two people one after the other, each by a link of their own. */
async function asking(tenant: string) {
  const api = await apiFor(tenant);
  const document = chain(
    'Pay',
    node('Start', 'manual', 1),
    setNode('Tell Ada', 'ada', LINK),
    node('Ask Ada', 'approval', 1, { title: 'May Ada?' }),
    setNode('Tell Bob', 'bob', LINK),
    node('Ask Bob', 'approval', 1, { title: 'May Bob?' }),
  );
  const { body } = await api('POST /v1/workflows', { body: document });
  const started = await api('POST /v1/workflows/{id}/runs', {
    params: { id: body['id'] as string },
    query: { wait: '5s' },
  });
  const id = started.body['id'] as string;
  const read = async () => (await api('GET /v1/runs/{id}', { params: { id }, query: { wait: '5s' } })).body;
  const linkOf = async (step: string, field: string) => {
    const nodes = (await read())['nodes'] as { nodeName: string; outputs: { json: Record<string, string> }[][] }[];
    return path(nodes.find(({ nodeName }) => nodeName === step)?.outputs[0]?.[0]?.json[field]);
  };
  const waitingAt = async () => {
    const { status, nodes } = await read();
    return [status, (nodes as { nodeName: string }[]).at(-1)?.nodeName];
  };
  return { api, id, read, linkOf, waitingAt };
}

describe('[PAG19] the link of one approval', () => {
  it('decided the next one of its run as well', async ({ expect }) => {
    const { linkOf, waitingAt } = await asking('links-other');
    const ada = await linkOf('Tell Ada', 'ada');
    expect(await (await fetchWorker(ada)).text()).toContain('May Ada?');
    expect((await decide(ada, 'Approve')).status).toBe(303);
    expect(await waitingAt()).toEqual(['waiting', 'Ask Bob']);
    const used = await (await fetchWorker(ada)).text();
    expect(used).toContain('<h1>Approved</h1>');
    expect(used).toContain('This link was for that question only');
    expect(used).not.toContain('May Bob?');
    for (const more of ['', '&step=4']) {
      const refused = await decide(ada, 'Decline', more);
      expect(refused.headers.get('location')).toMatch(/\?late=1$/);
    }
    expect(await waitingAt()).toEqual(['waiting', 'Ask Bob']);
    const bob = await linkOf('Tell Bob', 'bob');
    expect(bob).not.toBe(ada);
    expect(await (await fetchWorker(bob)).text()).toContain('May Bob?');
    await decide(bob, 'Approve');
    expect(await waitingAt()).toEqual(['success', 'Ask Bob']);
    expect(await (await fetchWorker(ada)).text()).toContain('Ask Ada');
  });

  it('is no other when its number is changed', async ({ expect }) => {
    const { linkOf, waitingAt } = await asking('links-forged');
    const ada = await linkOf('Tell Ada', 'ada');
    await decide(ada, 'Approve');
    for (const number of ['0', '3', '4', '-1', '__proto__', '']) {
      const forged = ada.replace(/[^/.]+\.(?=[^/]+$)/, `${number}.`);
      expect(forged).not.toBe(ada);
      expect((await decide(forged, 'Approve')).status, forged).toBe(404);
    }
    expect(await waitingAt()).toEqual(['waiting', 'Ask Bob']);
  });

  it('waits for its question where another is asked first', async ({ expect }) => {
    const api = await apiFor('links-early');
    const document = chain(
      'Two',
      node('Start', 'manual', 1),
      setNode('Tell Ada', 'ada', LINK),
      node('Ask Ada', 'approval', 1, { title: 'May Ada?' }),
    );
    // n8n's older order goes breadth first: both are told before either is asked
    document.settings = { executionOrder: 'v0' };
    const edge = (from: string, to: string) => ({
      from: { node: from, port: 'main', index: 0 },
      to: { node: to, port: 'main', index: 0 },
    });
    document.nodes.push(setNode('Tell Bob', 'bob', LINK), node('Ask Bob', 'approval', 1, { title: 'May Bob?' }));
    document.edges.push(edge('Start', 'Tell Bob'), edge('Tell Bob', 'Ask Bob'));
    const { body } = await api('POST /v1/workflows', { body: document });
    const params = { id: body['id'] as string };
    const view = (await api('POST /v1/workflows/{id}/runs', { params, query: { wait: '5s' } })).body;
    const nodes = view['nodes'] as { nodeName: string; outputs: { json: Record<string, string> }[][] }[];
    const link = (name: string, field: string) =>
      path(nodes.find(({ nodeName }) => nodeName === name)?.outputs[0]?.[0]?.json[field]);
    const [ada, bob] = [link('Tell Ada', 'ada'), link('Tell Bob', 'bob')];
    expect(await (await fetchWorker(bob)).text()).toContain('not asked yet');
    expect((await decide(bob, 'Decline')).status).toBe(303);
    expect(await (await fetchWorker(ada)).text()).toContain('May Ada?');
    await decide(ada, 'Approve');
    expect(await (await fetchWorker(bob)).text()).toContain('May Bob?');
  });
});
