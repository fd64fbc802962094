import { describe, it } from 'vitest';
import type { Json, JsonObject } from '../../data/item.ts';
import { compileProgram } from '../../engine/program.ts';
import { N8N_IMPORT } from '../../nodes/n8n-types.ts';
import { NODES } from '../../nodes/registry.generated.ts';
import { bench } from '../../shard/testing.ts';
import { importForeign } from '../foreign.ts';
import { translate } from './formula.ts';

const module = (id: number, name: string, mapper: JsonObject = {}, more: JsonObject = {}): JsonObject => ({
  id,
  module: name,
  version: 1,
  parameters: {},
  mapper,
  metadata: { designer: { x: id * 300, y: 0 } },
  ...more,
});
const read = (flow: Json[]) => {
  const { origin, workflows, problems } = importForeign({ name: 'Scenario', flow }, N8N_IMPORT);
  if (!workflows[0]) throw new Error(JSON.stringify(problems));
  return { origin, ...workflows[0] };
};
const sources = new Map([['2', { node: 'A "b" }}', fields: { data: ['body'] } }]]);

describe('Make blueprints', () => {
  it('[MAK1] run: variables, routes with filters, iterators', async ({ expect }) => {
    const { workflow: doc, origin } = read([
      module(1, 'util:SetVariables', {
        variables: [
          { name: 'n', value: '{{1 + 2}}' },
          { name: 'list', value: '{{split("a,b"; ",")}}' },
        ],
      }),
      module(
        2,
        'builtin:BasicRouter',
        {},
        {
          routes: [
            {
              flow: [
                module(
                  3,
                  'util:SetVariable2',
                  { name: 'big', value: 'n is {{1.n}}' },
                  {
                    filter: { name: 'large', conditions: [[{ a: '{{1.n}}', o: 'number:greater', b: '2' }]] },
                  },
                ),
              ],
            },
            {
              flow: [
                module(
                  4,
                  'util:SetVariable2',
                  { name: 'small', value: 'x' },
                  { filter: { conditions: [[{ a: '{{1.n}}', o: 'number:less', b: '2' }]] } },
                ),
              ],
            },
            {
              flow: [
                module(5, 'builtin:BasicFeeder', { array: '{{1.list}}' }),
                module(6, 'util:SetVariable2', { name: 'each', value: '{{5.value}}!' }),
              ],
            },
          ],
        },
      ),
    ]);
    expect(origin).toBe('make');
    const registry = new Map(NODES.map((node) => [node.type, node]));
    const run = await bench().host.run(compileProgram({ workflow: 'w', version: 'v1', doc, registry }), {
      mode: 'manual',
    });
    expect(run.final?.err).toBeUndefined();
    const last = run.steps.map((step) => step.outputs[0]?.map(({ json }) => json));
    expect(last).toContainEqual([{ big: 'n is 3' }]);
    expect(last).toContainEqual([{ each: 'a!' }, { each: 'b!' }]);
    expect(JSON.stringify(last)).not.toContain('small');
  });

  it('[MAK2] formulas become expressions; what has no counterpart stays text', ({ expect }) => {
    const code = (text: string) => translate(text, sources);
    const item = '$("A \\"b\\" \\u007d\\u007d").item.json';
    expect(code('plain')).toEqual({ value: 'plain', isKept: false });
    expect(code('=plain').value).toBe('==plain');
    expect(code('{{2.data.items[].name}} {{2.`my key`[2].x}}').value).toBe(
      `={{ ${item}.body.items[0].name }} {{ ${item}["my key"][1].x }}`,
    );
    expect(code('{{if(2.a = "x}"; upper(2.b); emptystring)}}').value).toBe(
      `={{ (((${item}.a === "x\\u007d")) ? (String(${item}.b).toUpperCase()) : ("")) }}`,
    );
    expect(code('{{formatDate(addDays(now; 1); "DD.MM.YYYY")}}').value).toContain('.toFormat("dd.LL.yyyy")');
    for (const odd of ['{{9.gone}}', '{{md5(2.a)}}', '{{2.a +}}', '{{2.a}', `{{${'('.repeat(500)}1}}`]) {
      const { value } = code(odd);
      expect(value.startsWith('={{') || value === odd || value.startsWith('='), odd).toBe(true);
    }
    expect(code('a {{md5(2.a)}}')).toEqual({ value: '=a {{ "{{md5(2.a)\\u007d\\u007d" }}', isKept: true });
  });

  it('[MAK3] modules: HTTP, webhooks and replies, error handlers, placeholders', ({ expect }) => {
    const { workflow, report } = read([
      module(1, 'gateway:CustomWebHook'),
      module(
        2,
        'http:ActionSendData',
        {
          url: 'https://x.test/{{1.id}}',
          method: 'post',
          headers: [{ name: 'A', value: 'b' }],
          bodyType: 'raw',
          contentType: 'application/json',
          data: '{"a":"{{1.name}}"}',
        },
        { onerror: [module(8, 'builtin:Break', { count: 5, interval: 2 })] },
      ),
      module(
        3,
        'google-sheets:addRow',
        { row: ['{{2.data.id}}'] },
        { onerror: [module(9, 'slack:send', { text: 'failed' })] },
      ),
      module(4, 'gateway:WebhookRespond', { status: '201', body: 'ok' }),
    ]);
    expect(report.nodes.map(({ status }) => status)).toEqual([
      'changed',
      'runs',
      'needs-connector',
      'needs-connector',
      'runs',
    ]);
    const [hook, http, sheets, slack, respond] = workflow.nodes;
    expect(hook).toMatchObject({ type: 'webhook', parameters: { path: 'make-1' } });
    expect(http).toMatchObject({
      type: 'http-request',
      retry: { maxTries: 5, waitMs: 120_000 },
      parameters: {
        method: 'POST',
        url: '=https://x.test/{{ $("gateway: CustomWebHook").item.json.body.id }}',
        body: '={"a":"{{ $("gateway: CustomWebHook").item.json.body.name }}"}',
      },
    });
    expect(sheets).toMatchObject({
      type: 'make:google-sheets:addRow',
      onError: 'error-output',
      parameters: { mapper: { row: ['={{ $("http: ActionSendData").item.json.body.id }}'] } },
    });
    expect(workflow.edges.map(({ from, to }) => [from.node, from.index, to.node])).toEqual([
      [hook?.id, 0, http?.id],
      [http?.id, 0, sheets?.id],
      [sheets?.id, 1, slack?.id],
      [sheets?.id, 0, respond?.id],
    ]);
    expect(report.nodes[2]?.bind).toContain('http-request');
  });

  it('[MAK4] takes any blueprint without throwing', ({ expect }) => {
    for (const flow of [
      [{ module: 'x' }, null, 1, { module: 'builtin:BasicRouter', routes: [null, { flow: 'x' }] }],
      [module(1, 'x', {}, { filter: { conditions: 'x' }, onerror: 7, metadata: null, id: null })],
      [
        module(1, 'a'),
        module(1, 'b', {}, { filter: { conditions: [[{}, {}], [{}]] } }),
        module(1, 'util:SetVariables', { variables: 'x' }),
      ],
    ]) {
      expect(read(flow as Json[]).workflow.nodes.length).toBeGreaterThan(0);
    }
    const wrapped = { response: { blueprint: { flow: [module(1, 'a')] } } };
    expect(importForeign(wrapped, N8N_IMPORT).origin).toBe('make');
    expect(importForeign(JSON.stringify(wrapped.response.blueprint), N8N_IMPORT).origin).toBe('make');
  });
});
