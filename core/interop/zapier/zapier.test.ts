import { describe, it } from 'vitest';
import type { JsonObject } from '../../data/item.ts';
import { N8N_IMPORT } from '../../nodes/n8n-types.ts';
import { importForeign } from '../foreign.ts';

const step = (id: number, parent: number | null, api: string, action: string, params: JsonObject = {}): JsonObject => ({
  id,
  parent_id: parent,
  selected_api: api,
  action,
  params,
  title: null,
});
const read = (...steps: JsonObject[]) => {
  const nodes = Object.fromEntries(steps.map((each) => [String(each.id), each]));
  const made = importForeign({ metadata: { version: 2 }, zaps: [{ id: 1, title: 'Zap', nodes }] }, N8N_IMPORT);
  expectOrigin(made.origin);
  if (!made.workflows[0]) throw new Error(JSON.stringify(made.problems));
  return made.workflows[0];
};
const expectOrigin = (origin: string): void => {
  if (origin !== 'zapier') throw new Error(origin);
};

describe('Zapier exports', () => {
  it('[ZAP1] steps follow their parents; apps are placeholders, references are expressions', ({ expect }) => {
    const { workflow, report } = read(
      step(1, null, 'ScheduleAPI', 'every_week', { dow: 'Thursday', hod: '3pm' }),
      step(2, 1, 'WebHookCLIAPI@1.1.1', 'post', { url: 'https://x.test/{{1__day}}', data: { a: '{{99__gone}}' } }),
      step(3, 2, 'SlackAPI', 'direct_message', { text: 'Hi {{2__user__name}}' }),
      step(4, 1, 'FilterAPI', 'filter', {
        filter_criteria: [{ key: '2__n', match: 'igreater', value: '4', group: 1 }],
      }),
    );
    expect(workflow.nodes.map(({ type }) => type)).toEqual([
      'schedule',
      'http-request',
      'zapier:Slack.direct_message',
      'filter',
    ]);
    expect(workflow.nodes[0]?.parameters).toEqual({
      rule: { interval: [{ field: 'weeks', triggerAtDay: [4], triggerAtHour: 15 }] },
    });
    expect(workflow.nodes[2]?.parameters).toEqual({ text: '=Hi {{ $("Web Hook: post").item.json.user.name }}' });
    expect(workflow.nodes[3]?.parameters).toMatchObject({
      conditions: {
        combinator: 'and',
        conditions: [{ operator: { type: 'number', operation: 'gt' }, rightValue: '4' }],
      },
    });
    expect(workflow.edges.map(({ from, to }) => `${from.node} ${to.node}`)).toEqual([
      'zap-1 zap-2',
      'zap-2 zap-3',
      'zap-1 zap-4',
    ]);
    expect(report.nodes.map(({ status }) => status)).toEqual(['runs', 'changed', 'needs-connector', 'runs']);
    expect(report.nodes[1]?.reason).toContain('a step that is not in the file');
  });

  it('[ZAP2] code keeps its inputData and output', ({ expect }) => {
    const { workflow } = read(
      step(1, null, 'WebHookAPI', 'hook_v2'),
      step(2, 1, 'CodeAPI', 'run', { code: 'output = {n: inputData.n}', input: { n: 'x{{1__a}}' } }),
    );
    expect(workflow.nodes[1]?.parameters.jsCode).toBe(
      [
        'const inputData = {',
        '  "n": "x" + $("Web Hook: hook v2").item.json.a + "",',
        '};',
        'let output;',
        'const given = await (async () => {',
        'output = {n: inputData.n}',
        '})();',
        'return given ?? output;',
      ].join('\n'),
    );
  });

  it('[ZAP3] takes any export without throwing', ({ expect }) => {
    const odd: unknown = JSON.parse(
      '{"zaps":[{"nodes":{"1":null,"2":{"params":3,"parent_id":{},"selected_api":5},"__proto__":{}}},7]}',
    );
    expect(importForeign(odd, N8N_IMPORT).workflows).toHaveLength(1);
    expect(importForeign({ zaps: [{ nodes: 5 }] }, N8N_IMPORT)).toMatchObject({ origin: 'n8n', workflows: [] });
  });
});
