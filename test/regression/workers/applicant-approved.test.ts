import { describe, it } from 'vitest';
import { chain, node } from '../../../workers/areas/workflows/testing.ts';
import { apiFor, fetchWorker } from '../../../workers/kit/testing.ts';

/** A form whose run then waits for something that is not for who filled it in. */
async function submitted(tenant: string, waits: ReturnType<typeof node>) {
  const api = await apiFor(tenant);
  const form = node('Form', 'form-trigger', 2.3, {
    formTitle: 'Expense',
    responseMode: 'lastNode',
    options: { path: 'expense' },
  });
  const { body } = await api('POST /v1/workflows', { body: chain('Expense', form, waits) });
  await api('POST /v1/workflows/{id}/publish', { params: { id: body['id'] as string } });
  const sent = await fetchWorker(`/forms/${tenant}/expense`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'submission=submission-1',
  });
  const address = sent.headers.get('location') ?? '';
  const id = address.split('/')[3] ?? '';
  const read = async () => (await api('GET /v1/runs/{id}', { params: { id }, query: { wait: '5s' } })).body;
  return { api, address, id, read, run: await read() };
}

describe('[PAG13] who filled in a form', () => {
  it('was led to the approval of what they asked for, and could give it themselves', async ({ expect }) => {
    const { address, read, run } = await submitted('applicants', node('Ask', 'approval', 1, { title: 'Pay?' }));
    expect(run).toMatchObject({ status: 'waiting', waitingFor: 'approval' });
    const shown = await (await fetchWorker(address)).text();
    expect(shown).toContain('We have your answers');
    expect(shown).not.toContain('Pay?');
    for (const body of ['field-0=Approve', 'field-0=Approve&step=1']) {
      await fetchWorker(address, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body,
      });
    }
    expect(await read()).toMatchObject({ status: 'waiting', waitingFor: 'approval' });
    const [resume] = run['resumeUrls'] as { url: string }[];
    const approver = (resume?.url ?? '').replace(/^.*(?=\/waiting\/)/, '');
    expect(approver).not.toBe(address);
    expect(await (await fetchWorker(approver)).text()).toContain('Pay?');
  });

  it('continued a run that waited for another system, by looking', async ({ expect }) => {
    const { address, read } = await submitted('applicants-call', node('Wait', 'wait', 1.1, { resume: 'webhook' }));
    for (const method of ['GET', 'POST']) await fetchWorker(address, { method, redirect: 'manual' });
    expect(await read()).toMatchObject({ status: 'waiting', waitingFor: 'webhook' });
  });
});
