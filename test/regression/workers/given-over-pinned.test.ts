import { describe, it } from 'vitest';
import { chain, node } from '../../../workers/areas/workflows/testing.ts';
import { apiFor } from '../../../workers/kit/testing.ts';

describe('a run that is given data', () => {
  it('took what is pinned to its trigger in place of what somebody had typed', async ({ expect }) => {
    const api = await apiFor('given-over-pinned');
    const trigger = node('Start', 'manual', 1, {});
    const last = node('Name', 'set', 3.4, {
      assignments: { assignments: [{ id: 'a', name: 'said', type: 'string', value: '={{ $json.word }}' }] },
    });
    const document = {
      ...chain('Pinned', trigger, last),
      pinned: [{ node: trigger.id, items: [{ json: { word: 'pinned' } }] }],
    };
    const { body: workflow } = await api('POST /v1/workflows', { body: document });
    const said = async (more: object): Promise<unknown> => {
      const { body } = await api('POST /v1/workflows/{id}/runs', {
        params: { id: String(workflow['id']) },
        query: { wait: '10s' },
        body: { pinned: true, ...more },
      });
      const { body: run } = await api('GET /v1/runs/{id}', { params: { id: String(body['id']) } });
      return run['output'] ?? run;
    };
    await api('POST /v1/workflows/{id}/publish', { params: { id: String(workflow['id']) }, body: {} });
    for (const version of ['draft', 1]) {
      const [input, at] = [[{ word: 'typed' }], trigger.id];
      expect(JSON.stringify(await said({ version }))).toContain('"said":"pinned"');
      expect(JSON.stringify(await said({ version, input }))).toContain('"said":"typed"');
      expect(JSON.stringify(await said({ version, input, node: at }))).toContain('"said":"typed"');
      // a run without data still has the pinned, although others ran between
      expect(JSON.stringify(await said({ version }))).toContain('"said":"pinned"');
    }
  });
});
