import type { Json, JsonObject } from '../../../../core/data/item.ts';
import { chain, node, set } from '../../../served/documents.ts';
import { type Server, sleep } from '../../../served/server.ts';
import { type AttackContext, BlindOracle, type Finding, type Group, type GroupResult } from '../../group.ts';
import { type Channel, CHANNELS, channelWorkflow, childWorkflow, sinks, startedWorkflow } from './flow.ts';
import { MARK, TEXTS } from './payloads.ts';
import { disagreements, notices } from './scanner.ts';

interface Call {
  text: string;
  /** All that the product said about it: the answer and the whole run. */
  said: string;
}

/** An input channel cannot carry every text: the header and the path take Latin-1 and no line ends. */
const CARRIES: Partial<Record<Channel, RegExp>> = { header: /^[\x21-\x7e][\x20-\x7e]*$/, path: /^[^\r\n/\\]+$/ };

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

function request(channel: Channel, address: string, text: string): [string, RequestInit] {
  const json = (body: unknown): RequestInit => ({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const form = (fill: (form: FormData) => void): RequestInit => {
    const body = new FormData();
    fill(body);
    return { method: 'POST', body };
  };
  switch (channel) {
    case 'body':
      return [address, json({ v: text })];
    case 'nested body':
      return [address, json({ a: [{ v: text }] })];
    case 'body key':
      return [address, json({ [text]: 1 })];
    case 'query':
      return [`${address}?v=${encodeURIComponent(text)}`, json({})];
    case 'header':
      return [address, { ...json({}), headers: { 'content-type': 'application/json', 'x-v': text } }];
    case 'path':
      return [`${address}/${encodeURIComponent(text)}`, json({})];
    case 'form':
      return [address, { method: 'POST', body: new URLSearchParams({ v: text }) }];
    case 'multipart':
      return [address, form((body) => body.set('v', text))];
    default:
      return [address, form((body) => body.set('file', new File(['x'], text)))];
  }
}

async function latestRun(server: Server, workflow: string): Promise<string> {
  const [head] = await server.runsOf(workflow);
  return head ? JSON.stringify(await server.run(head.id)) : '';
}

class Tally {
  cases = 0;
  readonly succeeded: Finding[] = [];
  readonly hung: Finding[] = [];

  /** Evaluated anywhere: a success. Arrived nowhere: the case says nothing. */
  note(id: string, about: string, { text, said }: Call): void {
    this.cases++;
    const written = JSON.stringify(text).slice(1, -1);
    if (said.includes(MARK)) this.succeeded.push({ id, about, why: `was evaluated: …${around(said, MARK)}…` });
    else if (said === '') this.hung.push({ id, about, why: 'no answer' });
    else if (!said.includes(written) && !said.includes(text)) {
      throw new BlindOracle(`${id}: the text did not arrive: ${said.slice(0, 600)}`);
    }
  }
}

const around = (said: string, mark: string): string => {
  const at = said.indexOf(mark);
  return said.slice(Math.max(0, at - 100), at + 60);
};

async function attackHooks(context: AttackContext, tally: Tally): Promise<void> {
  const [server, sink] = await Promise.all([context.server(), context.sink()]);
  const child = await server.publish(childWorkflow());
  for (const channel of CHANNELS) {
    context.say(`  ${channel}: ${tally.cases} cases`);
    const path = `second-${slug(channel)}`;
    const id = await server.publish(channelWorkflow(channel, path, sinks(sink.url, child)));
    for (const [about, text] of TEXTS) {
      if (CARRIES[channel]?.test(text) === false) continue;
      // Multipart bodies end lines their own way, and names of files lose quotes: what arrives is what counts.
      if ((channel === 'file name' || channel === 'multipart') && /["\r\n\\]/.test(text)) continue;
      const carried = channel === 'header' ? text.trim() : text;
      sink.answer = JSON.stringify({ echo: carried });
      const [address, init] = request(channel, server.hookAddress(path), text);
      const answer = await fetch(address, { ...init, signal: AbortSignal.timeout(20_000) }).then((reply) =>
        reply.text(),
      );
      const said = answer + (await latestRun(server, id));
      tally.note(`A2/${slug(channel)}/${slug(about)}`, `${about} as ${channel}`, { text: carried, said });
    }
  }
}

async function attackItems(context: AttackContext, tally: Tally): Promise<void> {
  const [server, sink] = await Promise.all([context.server(), context.sink()]);
  const child = await server.publish(childWorkflow());
  const started = await server.publish(startedWorkflow(sinks(sink.url, child)));
  for (const [about, text] of TEXTS) {
    sink.answer = JSON.stringify({ echo: text });
    const run = await server.start(started, { input: [{ v: text }] as unknown as Json } as JsonObject);
    tally.note(`A2/item/${slug(about)}`, `${about} as an item of the API`, { text, said: JSON.stringify(run) });

    const pinned = startedWorkflow(sinks(sink.url, child));
    pinned.pinned = [{ node: 'start', items: [{ json: { v: text } }] }];
    const run2 = await server.start(await server.publish(pinned), { pinned: true });
    tally.note(`A2/pinned/${slug(about)}`, `${about} as a pinned item`, { text, said: JSON.stringify(run2) });

    const named = chain(text, [
      { ...node('start', 'manual', 1), name: text },
      set('who', { from: '={{ $prevNode.name }}', flow: '={{ $workflow.name }}', v: '={{ $prevNode.name }}' }),
      node('fail', 'stop-and-error', 1, { errorMessage: '={{ $json.v }}' }),
    ]);
    const created = await server.api('POST', '/v1/workflows', { body: named });
    const id = String(created.json?.['id'] ?? '');
    const said = created.status >= 300 ? text + created.text : JSON.stringify(await server.start(id, { input: {} }));
    tally.note(`A2/name/${slug(about)}`, `${about} as a name of node and workflow, and an error`, { text, said });
  }
}

/** CVE-2026-27493: an answer to a form, evaluated where a later page shows it. */
async function attackForms(context: AttackContext, tally: Tally): Promise<void> {
  const server = await context.server();
  const id = await server.publish(
    chain('Form', [
      node('ask', 'form-trigger', 2.2, {
        formTitle: 'Ask',
        formFields: { values: [{ fieldLabel: 'v', fieldType: 'textarea' }] },
        responseMode: 'lastNode',
        options: { path: 'second-form' },
      }),
      set('copy', { v2: '={{ $json.v }}' }),
      node('end', 'form', 2.3, {
        operation: 'completion',
        respondWith: 'text',
        completionTitle: '={{ $json.v }}',
        completionMessage: '=You wrote {{ $json.v }}',
        options: {},
      }),
    ]),
  );
  const address = `${server.ready.url}/forms/${server.ready.tenant}/second-form`;
  for (const [about, text] of TEXTS) {
    const shown = await fetch(address).then((reply) => reply.text());
    const body = new URLSearchParams();
    for (const [, name = '', value = ''] of shown.matchAll(
      /<input type="hidden" name="(submission|step)" value="([^"]*)"/g,
    )) {
      body.append(name, value);
    }
    body.append('field-0', text);
    const sent = await fetch(address, { method: 'POST', body, redirect: 'manual' });
    const next = sent.headers.get('location');
    const end = next === null ? await sent.text() : await fetch(new URL(next, address)).then((reply) => reply.text());
    const run = await latestRun(server, id);
    tally.note(`A2/form-page/${slug(about)}`, `${about} as an answer to a form`, {
      text: text.trim(),
      said: end + run,
    });
  }
}

const CHUNKS = 20;
const A_CHUNK = 500;

async function attackScanner(tally: Tally): Promise<void> {
  if (!notices()) throw new BlindOracle('the comparison of scanner and run notices nothing');
  for (let chunk = 0; chunk < CHUNKS; chunk++) {
    tally.cases++;
    // Sockets that idle meanwhile must be seen to close.
    await sleep(0);
    const [first] = disagreements(chunk + 1, A_CHUNK);
    if (first === undefined) continue;
    tally.succeeded.push({ id: `A2/scanner/${chunk}`, about: 'what the scanner does not see', why: first });
  }
}

/** The same check on something that is evaluated by right must find it. */
async function control(context: AttackContext): Promise<void> {
  const server = await context.server();
  const id = await server.publish(startedWorkflow([set('x', { v: '={{ 1337 * 7331 }}' })]));
  const said = JSON.stringify(await server.start(id, { input: {} }));
  if (!said.includes(MARK)) throw new BlindOracle('an expression of the author is not noticed');
}

async function attack(context: AttackContext): Promise<GroupResult> {
  const tally = new Tally();
  await attackScanner(tally);
  await control(context);
  await attackHooks(context, tally);
  context.say(`  ${tally.cases} cases, ${tally.succeeded.length} succeeded`);
  await attackForms(context, tally);
  await attackItems(context, tally);
  const { cases, succeeded, hung } = tally;
  return { cases, succeeded, hung };
}

export const group: Group = { name: 'A2', title: 'data that becomes code, scanner and run that disagree', run: attack };
