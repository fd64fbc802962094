import type { Json, JsonObject } from '../../../../core/data/item.ts';
import { chain, code as codeNode, manual } from '../../../served/documents.ts';
import { itemsOf, type Server } from '../../../served/server.ts';
import type { AttackContext, Group, GroupResult } from '../../group.ts';
import { isNamed, runAlone } from '../../served.ts';
import { slug, Trial } from '../../trial.ts';
import { importFile, MERGE, namedNodes, namingInput, namingNodes, receiver, TRACE } from './documents.ts';
import { BODIES, NAMES, POLLUTION, QUERIES } from './keys.ts';

const LIMIT_MS = 20_000;

async function call(address: string, init: RequestInit): Promise<string | undefined> {
  const answer = await fetch(address, { ...init, signal: AbortSignal.timeout(LIMIT_MS) });
  const text = await answer.text();
  if (answer.status < 500) return undefined;
  // A workflow may fail on such a body, by name; the product itself may not.
  return /"code":"(internal|error)"/.test(text) ? `${answer.status} ${text.slice(0, 200)}` : undefined;
}

async function bodies(server: Server, trial: Trial): Promise<void> {
  await server.publish(receiver('prototypes'));
  const address = server.hookAddress('prototypes');
  for (const [about, text] of BODIES) {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: text };
    await trial.attempt(`A6/body/${slug(about)}`, `${about} in a JSON body`, () => call(address, init));
    const input = `{"input":[${text}]}`;
    const id = await server.publish(chain('Items', [manual(), ...receiver('x').nodes.slice(1, -1)]));
    await trial.attempt(`A6/item/${slug(about)}`, `${about} in an item of the API`, async () => {
      const answer = await server.api('POST', `/v1/workflows/${id}/runs?wait=20s`, { text: input });
      const code = answer.json?.['code'] ?? (answer.json?.['error'] as JsonObject | undefined)?.['code'];
      return code === undefined || isNamed(String(code)) ? undefined : answer.text.slice(0, 300);
    });
  }
  for (const query of QUERIES) {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    await trial.attempt(`A6/query/${slug(query)}`, `${query} as a query`, () =>
      call(`${address}?${query}`, { method: 'POST' }),
    );
    await trial.attempt(`A6/form/${slug(query)}`, `${query} as a form`, () =>
      call(address, { method: 'POST', headers: form, body: query }),
    );
  }
  for (const name of NAMES) {
    const body = new FormData();
    body.set(name, 'true');
    body.set('file', new File(['x'], name));
    await trial.attempt(`A6/multipart/${slug(name)}`, `${name} as a part and a file`, () =>
      call(address, { method: 'POST', body }),
    );
    if (!/^[\w.]+$/.test(name)) continue;
    await trial.attempt(`A6/header/${slug(name)}`, `${name} as a header`, () =>
      call(address, { method: 'POST', headers: { [name]: 'true' } }),
    );
    await trial.attempt(`A6/cookie/${slug(name)}`, `${name} as a cookie`, () =>
      call(address, { method: 'POST', headers: { cookie: `${name}=true` } }),
    );
  }
}

async function parameters(server: Server, trial: Trial): Promise<void> {
  for (const name of NAMES) {
    for (const [kind, node] of Object.entries(namingNodes(name))) {
      await trial.attempt(`A6/parameter/${kind}/${slug(name)}`, `${name} as a name given to ${kind}`, async () => {
        let why: string | undefined;
        const judge = (step: { error?: { code: string } } | undefined): void => {
          if (step?.error && !isNamed(step.error.code)) why = `failed without a name: ${step.error.code}`;
        };
        await runAlone(server, name, [{ node, judge }], [namingInput(name)] as unknown as Json);
        return why;
      });
    }
  }
}

async function documents(server: Server, trial: Trial): Promise<void> {
  for (const name of NAMES) {
    await trial.attempt(`A6/node-name/${slug(name)}`, `nodes called ${name}`, async () => {
      const run = await server.start(await server.publish(namedNodes(name)), {
        input: [{ a: 'mine' }] as unknown as Json,
      } as JsonObject);
      const [seen] = itemsOf(run, 'second');
      return seen?.['from'] === 'mine' && seen['old'] === 'mine'
        ? undefined
        : `${run.status} ${JSON.stringify(run.error ?? seen)}`;
    });
    await trial.attempt(`A6/import/${slug(name)}`, `${name} everywhere in a file of n8n`, async () => {
      const answer = await server.api('POST', '/v1/workflows/import', { text: importFile(name) });
      return answer.status < 500 ? undefined : `${answer.status} ${answer.text.slice(0, 200)}`;
    });
    await trial.attempt(`A6/document/${slug(name)}`, `${name} as a member of a document`, async () => {
      const text = JSON.stringify(namedNodes('plain')).replace(
        '"settings":{',
        `"settings":{${JSON.stringify(name)}:${JSON.stringify(POLLUTION)},`,
      );
      const answer = await server.api('POST', '/v1/workflows', { text });
      return answer.status < 500 ? undefined : `${answer.status} ${answer.text.slice(0, 200)}`;
    });
  }
}

/** The same code, twice: callers of one workflow share its isolate, and must not share what the first left in it. */
async function isolates(server: Server, trial: Trial): Promise<void> {
  const traced = await server.publish(chain('Traced', [manual(), codeNode('merge', TRACE)]));
  await server.publish(chain('Merged', [manual(), codeNode('merge', MERGE)]));
  for (const [about, text] of BODIES) {
    await trial.attempt(`A6/isolate/${slug(about)}`, `${about} merged by code, seen by its next call`, async () => {
      await server.start(traced, { input: [{ text }] as unknown as Json } as JsonObject);
      const next = await server.start(traced, { input: [{ text: '{}' }] as unknown as Json } as JsonObject);
      const before = itemsOf(next, 'merge')[0]?.['before'];
      return before === null ? undefined : `found ${JSON.stringify(before)}`;
    });
  }
}

async function attack(context: AttackContext): Promise<GroupResult> {
  const server = await context.server();
  const trial = new Trial(await context.canary(), context.takes);
  for (const part of [bodies, parameters, documents, isolates]) {
    await part(server, trial);
    context.say(`  ${trial.cases} cases, ${trial.succeeded.length} succeeded`);
  }
  return trial.result();
}

export const group: Group = { name: 'A6', title: 'prototype pollution', run: attack };
