import type { WebApp } from '../harness/web-app.ts';
import { publishPages } from './pages.ts';
import { chain, code, hook, http, manual, node, respond, set, workflow } from '../served/documents.ts';

/** Ids of what the pictures show. */
export interface World {
  order: string;
  failed: string;
  good: string;
  other: string;
  approval: string;
  editor: string;
}

/** An organisation at work: folders and tags, versions, runs that went well and not, and some that wait. */
export async function build(app: WebApp): Promise<World> {
  const orders = workflow(
    'Orders to invoices',
    [
      { ...hook('orders', 'responseNode'), name: 'Order arrives', position: [0, 100] },
      { ...node('if', 'if', 2.3, LARGE), name: 'Large order?', position: [260, 100] },
      {
        ...node('ask', 'approval', 1, { title: '=Ship {{ $json.body.total }} to {{ $json.body.city }}?' }),
        name: 'Ask the shop',
        position: [520, 0],
      },
      {
        ...set('invoice', { invoice: '=INV-{{ $json.body.id }}', total: '={{ $json.body.total }}' }),
        name: 'Write invoice',
        position: [780, 100],
      },
      {
        ...code('tax', 'return $input.all().map(({ json }) => ({ json: { ...json, tax: json.total * 0.19 } }))'),
        name: 'Add tax',
        position: [1040, 100],
      },
      { ...respond(), name: 'Answer the shop', position: [1300, 100] },
    ],
    [
      ['hook', 'if'],
      ['if:0', 'ask'],
      ['if:1', 'invoice'],
      ['ask:0', 'invoice'],
      ['invoice', 'tax'],
      ['tax', 'respond'],
    ],
  );
  const noted = {
    ...orders,
    nodes: orders.nodes.map((each) => (['invoice', 'tax'].includes(each.id) ? { ...each, group: 'g' } : each)),
    groups: [{ id: 'g', name: 'Invoice', color: 5 }],
    pinned: [{ node: 'invoice', items: [{ json: { invoice: 'INV-1042', total: 220, city: 'Ghent' } }] }],
    notes: [
      {
        id: 'n',
        text: 'Orders above 500 wait for the shop.',
        position: [480, -160] as [number, number],
        width: 260,
        height: 90,
      },
    ],
  };
  const order = await app.workflow(noted);
  await app.api('POST', `/v1/workflows/${order}/publish`, { note: 'First version' });
  await app.api('PUT', `/v1/workflows/${order}`, {
    ...noted,
    nodes: noted.nodes.map((each) =>
      each.id === 'tax'
        ? {
            ...each,
            parameters: {
              jsCode: 'return $input.all().map(({ json }) => ({ json: { ...json, tax: json.total * 0.07 } }))',
            },
          }
        : each,
    ),
  });
  await app.api('POST', `/v1/workflows/${order}/publish`, { note: 'Reduced tax' });
  const sync = await app.workflow(
    chain('Nightly contact sync', [
      { ...manual(), name: 'Every night' },
      {
        ...set('pick', { mail: "={{ $json.mail ?? $('Directory').item.json.mail }}" }),
        name: 'Pick address',
        position: [260, 0],
      },
      {
        ...http('send', { method: 'GET', url: 'https://directory.example/contacts' }),
        name: 'Send to directory',
        position: [520, 0],
      },
    ]),
  );
  const report = await app.workflow(
    chain('Weekly report', [
      { ...manual(), name: 'Start' },
      { ...set('sum', { total: '={{ $json.a + $json.b }}' }), name: 'Add up', position: [260, 0] },
      { ...set('words', { text: '=This week: {{ $json.total }}' }), name: 'Put in words', position: [520, 0] },
    ]),
  );
  await app.workflow(chain('Invite new members', [manual()]));
  const { id: project } = await app.api('POST', '/v1/projects', { name: 'Shop' });
  const { id: folder } = await app.api('POST', '/v1/folders', { project, name: 'Billing' });
  await app.api('PUT', `/v1/placements/workflow/${order}`, { project, folder });
  await app.api('PUT', `/v1/placements/workflow/${report}`, { project, folder: null });
  await app.api('PUT', `/v1/tags/workflow/${order}`, { tags: ['billing', 'live'] });
  await app.api('PUT', `/v1/tags/workflow/${sync}`, { tags: ['night'] });
  const runs: string[] = [];
  for (let index = 0; index < 7; index++) runs.push(await app.run(report, { input: [{ a: index, b: 2 }] }));
  const failed = await app.run(sync, { input: [{ mail: 'ada@example.com' }, { name: 'Grace' }] });
  const send = (body: object): Promise<Response> =>
    fetch(`${app.ready.url}/hooks/${app.ready.tenant}/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  await send({ id: 17, total: 120, city: 'Ulm' });
  await send({ id: 18, total: 80, city: 'Bonn' });
  void send({ id: 19, total: 900, city: 'Kiel' }).catch(() => undefined);
  let approval = '';
  while (approval === '') {
    const { runs: waiting } = (await app.api('GET', '/v1/runs?waitingFor=approval')) as { runs: { id: string }[] };
    approval = waiting[0]?.id ?? '';
  }
  const { runs: of } = (await app.api('GET', `/v1/runs?workflow=${order}&status=success`)) as {
    runs: { id: string }[];
  };
  await publishPages(app);
  return { order, failed, good: of[0]?.id ?? '', other: of[1]?.id ?? '', approval, editor: order };
}

const LARGE = {
  conditions: {
    options: { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 },
    conditions: [
      { id: '0', leftValue: '={{ $json.body.total }}', rightValue: 500, operator: { type: 'number', operation: 'gt' } },
    ],
    combinator: 'and',
  },
  options: {},
};
