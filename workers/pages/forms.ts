import type { BinaryRef, JsonObject } from '../../core/data/item.ts';
import { faultsOf, itemOf } from '../../core/forms/answers.ts';
import { type FirstPage, type FormPage, pageFrom } from '../../core/forms/page.ts';
import { runnerOf } from '../../durable-objects/stubs.ts';
import type { Env } from '../env.ts';
import { replyResponse } from '../hooks/reply.ts';
import { common } from '../kit/problem.ts';
import { valueOf } from '../kit/refusal.ts';
import { newRequestId } from '../kit/response.ts';
import { shardFor } from '../kit/shard.ts';
import { queryOf } from '../kit/validate.ts';
import { endResponse } from './ending.ts';
import { formBody, type FormView, lostOf } from './form.ts';
import { FORM_SCRIPT } from './form-script.ts';
import { pageResponse, scriptResponse, seeOther } from './layout.ts';
import { refuseForeign } from './origin.ts';
import { pageFailure } from './failure.ts';
import { answerOf, findPage, type Found } from './published.ts';
import { type Reader, readerOf, said } from './reader.ts';
import { readSubmission } from './submission.ts';
import { filePlace } from '../hooks/files.ts';

const SCRIPT_PATH = '/forms/script.js';

/** `/forms/{tenant}/{path}`: the first page of a form. Later ones are at the run's own address (run-page.ts). */
export async function serveForm(request: Request, env: Env): Promise<Response> {
  const reader = readerOf(request, newRequestId());
  if (new URL(request.url).pathname === SCRIPT_PATH) return scriptResponse(FORM_SCRIPT, reader.requestId);
  try {
    const found = await findPage(request, env, 'form');
    if (request.method === 'HEAD') return pageResponse({ title: reader.words.form, body: formShell(reader) }, reader);
    if (request.method !== 'GET' && request.method !== 'POST') {
      throw common('method-not-allowed', { headers: { allow: 'GET, HEAD, POST' } });
    }
    const { tenant, route, query } = found;
    const { workflow, version, node } = route;
    const runner = runnerOf(env, tenant, shardFor(`${workflow}/${node}`, found.shards));
    const { page, follows } = valueOf(await runner.firstPage({ workflow, version }, node));
    const view = { first: pageFrom<FirstPage>(page), follows };
    const place = filePlace(env, tenant);
    if (request.method === 'POST') return await submit(request, env, { found, view, reader });
    if (query === SUBMITTED) return await endResponse(view.first.end, { reader, query: '', place });
    const asked = queryOf(query);
    return formResponse(
      {
        page: view.first.page,
        values: prefill(view.first.page, asked),
        faults: [],
        key: crypto.randomUUID(),
        isPlain: view.first.answers === 'replied',
      },
      reader,
    );
  } catch (error) {
    return pageFailure(error, reader);
  }
}

/** After a form that thanks at once: the query of its own address. */
const SUBMITTED = 'submitted=1';
const formShell = ({ words }: Reader) =>
  formBody(
    {
      page: { title: '', description: '', button: '', fields: [], attribution: false },
      values: new Map(),
      faults: [],
      key: '',
    },
    words,
  );

export function formResponse(view: FormView, reader: Reader): Response {
  const { words } = reader;
  const { page, faults } = view;
  const asked = said(words, page.title);
  const title = faults.length > 0 ? words.check(asked) : asked;
  const description = page.description.replaceAll(/<[^>]*>/g, ' ').trim();
  const status = faults.length > 0 ? 422 : 200;
  return pageResponse(
    {
      title,
      description,
      body: formBody(view, words),
      css: page.css,
      attribution: page.attribution,
      status,
      script: SCRIPT_PATH,
    },
    reader,
  );
}

/** Values an address asks for, by a field's name or label. */
export function prefill(page: FormPage, query: JsonObject): Map<number, readonly string[]> {
  const values = new Map<number, readonly string[]>();
  for (const [index, field] of page.fields.entries()) {
    if (field.kind === 'file' || field.kind === 'html' || field.kind === 'password') continue;
    const name = [field.name, field.label].find((each) => each !== '' && Object.hasOwn(query, each));
    if (name === undefined) continue;
    const asked = [query[name]].flat();
    values.set(
      index,
      asked.map((value) => String(value ?? '')),
    );
  }
  return values;
}

async function submit(
  request: Request,
  env: Env,
  { found, view, reader }: { found: Found; view: { first: FirstPage; follows: boolean }; reader: Reader },
): Promise<Response> {
  refuseForeign(request);
  const { tenant, route, query } = found;
  const { page, answers, localTime, zone } = view.first;
  const sent = await readSubmission(request);
  const faults = faultsOf(page, sent, reader.words.faults);
  if (faults.length > 0) {
    const lost = lostOf(page, sent);
    return formResponse(
      { page, values: sent.values, faults, key: sent.key, lost, isPlain: answers === 'replied' },
      reader,
    );
  }
  const place = filePlace(env, tenant);
  const stored: Map<number, BinaryRef[]> = await sent.store(place);
  const { workflow, version, node } = route;
  const item = itemOf(page, sent, stored, { nowMs: Date.now(), zone: localTime ? zone : 'UTC', query: queryOf(query) });
  const call = {
    source: { workflow, version },
    node,
    item,
    key: `form:${sent.key}`,
    ...(answers === 'replied' ? { answer: answerOf(route) } : {}),
  };
  const started = valueOf(await runnerOf(env, tenant, shardFor(`${workflow}/${sent.key}`, found.shards)).submit(call));
  const { run, token, reply } = started;
  if (reply) return replyResponse({ ...reply, run }, reader.requestId, { place, cors: undefined });
  // Sent again by a reload it would be a second submission; so the answer is another address.
  const own = new URL(request.url).pathname;
  return seeOther(
    answers === 'submitted' && !view.follows ? `${own}?${SUBMITTED}` : `/waiting/${tenant}/${run}/${token}`,
    reader,
  );
}
