import { describe, it } from 'vitest';
import { inOrganization, invitationTo, ownerOf, signedIn } from '../../identity/testing.ts';
import { testEnv } from '../../kit/testing.ts';

describe('[MEM8] taking a member out', () => {
  it('is finished by asking again when it was cut short after the membership', async ({ expect }) => {
    const api = inOrganization(await ownerOf('cut'), 'cut');
    const bob = await signedIn('bob@cut.test', 'Bob');
    await bob.post('/v1/account/invitations', { token: await invitationTo(api, 'bob@cut.test', 'admin') });
    expect(
      (await inOrganization(bob, 'cut')('POST', '/v1/keys', { name: 'of Bob', scopes: ['runs:read'] })).status,
    ).toBe(201);
    const { body } = await api('GET', '/v1/members');
    const { id } = (body['members'] as { id: string; email: string }[]).find(
      ({ email }) => email === 'bob@cut.test',
    ) ?? { id: '' };
    const keys = async (): Promise<string> => JSON.stringify((await api('GET', '/v1/keys')).body);
    expect(await keys()).toContain('of Bob');
    // What was done when the process ended: the rows are gone, the keys are still there.
    await testEnv.DB.prepare('DELETE FROM members WHERE tenant_id = ? AND user_id = ?').bind('cut', id).run();
    expect(await api('DELETE', `/v1/members/${id}`)).toMatchObject({ status: 404, body: { code: 'member-unknown' } });
    expect(await keys()).not.toContain('of Bob');
  });
});
