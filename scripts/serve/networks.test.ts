import { describe, it } from 'vitest';
import { egressNetworks } from './networks.ts';

describe('egress networks', () => {
  it('[EGR13] the open one reaches nothing private, whatever the operator allows', ({ expect }) => {
    const { open } = egressNetworks(['public', 'local', 'private', '10.0.0.0/8', '8.8.8.0/24']);
    expect(open.allow).toEqual(['public', '8.8.8.0/24']);
    expect(open.deny).toEqual(expect.arrayContaining(['private', 'local', '169.254.0.0/16', '64:ff9b::7f00:0/104']));
  });

  it('[EGR13] the open one is narrowed with the operator', ({ expect }) => {
    expect(egressNetworks(['8.8.8.0/24', '0.0.0.0/0']).open.allow).toEqual(['8.8.8.0/24', '0.0.0.0/0']);
    const { open } = egressNetworks(['local', '10.0.0.0/8']);
    expect(open.deny).toEqual(['0.0.0.0/0', '::/0', ...open.allow]);
  });

  it('[EGR14] the listed one is what the operator allows, without metadata services unless named', ({ expect }) => {
    expect(egressNetworks(['public', 'private']).listed).toMatchObject({
      allow: ['public', 'private'],
      deny: expect.arrayContaining(['169.254.0.0/16', '168.63.129.16/32']) as string[],
    });
    expect(egressNetworks(['public', '169.254.0.0/16']).listed.deny).not.toContain('169.254.0.0/16');
  });
});
