import { describe, it } from 'vitest';
import { apiFor, type Caller } from '../../kit/testing.ts';
import { chain, node, setNode } from '../workflows/testing.ts';
import { viewerOf } from './testing.ts';

const child = () => chain('Child', node('Start', 'execute-workflow-trigger', 1), setNode('Mark', 'mark', 'x'));
const parent = (id: string) =>
  chain(
    'Parent',
    node('Start', 'manual', 1),
    setNode('First', 'a', '1'),
    node('Call', 'execute-workflow', 1.2, { workflowId: id, mode: 'each', options: {} }),
  );

/** A published child, and a run of its parent that calls it for each of so many items. */
async function called(api: Caller, count: number) {
  const made = async (body: unknown) => (await api('POST /v1/workflows', { body })).body['id'] as string;
  const childId = await made(child());
  await api('POST /v1/workflows/{id}/publish', { params: { id: childId }, body: {} });
  const parentId = await made(parent(childId));
  const { body } = await api('POST /v1/workflows/{id}/runs', {
    params: { id: parentId },
    query: { wait: '60s' },
    body: { input: Array.from({ length: count }, (_, n) => ({ n })) },
  });
  return { childId, parentId, run: body['id'] as string, view: body };
}

interface Listed {
  runs: { id: string; workflow: string; mode: string; status: string }[];
  cursor?: string;
}
const calledBy = async (api: Caller, id: string, query: Record<string, string> = {}) =>
  (await api('GET /v1/runs/{id}/called', { params: { id }, query })).body as unknown as Listed;

describe('runs that a run called', () => {
  it('[RNS7] are listed page by page, of all steps or one, and name their caller and its step', async ({ expect }) => {
    const api = await apiFor('called-pages');
    const { run, view, childId } = await called(api, 7);
    expect((view['nodes'] as { called?: number }[]).map((step) => step.called)).toEqual([undefined, undefined, 7]);
    const first = await calledBy(api, run, { limit: '5', step: '2' });
    const rest = await calledBy(api, run, { limit: '5', step: '2', cursor: first.cursor ?? '' });
    expect([first.runs.length, rest.runs.length, rest.cursor]).toEqual([5, 2, undefined]);
    expect(first.runs[0]).toMatchObject({ workflow: childId, mode: 'child', status: 'success' });
    const all = await calledBy(api, run);
    expect(all.runs.map(({ id }) => id)).toEqual([...first.runs, ...rest.runs].map(({ id }) => id));
    expect(new Set(all.runs.map(({ id }) => id)).size).toBe(7);
    expect((await calledBy(api, run, { step: '0' })).runs).toEqual([]);
    const one = await api('GET /v1/runs/{id}', { params: { id: all.runs[3]?.id ?? '' } });
    expect(one.body).toMatchObject({ calledBy: { run, step: 2, nodeName: 'Call' } });
    expect((await api('GET /v1/runs/{id}', { params: { id: run } })).body).not.toHaveProperty('calledBy');
    const wrong = await api('GET /v1/runs/{id}/called', { params: { id: run }, query: { cursor: 'x' } });
    expect(wrong.status).toBe(400);
  });

  it('[RNS7] are for those who may see them, and so is what called', async ({ expect }) => {
    const api = await apiFor('called-seen');
    const { run, childId, parentId } = await called(api, 1);
    const [inner] = (await calledBy(api, run)).runs;
    const ofParent = await viewerOf(api, parentId);
    expect((await calledBy(ofParent, run)).runs).toEqual([]);
    expect((await ofParent('GET /v1/runs/{id}', { params: { id: inner?.id ?? '' } })).status).toBe(404);
    const ofChild = await viewerOf(api, childId);
    const seen = await ofChild('GET /v1/runs/{id}', { params: { id: inner?.id ?? '' } });
    expect(seen.status).toBe(200);
    expect(JSON.stringify(seen.body)).not.toContain(run);
    const listed = (await ofChild('GET /v1/runs')).body as unknown as Listed;
    expect(listed.runs.map(({ id }) => id)).toEqual([inner?.id]);
    expect(JSON.stringify(listed)).not.toContain(run);
    expect((await ofChild('GET /v1/runs/{id}/called', { params: { id: run } })).status).toBe(404);
    const stranger = await apiFor('called-stranger');
    expect((await stranger('GET /v1/runs/{id}/called', { params: { id: run } })).status).toBe(404);
  });
});
