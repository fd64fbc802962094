import { describe, it } from 'vitest';
import { inOrganization, invitationTo, ownerOf, signedIn } from '../../../workers/identity/testing.ts';
import { chain, node } from '../../../workers/areas/workflows/testing.ts';

const APPROVAL = chain('Approval', node('Start', 'manual', 1), node('Wait', 'wait', 1.1, { resume: 'webhook' }));

describe('[ACC4] who may only read a run', () => {
  it('got the address with which whoever has it continues or approves it', async ({ expect }) => {
    const tenant = 'viewers-approve';
    const ada = inOrganization(await ownerOf(tenant), tenant);
    const browser = await signedIn(`eve@${tenant}.test`, 'Eve');
    await browser.post('/v1/account/invitations', {
      token: await invitationTo(ada, `eve@${tenant}.test`, 'viewer'),
    });
    const eve = inOrganization(browser, tenant);
    const made = await ada('POST', '/v1/workflows', APPROVAL);
    const started = await ada('POST', `/v1/workflows/${String(made.body['id'])}/runs?wait=5s`, { input: {} });
    const path = `/v1/runs/${String(started.body['id'])}`;
    const shown = await eve('GET', path);
    expect(shown.body).toMatchObject({ status: 'waiting', waitingFor: 'webhook', workflow: made.body['id'] });
    expect(shown.body['resumeUrls']).toBeUndefined();
    expect((await eve('POST', `${path}/answer`, { approved: true })).status).toBe(403);
    expect((await ada('GET', path)).body['resumeUrls']).toHaveLength(1);
  });
});
